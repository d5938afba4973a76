// Every theme about actions on things: on the embedded endpoint its checks accuse nobody, and on
// the same endpoint behind one lie they do.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>

#include "engine/run.h"
#include "mock/mock.h"
#include "specs/load.h"
#include "suites/catalog.h"
#include "tests/engine/fake_api.h"

namespace flowlog {
namespace {

using nlohmann::json;
using std::chrono::milliseconds;

// Looks at a request of an action; changes the honest answer, or gives one without asking.
struct Lie {
  std::string action;
  std::function<bool(const Params&)> when = [](const Params&) { return true; };
  std::function<void(const Params&, json&)> twist;  // none: a success that did nothing
};

json success(const std::string& action) {
  return {{"ResponseMetadata",
           {{"RequestId", "20261127210000000000000000000000"},
            {"Action", action},
            {"Version", "2020-04-01"},
            {"Service", "vpc"},
            {"Region", "cn-beijing"}}},
          {"Result", {{"RequestId", "20261127210000000000000000000000"}}}};
}

class LyingTransport final : public Transport {
 public:
  LyingTransport(std::unique_ptr<Transport> honest, const Lie& lie)
      : honest_(std::move(honest)), lie_(lie) {}

  Answered send(const WireRequest& request, Instant deadline) override {
    const Params query = test::params_of(request.target);
    const bool lies = find(query, "Action") == lie_.action && lie_.when(query);
    if (lies && !lie_.twist) return WireResponse{200, {}, success(lie_.action).dump()};
    Answered answer = honest_->send(request, deadline);
    if (auto* response = std::get_if<WireResponse>(&answer); lies && response != nullptr) {
      json body = json::parse(response->body);
      lie_.twist(query, body);
      response->body = body.dump();
      std::erase_if(response->headers,
                    [](const auto& header) { return header.first == "Content-Length"; });
    }
    return answer;
  }
  void cancel() override { honest_->cancel(); }

