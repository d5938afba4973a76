// What changes a flow log that exists: its attributes, and whether it is at work.
#include <gtest/gtest.h>

#include "tests/mock/harness.h"

namespace flowlog::mock {
namespace {

using nlohmann::json;
using std::chrono::milliseconds;

constexpr const char* modify = "ModifyFlowLogAttribute";
constexpr const char* activate = "ActiveFlowLog";
constexpr const char* deactivate = "DeactiveFlowLog";

const Params full = {{"Description", "before"}, {"AggregationInterval", "5"}};

TEST(Modify, ChangesWhatWasSentAndKeepsWhatWasNot) {
  Harness mock;
  const std::string id = mock.active(full);
  json expected = mock.shown(id);
  mock.clock.move(milliseconds(1000));
  EXPECT_EQ(mock.act(modify, id, {{"Description", "after"}}).status, 200);
  mock.clock.move(milliseconds(40));
  const json shown = mock.shown(id);
  expected["Description"] = "after";
  expected["UpdatedAt"] = shown["UpdatedAt"];
  EXPECT_EQ(shown, expected);
  EXPECT_NE(shown["UpdatedAt"], shown["CreatedAt"]);
}

TEST(Modify, ChangesNameAndIntervalAsWell) {
  Harness mock;
  const std::string id = mock.active(full);
  EXPECT_EQ(mock.act(modify, id, {{"FlowLogName", "新.name"}, {"AggregationInterval", "1"}}).status,
            200);
  const json shown = mock.shown(id);
  EXPECT_EQ(shown["FlowLogName"], "新.name");
  EXPECT_EQ(shown["AggregationInterval"], 1);
  EXPECT_EQ(shown["Description"], "before");
}

TEST(Modify, ClearsADescriptionThatIsSentEmpty) {
  Harness mock;
  const std::string id = mock.active(full);
  EXPECT_EQ(mock.act(modify, id, {{"Description", ""}}).status, 200);
  EXPECT_EQ(mock.shown(id)["Description"], "");
}

TEST(Modify, AnswersARequestIdAndNothingElse) {
  Harness mock;
  const Reply reply = mock.act(modify, mock.active(), {{"FlowLogName", "b"}});
  const json metadata = reply.body["ResponseMetadata"];
  EXPECT_EQ(reply.body["Result"], json({{"RequestId", metadata["RequestId"]}}));
  EXPECT_EQ(metadata["Action"], modify);
}

TEST(Modify, IsPendingThenActive) {
  Harness mock;
  const std::string id = mock.active();
  mock.act(modify, id, {{"FlowLogName", "b"}});
  EXPECT_EQ(mock.state(id), "Pending");
  mock.clock.move(milliseconds(39));
  EXPECT_EQ(mock.state(id), "Pending");
  mock.clock.move(milliseconds(1));
  EXPECT_EQ(mock.state(id), "Active");
}

TEST(Modify, OfAnInactiveFlowLogLeavesItInactive) {
  Harness mock;
  const std::string id = mock.active();
  mock.act(deactivate, id);
  mock.clock.move(milliseconds(40));
  EXPECT_EQ(mock.act(modify, id, {{"FlowLogName", "b"}}).status, 200);
  EXPECT_EQ(mock.state(id), "Pending");
  mock.clock.move(milliseconds(40));
  EXPECT_EQ(mock.state(id), "Inactive");
}

struct Refused {
  Params sent;
  int status;
  std::string code;
  std::string message;
};

TEST(Modify, RefusesWithTheRowsOfItsOwnTableAndChangesNothing) {
  const Refused all[] = {
      {{{"FlowLogName", "_a"}}, 400, "InvalidName.Malformed", "The specified name is malformed."},
      {{{"FlowLogName", std::string(129, 'a')}},
       400,
       "InvalidName.Malformed",
       "The specified name is malformed. Ensure the maximum length of name is 128."},
      {{{"Description", std::string(256, 'a')}},
       400,
       "InvalidDescription.Malformed",
       "The specified description is malformed. Ensure the maximum length of description is 255."},
      {{{"Description", "a/b"}},
       400,
       "InvalidDescription.Malformed",
       "The specified description is malformed."},
      {{{"AggregationInterval", "2"}},
       400,
       "InvalidParameter.FlowLogAggregationInterval",
       "The specified aggregation interval is invalid."},
      {{{"ClientToken", std::string(65, 't')}},
       400,
       "InvalidParameter.ClientTokenMalformed",
       "The specified parameter ClientToken is malformed."},
  };
  Harness mock;
  const std::string id = mock.active(full);
  const json before = mock.shown(id);
  for (const Refused& refused : all) {
    Params sent = refused.sent;
    if (!find(sent, "FlowLogName")) sent.emplace_back("FlowLogName", "changed");
    const Reply reply = mock.act(modify, id, sent);
    EXPECT_EQ(reply.status, refused.status);
    EXPECT_EQ(reply.code(), refused.code);
    EXPECT_EQ(reply.message(), refused.message);
    EXPECT_EQ(mock.shown(id), before);
  }
}

TEST(Modify, KnowsOnlyTheAccountsOwnFlowLogs) {
  Harness mock;
  const std::string id = mock.active(full);
  const json before = mock.shown(id);
  const std::pair<std::string, std::string> asks[] = {{"other", id}, {"default", "fl-nowhere"}};
  for (const auto& [account, asked] : asks) {
    const Reply reply = mock.act(modify, asked, {{"FlowLogName", "b"}}, account);
    EXPECT_EQ(reply.status, 404) << account;
    EXPECT_EQ(reply.code(), "InvalidFlowLog.NotFound") << account;
  }
  EXPECT_EQ(mock.shown(id), before);
}

TEST(Modify, NeedsAFlowLogId) {
  Harness mock;
  const Reply reply =
      mock.call({{"Action", modify}, {"Version", "2020-04-01"}, {"FlowLogName", "b"}});
  EXPECT_EQ(reply.status, 400);
  EXPECT_EQ(reply.code(), "MissingParameter");
}

TEST(Modify, RepeatsTheAnswerForOneTokenAndActsOnce) {
  Harness mock;
  const std::string id = mock.active();
  const Params asked = {{"FlowLogName", "b"}, {"ClientToken", "t"}};
  EXPECT_EQ(mock.act(modify, id, asked).status, 200);
  mock.clock.move(milliseconds(40));
  EXPECT_EQ(mock.act(modify, id, {{"FlowLogName", "c"}}).status, 200);
  mock.clock.move(milliseconds(40));
  EXPECT_EQ(mock.act(modify, id, asked).status, 200);
  EXPECT_EQ(mock.shown(id)["FlowLogName"], "c");
  EXPECT_EQ(mock.state(id), "Active");
  const Reply other = mock.act(modify, id, {{"FlowLogName", "d"}, {"ClientToken", "t"}});
  EXPECT_EQ(other.status, 400);
  EXPECT_EQ(other.code(), "IdempotentParameterMismatch");
  EXPECT_EQ(mock.shown(id)["FlowLogName"], "c");
}

TEST(Modify, HasTokensOfItsOwn) {
  Harness mock;
  const std::string id = mock.active({{"ClientToken", "t"}});
  EXPECT_EQ(mock.act(modify, id, {{"FlowLogName", "b"}, {"ClientToken", "t"}}).status, 200);
  EXPECT_EQ(mock.create({{"ClientToken", "t"}}).flow_log_id(), id);
}

TEST(Transition, StopsAndStarts) {
  Harness mock;
  const std::string id = mock.active();
  EXPECT_EQ(mock.act(deactivate, id).status, 200);
  EXPECT_EQ(mock.state(id), "Pending");
  mock.clock.move(milliseconds(40));
  EXPECT_EQ(mock.state(id), "Inactive");
  EXPECT_EQ(mock.act(activate, id).status, 200);
  EXPECT_EQ(mock.state(id), "Pending");
  mock.clock.move(milliseconds(40));
  EXPECT_EQ(mock.state(id), "Active");
}

TEST(Transition, ChangesNothingElse) {
  Harness mock;
  const std::string id = mock.active(full);
  json expected = mock.shown(id);
  mock.act(deactivate, id);
  mock.clock.move(milliseconds(40));
  const json shown = mock.shown(id);
  expected["Status"] = "Inactive";
  expected["UpdatedAt"] = shown["UpdatedAt"];
  EXPECT_EQ(shown, expected);
}

TEST(Transition, IsRefusedInAStateThatMayNotPermitIt) {
  Harness mock;
  const std::string id = mock.create().flow_log_id();
  const auto refused = [&](const char* action) {
    const std::string before = mock.state(id);
    const Reply reply = mock.act(action, id);
    EXPECT_EQ(reply.status, 400) << before;
    EXPECT_EQ(reply.code(), "InvalidFlowLog.InvalidStatus") << before;
    EXPECT_EQ(reply.message(),
              "The specified flow log is not in the correct status for the request.");
    EXPECT_EQ(mock.state(id), before);
  };
  for (const char* action : {modify, activate, deactivate}) refused(action);  // Creating
  mock.clock.move(milliseconds(100));
  refused(activate);  // Active
  mock.act(deactivate, id);
  for (const char* action : {modify, activate, deactivate}) refused(action);  // Pending
  mock.clock.move(milliseconds(40));
  refused(deactivate);  // Inactive
  mock.remove(id);
  for (const char* action : {modify, activate, deactivate}) refused(action);  // Deleting
}

TEST(Transition, RepeatsTheAnswerForOneToken) {
  Harness mock;
  const std::string id = mock.active();
  EXPECT_EQ(mock.act(deactivate, id, {{"ClientToken", "t"}}).status, 200);
  EXPECT_EQ(mock.act(deactivate, id, {{"ClientToken", "t"}}).status, 200);
  const std::string second = mock.active({{"ResourceId", "vpc-default-02"}});
  EXPECT_EQ(mock.act(deactivate, second, {{"ClientToken", "t"}}).code(),
            "IdempotentParameterMismatch");
  EXPECT_EQ(mock.state(second), "Active");
}

TEST(Delete, TakesAFlowLogInAnyState) {
  Harness mock;
  const std::string inactive = mock.active();
  mock.act(deactivate, inactive);
  EXPECT_EQ(mock.remove(inactive).status, 200);  // Pending
  EXPECT_EQ(mock.state(inactive), "Deleting");
  const std::string second = mock.active({{"ResourceId", "vpc-default-02"}});
  mock.act(deactivate, second);
  mock.clock.move(milliseconds(40));
  EXPECT_EQ(mock.remove(second).status, 200);  // Inactive
  mock.clock.move(milliseconds(50));
  EXPECT_EQ(mock.shown(second), json());
  for (const char* action : {modify, activate, deactivate, "DeleteFlowLog"}) {
    EXPECT_EQ(mock.act(action, second).code(), "InvalidFlowLog.NotFound") << action;
  }
}

}  // namespace
}  // namespace flowlog::mock
