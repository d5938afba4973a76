// The deviations and lawful readings that are made from a service's data.
#include "mock/action_deviations.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "mock/deviations.h"
#include "mock/variants.h"
#include "tests/mock/harness.h"

namespace flowlog::mock {
namespace {

using nlohmann::json;
using std::chrono::milliseconds;

Behaviour behaviour_of(const std::vector<Choice>& table, const std::string& id) {
  Behaviour behaviour;
  bool found = false;
  for (const Choice& choice : table) {
    if (choice.id != id) continue;
    choice.apply(behaviour);
    found = true;
  }
  EXPECT_TRUE(found) << id;
  return behaviour;
}

Behaviour lie(const std::string& id) {
  return behaviour_of(action_deviations(built_in_service()), id);
}

Behaviour reading(const std::string& id) {
  return behaviour_of(action_variants(built_in_service()), id);
}

// The ids of one action, without its name.
std::set<std::string> ids_of(const std::vector<Choice>& table, const std::string& action) {
  std::set<std::string> ids;
  for (const Choice& choice : table) {
    if (choice.id.starts_with(action + ':')) ids.insert(choice.id.substr(action.size() + 1));
  }
  return ids;
}

TEST(ActionDeviations, HaveIdsOfTheirOwnAndTellWhatAClientSees) {
  std::set<std::string> ids;
  for (const auto& table : {deviations(), action_deviations(built_in_service()), variants(),
                            action_variants(built_in_service())}) {
    for (const Choice& choice : table) {
      EXPECT_TRUE(ids.insert(choice.id).second) << choice.id;
      EXPECT_TRUE(choice.text.ends_with('.')) << choice.text;
    }
  }
}

TEST(ActionDeviations, LeaveTheCreatingActionItsOwn) {
  EXPECT_GE(deviations().size(), 291u);
  EXPECT_TRUE(ids_of(action_deviations(built_in_service()), "CreateFlowLog").empty());
}

TEST(ActionDeviations, ThereAreForEveryOtherAction) {
  const auto all = action_deviations(built_in_service());
  for (const Action& action : built_in_service().actions) {
    if (action.effect == Effect::create) continue;
    EXPECT_GE(ids_of(all, action.name).size(), 5u) << action.name;
  }
}

TEST(ActionDeviations, OfARuleHoldForThatActionAlone) {
  Harness mock(lie("ModifyFlowLogAttribute:length.FlowLogName.cut-silently"));
  EXPECT_EQ(mock.create({{"FlowLogName", std::string(129, 'a')}}).code(), "InvalidName.Malformed");
  const std::string id = mock.active();
  const Params sent = {{"FlowLogName", std::string(129, 'a')}};
  EXPECT_EQ(mock.act("ModifyFlowLogAttribute", id, sent).status, 200);
}

TEST(ActionDeviations, OfARowHoldForThatActionAlone) {
  Harness mock(lie("ActiveFlowLog:row.http.errors-2"));
  const std::string id = mock.active();
  EXPECT_EQ(mock.act("ActiveFlowLog", id).status, 500);
  EXPECT_EQ(mock.create({{"Description", "_"}, {"ResourceId", "vpc-default-02"}}).code(),
            "InvalidDescription.Malformed");
}

TEST(ActionDeviations, ResetWhatAnUpdateLeavesOut) {
  Harness mock(lie("ModifyFlowLogAttribute:omitted-reset"));
  const std::string id = mock.active({{"Description", "d"}, {"AggregationInterval", "5"}});
  EXPECT_EQ(mock.act("ModifyFlowLogAttribute", id, {{"FlowLogName", "b"}}).status, 200);
  EXPECT_EQ(mock.shown(id)["Description"], "");
  EXPECT_EQ(mock.shown(id)["AggregationInterval"], 10);
}

// What the action changes of the flow log, when it is asked as a client does; null for nothing.
struct Asked {
  std::string action;
  Params more;
};

Reply ask(Harness& mock, const Asked& asked, const std::string& id,
          const std::string& account = "default") {
  const bool several = built_in_service().action(asked.action)->parameter(Role::id).ends_with(".N");
  return several ? mock.act_on(asked.action, {id}, asked.more, account)
                 : mock.act(asked.action, id, asked.more, account);
}

const Asked all_asked[] = {{"ModifyFlowLogAttribute", {{"FlowLogName", "b"}}},
                           {"DeactiveFlowLog", {}},
                           {"DeleteFlowLog", {}},
                           {"TagResources", {{"Tags.1.Key", "a"}}},
                           {"UntagResources", {{"TagKeys.1", "env"}}}};
const Params tagged = {{"Tags.1.Key", "env"}};

TEST(ActionDeviations, SucceedAndDoNothing) {
  for (const Asked& asked : all_asked) {
    Harness mock(lie(asked.action + ":does-nothing"));
    const std::string id = mock.active(tagged);
    const json before = mock.shown(id);
    EXPECT_EQ(ask(mock, asked, id).status, 200) << asked.action;
    mock.clock.move(milliseconds(100));
    EXPECT_EQ(mock.shown(id), before) << asked.action;
  }
}

TEST(ActionDeviations, ReachAnotherAccountsFlowLog) {
  for (const Asked& asked : all_asked) {
    Harness mock(lie(asked.action + ":foreign"));
    const std::string id = mock.active(tagged);
    const json before = mock.shown(id);
    EXPECT_EQ(ask(mock, asked, id, "other").status, 200) << asked.action;
    EXPECT_NE(mock.shown(id), before) << asked.action;
  }
}

TEST(ActionDeviations, ReachAllOfTheAccount) {
  for (const Asked& asked : all_asked) {
    Harness mock(lie(asked.action + ":takes-all"));
    const std::string id = mock.active(tagged);
    Params second = tagged;
    second.emplace_back("ResourceId", "vpc-default-02");
    const std::string other = mock.active(second);
    const json before = mock.shown(other);
    EXPECT_EQ(ask(mock, asked, id).status, 200) << asked.action;
    EXPECT_NE(mock.shown(other), before) << asked.action;
  }
}

TEST(ActionDeviations, AreCarriedOutWhereTheyAreRefused) {
  const std::map<std::string, std::pair<std::string, std::string>> wrong = {
      {"ModifyFlowLogAttribute", {"ClientToken", std::string(65, 't')}},
      {"DeactiveFlowLog", {"ClientToken", std::string(65, 't')}},
      {"TagResources", {"Tags.2.Key", "*"}},
      {"UntagResources", {"TagKeys.2", "*"}}};
  for (Asked asked : all_asked) {
    const std::string deviation = asked.action + ":refused-changes";
    if (!wrong.contains(asked.action)) {
      // Nothing but its id can be wrong.
      EXPECT_FALSE(
          ids_of(action_deviations(built_in_service()), asked.action).contains("refused-changes"));
      continue;
    }
    asked.more.push_back(wrong.at(asked.action));
    Harness honest;
    const std::string kept = honest.active(tagged);
    const json same = honest.shown(kept);
    EXPECT_EQ(ask(honest, asked, kept).status, 400) << asked.action;
    EXPECT_EQ(honest.shown(kept), same) << asked.action;
    Harness mock(lie(deviation));
    const std::string id = mock.active(tagged);
    const json before = mock.shown(id);
    EXPECT_EQ(ask(mock, asked, id).status, 400) << asked.action;
    EXPECT_NE(mock.shown(id), before) << asked.action;
  }
}

TEST(ActionDeviations, NeverEndATransition) {
  for (const std::string action : {"ModifyFlowLogAttribute", "DeactiveFlowLog"}) {
    Harness mock(lie(action + ":never-ends"));
    const std::string id = mock.active();
    EXPECT_EQ(mock.act(action, id).status, 200);
    mock.clock.move(std::chrono::hours(1));
    EXPECT_EQ(mock.state(id), "Pending") << action;
  }
}

TEST(ActionDeviations, ReplaceAllTags) {
  Harness mock(lie("TagResources:replaces-all"));
  const std::string id = mock.active(tagged);
  mock.act_on("TagResources", {id}, {{"Tags.1.Key", "a"}});
  EXPECT_EQ(mock.shown(id)["Tags"], json::parse(R"([{"Key": "a", "Value": ""}])"));
}

TEST(ActionDeviations, IgnoreEachFilter) {
  for (const Filter& filter : built_in_service().lister().list->filters) {
    if (filter.match == FilterMatch::tag_value) continue;
    Harness mock(lie("DescribeFlowLogs:filter." + filter.parameter + ".ignored"));
    mock.active();
    std::string name = filter.parameter;
    if (const auto place = name.find(".N"); place != std::string::npos) name[place + 1] = '1';
    const Parameter* parameter = built_in_service().lister().contract.parameter(filter.parameter);
    const Rule* values = parameter->rule("values");
    // A word that fits nothing: the last one is never what a new flow log has.
    const std::string other = values == nullptr ? "nothing" : values->words.back();
    if (filter.parameter == "AggregationInterval") continue;  // its last word is the default
    EXPECT_EQ(listed_ids(mock.describe({{name, other}})).size(), 1u) << filter.parameter;
    EXPECT_EQ(listed_ids(Harness().describe({{name, other}})).size(), 0u) << filter.parameter;
  }
}

TEST(ActionDeviations, SpoilPages) {
  constexpr std::size_t kSerial = std::string_view("fl-mock").size();  // written backwards
  const auto walk = [](const std::string& how) {
    Harness mock(lie("DescribeFlowLogs:pages." + how));
    for (int n = 1; n <= 4; ++n) {
      mock.create({{"ResourceId", "vpc-default-0" + std::to_string(n)}});
    }
    std::vector<std::size_t> sizes;
    std::vector<std::string> seen;
    std::string token;
    do {
      const Reply reply = mock.describe({{"MaxResults", "2"}, {"NextToken", token}});
      for (const std::string& id : listed_ids(reply)) seen.push_back(id.substr(kSerial, 1));
      token = reply.body["Result"]["NextToken"];
      sizes.push_back(seen.size());
    } while (!token.empty() && sizes.size() < 5);
    return seen;
  };
  // Ids and serials count together: the four flow logs are numbered 1, 3, 5, 7.
  using Seen = std::vector<std::string>;
  EXPECT_EQ(walk("none"), (Seen{"1", "3", "5", "7"}));
  EXPECT_EQ(walk("lose-one"), (Seen{"1", "3", "7"}));
  EXPECT_EQ(walk("repeat-one"), (Seen{"1", "3", "3", "5", "5", "7"}));
  EXPECT_EQ(walk("loop").size(), 10u);
}

TEST(ActionVariants, TakeAPageSizeBeyondItsRangeForTheRangesEnd) {
  Harness mock(reading("DescribeFlowLogs:page-size.clamped"));
  for (int n = 1; n <= 2; ++n) mock.create({{"ResourceId", "vpc-default-0" + std::to_string(n)}});
  const auto shown = [&](const char* size) {
    return listed_ids(mock.describe({{"MaxResults", size}})).size();
  };
  EXPECT_EQ(shown("101"), 2u);
  EXPECT_EQ(shown("99999999999999999999"), 2u);
  for (const char* least : {"0", "-1", "x"}) EXPECT_EQ(shown(least), 1u) << least;
}

TEST(ActionDeviations, ForgetTokens) {
  Harness off(lie("DeactiveFlowLog:token.off"));
  const std::string id = off.active();
  EXPECT_EQ(off.act("DeactiveFlowLog", id, {{"ClientToken", "t"}}).status, 200);
  EXPECT_EQ(off.act("DeactiveFlowLog", id, {{"ClientToken", "t"}}).code(),
            "InvalidFlowLog.InvalidStatus");
  Harness ignoring(lie("ModifyFlowLogAttribute:token.ignores-Description"));
  const std::string other = ignoring.active();
  EXPECT_EQ(
      ignoring.act("ModifyFlowLogAttribute", other, {{"Description", "a"}, {"ClientToken", "t"}})
          .status,
      200);
  EXPECT_EQ(
      ignoring.act("ModifyFlowLogAttribute", other, {{"Description", "b"}, {"ClientToken", "t"}})
          .status,
      200);
  EXPECT_EQ(ignoring.shown(other)["Description"], "a");
}

TEST(ActionVariants, PermitARepeatedTransition) {
  Harness mock(reading("ActiveFlowLog:grey-states.permitted"));
  const std::string id = mock.active();
  EXPECT_EQ(mock.act("ActiveFlowLog", id).status, 200);
  EXPECT_EQ(mock.state(id), "Active");
}

TEST(ActionVariants, ReadAnUpdateInTheOtherLawfulWay) {
  Harness refusing(reading("ModifyFlowLogAttribute:grey-states.refused"));
  const std::string id = refusing.active();
  refusing.act("DeactiveFlowLog", id);
  refusing.clock.move(milliseconds(40));
  EXPECT_EQ(refusing.act("ModifyFlowLogAttribute", id, {{"FlowLogName", "b"}}).code(),
            "InvalidFlowLog.InvalidStatus");
  Harness keeping(reading("ModifyFlowLogAttribute:empty-keeps"));
  const std::string other = keeping.active({{"Description", "d"}});
  EXPECT_EQ(keeping.act("ModifyFlowLogAttribute", other, {{"Description", ""}}).status, 200);
  EXPECT_EQ(keeping.shown(other)["Description"], "d");
}

TEST(ActionVariants, RefuseAnAbsentTag) {
  Harness mock(reading("UntagResources:absent-key.refused"));
  const std::string id = mock.active(tagged);
  EXPECT_EQ(mock.act_on("UntagResources", {id}, {{"TagKeys.1", "no"}}).status, 400);
  EXPECT_EQ(mock.act_on("UntagResources", {id}, {{"TagKeys.1", "env"}}).status, 200);
}

TEST(ActionVariants, AnswerWhatTheTablesAllow) {
  Harness http(reading("UntagResources:row.http-404.errors-4"));
  EXPECT_EQ(http.act_on("UntagResources", {"fl-nowhere"}, {{"TagKeys.1", "a"}}).status, 404);
  Harness empty(reading("DescribeFlowLogs:empty-list.null"));
  EXPECT_EQ(empty.describe().body["Result"]["FlowLogs"], json());
  Harness more(reading("DeactiveFlowLog:answer.Result.AsyncTaskId"));
  EXPECT_TRUE(more.act("DeactiveFlowLog", more.active()).body["Result"].contains("AsyncTaskId"));
}

}  // namespace
}  // namespace flowlog::mock