 private:
  std::unique_ptr<Transport> honest_;
  const Lie& lie_;
};

// Verdicts of the checks of an action that a glob chooses, their controls left out.
std::vector<CheckResult> run_checks(const std::string& action, const std::string& only,
                                    const Lie& lie = {}) {
  mock::Options mock_options;
  mock_options.creating = milliseconds(5);
  mock_options.deleting = milliseconds(60);  // long enough to be seen
  const Service& service = built_in_service();
  mock::Mock server(service, mock_options);
  RunOptions options;
  options.service = built_in_service();
  options.catalog = catalog;
  options.actions = {action};
  options.profile = load_profile(server.profile().dump(), "profile");
  options.profile.active_timeout_s = 2;
  options.seed = 3;
  options.random_cases = 1;
  options.embedded = true;
  options.concurrency = 1;
  const bool creates = service.action(action)->effect == Effect::create;
  options.plan.only = {creates ? only : action + ":" + only};
  const Endpoint endpoint = parse_endpoint(options.profile.endpoint);
  if (!lie.action.empty()) {
    options.factory = [endpoint, &lie] {
      return std::make_unique<LyingTransport>(make_http_transport(endpoint, {}), lie);
    };
  }
  flowlog::Run run(std::move(options));
  EXPECT_EQ(run.begin([](const CheckResult&) {}), "");
  std::vector<CheckResult> checks = run.finish().checks;
  std::erase_if(checks, [&](const CheckResult& check) {
    const bool control =
        check.id.ends_with(kAcceptedControl) || check.id.ends_with(kRefusedControl);
    return control && !only.ends_with("smallest/accepted");
  });
  EXPECT_FALSE(checks.empty()) << only;
  return checks;
}

void expect_no_accusation(const std::string& action, const std::string& only) {
  for (const CheckResult& check : run_checks(action, only)) {
    EXPECT_TRUE(check.verdict == Verdict::conformant || check.verdict == Verdict::finding)
        << check.id << ": " << name(check.verdict) << ", " << check.observed << ": "
        << check.message;
  }
}

// Every check that the glob chooses.
void expect_caught(const std::string& only, const Lie& lie, const std::string& action) {
  for (const CheckResult& check : run_checks(action, only, lie)) {
    EXPECT_EQ(name(check.verdict), name(Verdict::deviating))
        << check.id << ": " << check.observed << ": " << check.message;
  }
}
void expect_caught(const std::string& only, const Lie& lie) {
  expect_caught(only, lie, lie.action);
}

bool has(const Params& query, const std::string& name) {
  return find(query, name).has_value();
}

json& things(json& body) {
  return body["Result"]["FlowLogs"];
}

TEST(Family, EveryActionOfTheServiceIsAcceptedOnce) {
  for (const Action& action : built_in_service().actions) {
    const std::string control =
        action.effect == Effect::create ? kAcceptedControl : action.name + ":" + kAcceptedControl;
    const std::vector<CheckResult> checks = run_checks(action.name, "*smallest/accepted");
    ASSERT_EQ(checks.size(), 1U) << action.name;
    EXPECT_EQ(checks[0].id, control);
    EXPECT_EQ(name(checks[0].verdict), name(Verdict::conformant)) << checks[0].message;
  }
}

TEST(StoredChanges, AccuseNoEndpointThatStoresWhatItAccepts) {
  expect_no_accusation("ModifyFlowLogAttribute", "update.*");
}

TEST(StoredChanges, CatchAChangeThatIsAcceptedAndNotMade) {
  expect_caught("update.stored/*", {.action = "ModifyFlowLogAttribute",
                                    .when =
                                        [](const Params& query) {
                                          return query.size() > 3;  // more than the id alone
                                        },
                                    .twist = {}});
}

TEST(StoredChanges, CatchAnAttributeThatIsLostThoughNotNamed) {
  std::string first;  // the name before any change
  Lie lie{.action = "DescribeFlowLogs", .when = {}, .twist = {}};
  lie.when = [](const Params& query) { return has(query, "FlowLogIds.1"); };
  lie.twist = [&first](const Params&, json& body) {
    for (json& thing : things(body)) {
      if (first.empty()) first = thing["FlowLogName"];
      if (thing["FlowLogName"] != first) thing["TrafficType"] = "Nothing";
    }
  };
  expect_caught("update.stored/FlowLogName", lie, "ModifyFlowLogAttribute");
}

TEST(States, AccuseNoEndpointThatKeepsToThem) {
  expect_no_accusation("ActiveFlowLog", "state.*");
  expect_no_accusation("DeactiveFlowLog", "state.*");
  expect_no_accusation("ModifyFlowLogAttribute", "state.*");
}

TEST(States, CatchATransitionThatIsAcceptedAndNotMade) {
  expect_caught("state.permitted/*", {.action = "DeactiveFlowLog", .twist = {}});
}

TEST(Tokens, AccuseNoEndpointThatKeepsThem) {
  for (const char* action : {"ModifyFlowLogAttribute", "ActiveFlowLog", "DeactiveFlowLog"}) {
    expect_no_accusation(action, "idempotency.*");
  }
}

TEST(Tokens, CatchAnotherRequestThatIsTakenUnderAUsedToken) {
  std::vector<std::string> used;
  Lie lie{.action = "ModifyFlowLogAttribute", .when = {}, .twist = {}};
  lie.when = [&used](const Params& query) {
    const std::string token = find(query, "ClientToken").value_or("");
    if (token.empty()) return false;
    const bool again = std::ranges::find(used, token) != used.end();
    used.push_back(token);
    return again;
  };
  expect_caught("idempotency.same-token/other-arguments", lie);
}

TEST(Deletion, AccusesNoEndpointThatDeletes) {
  expect_no_accusation("DeleteFlowLog", "delete.*");
}

TEST(Deletion, CatchesWhatIsDeletedByTheBeginningOfItsId) {
  expect_caught("delete.id/beginning", {.action = "DeleteFlowLog",
                                        .when =
                                            [](const Params& query) {
                                              const auto id = find(query, "FlowLogId");
                                              return id && id->ends_with('*');
                                            },
                                        .twist = {}});
}

TEST(Deletion, CatchesAStateThatIsNeitherTheOneBeforeNorDeleting) {
  expect_caught("delete.gone/no-longer-shown",
                {.action = "DescribeFlowLogs",
                 .when = [](const Params& query) { return has(query, "FlowLogIds.1"); },
                 .twist =
                     [](const Params&, json& body) {
                       for (json& thing : things(body)) {
                         if (thing["Status"] == "Deleting") thing["Status"] = "Pending";
                       }
                     }},
                "DeleteFlowLog");
}

TEST(Filters, AccuseNoEndpointThatKeepsThem) {
  expect_no_accusation("DescribeFlowLogs", "list.*");
}

TEST(Filters, CatchWhatDoesNotFit) {
  for (const char* filter : {"ResourceType", "TrafficType", "ResourceId", "Status"}) {
    expect_caught(std::string("list.filter/") + filter, {.action = "DescribeFlowLogs",
                                                         .when =
                                                             [filter](const Params& query) {
                                                               return has(query, filter) &&
                                                                      !has(query, "MaxResults");
                                                             },
                                                         .twist =
                                                             [filter](const Params&, json& body) {
                                                               for (json& thing : things(body))
                                                                 thing[filter] = "another";
                                                             }});
  }
}

TEST(Filters, CatchSomethingWhereNothingFits) {
  expect_caught("list.filter-none/LogTopicId",
                {.action = "DescribeFlowLogs",
                 .when = [](const Params& query) { return has(query, "LogTopicId"); },
                 .twist =
                     [](const Params&, json& body) {
                       things(body) = json::array({{{"FlowLogId", "fl-1"}}});
                     }});
}

TEST(Filters, CatchPagesThatLoseAndPagesThatRepeat) {
  const auto on_pages = [](const Params& query) {
    return find(query, "MaxResults") == "1" && has(query, "FlowLogName");
  };
  expect_caught("list.pages/1",
                {.action = "DescribeFlowLogs",
                 .when = on_pages,
                 .twist = [](const Params&, json& body) { body["Result"]["NextToken"] = ""; }});
  json first;
  expect_caught("list.pages/1", {.action = "DescribeFlowLogs",
                                 .when = on_pages,
                                 .twist = [&first](const Params&, json& body) {
                                   if (first.is_null()) first = body;
                                   body = first;
                                 }});
}

TEST(Tagging, AccusesNoEndpointThatTags) {
  expect_no_accusation("TagResources", "tag.*");
  expect_no_accusation("UntagResources", "tag.*");
}

TEST(Tagging, CatchesTagsThatAreAcceptedAndNotStored) {
  expect_caught("tag.added/*", {.action = "TagResources", .twist = {}});
}

TEST(Tagging, CatchesATagThatStaysThoughItsKeyWasRemoved) {
  expect_caught("tag.removed/one", {.action = "UntagResources", .twist = {}});
}

TEST(ListedTags, AccuseNoEndpointThatListsThem) {
  expect_no_accusation("ListTagsForResources", "tags.*");
}

TEST(ListedTags, CatchATagThatIsNotThereAndOneThatIsLost) {
  expect_caught("tags.list/by-key",
                {.action = "ListTagsForResources",
                 .when = [](const Params& query) { return has(query, "TagFilters.1.Key"); },
                 .twist =
                     [](const Params&, json& body) {
                       json& tags = body["Result"]["ResourceTags"];
                       tags.push_back(tags.at(0));
                     }});
  expect_caught(
      "tags.list/by-id",
      {.action = "ListTagsForResources",
       .when = [](const Params& query) { return has(query, "ResourceIds.1"); },
       .twist = [](const Params&, json& body) { body["Result"]["ResourceTags"].erase(0); }});
}

TEST(Accounts, AccuseNoEndpointThatKeepsThemApart) {
  for (const Action& action : built_in_service().actions) {
    if (action.effect != Effect::create) expect_no_accusation(action.name, "account.*");
  }
}

TEST(Accounts, CatchAnActionOnWhatIsAnothersAndAListThatShowsIt) {
  expect_caught("account.other/*", {.action = "DescribeFlowLogs",
                                    .when =
                                        [](const Params& query) {
                                          return has(query, "FlowLogIds.1") &&
                                                 !has(query, "MaxResults");
                                        },
                                    .twist =
                                        [](const Params& query, json& body) {
                                          if (!things(body).empty()) return;
                                          const std::string id = *find(query, "FlowLogIds.1");
                                          things(body) = json::array({{{"FlowLogId", id}}});
                                        }});
  expect_caught("account.other/*",
                {.action = "TagResources",
                 .when = [](const Params& query) { return find(query, "Tags.1.Key").has_value(); },
                 .twist = {}});
}

}  // namespace
}  // namespace flowlog
