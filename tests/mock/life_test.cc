// The life of a flow log: creating, active, deleting, gone; what is bound, what is counted.
#include <gtest/gtest.h>

#include <future>
#include <map>

#include "tests/mock/caller.h"

namespace flowlog::mock {
namespace {

using std::chrono::milliseconds;

std::string state_of(Harness& mock, const std::string& id) {
  const Reply reply = mock.describe({{"FlowLogIds.1", id}});
  const auto& logs = reply.body["Result"]["FlowLogs"];
  return logs.empty() ? "" : logs[0]["Status"].get<std::string>();
}

TEST(Life, IsCreatingThenActive) {
  Harness mock;
  const std::string id = mock.create().flow_log_id();
  EXPECT_EQ(state_of(mock, id), "Creating");
  mock.clock.move(milliseconds(99));
  EXPECT_EQ(state_of(mock, id), "Creating");
  mock.clock.move(milliseconds(1));
  EXPECT_EQ(state_of(mock, id), "Active");
}

TEST(Life, IsDeletingThenGone) {
  Harness mock;
  const std::string id = mock.create().flow_log_id();
  mock.clock.move(milliseconds(200));
  EXPECT_EQ(mock.remove(id).status, 200);
  EXPECT_EQ(state_of(mock, id), "Deleting");
  EXPECT_EQ(mock.create().code(), "InvalidParameter.FlowLogResourceAlreadyBound");
  mock.clock.move(milliseconds(50));
  EXPECT_EQ(state_of(mock, id), "");
  EXPECT_EQ(mock.remove(id).status, 404);
  EXPECT_EQ(mock.create().status, 200);
}

TEST(Life, MayEndBeforeItIsActive) {
  Harness mock;
  const std::string id = mock.create().flow_log_id();
  EXPECT_EQ(mock.remove(id).status, 200);
  EXPECT_EQ(mock.remove(id).status, 200);
  mock.clock.move(milliseconds(50));
  EXPECT_EQ(state_of(mock, id), "");
}

TEST(Life, OneResourceCarriesOneFlowLog) {
  Harness mock;
  EXPECT_EQ(mock.create().status, 200);
  const Reply second = mock.create({{"FlowLogName", "other"}});
  EXPECT_EQ(second.status, 400);
  EXPECT_EQ(second.code(), "InvalidParameter.FlowLogResourceAlreadyBound");
}

TEST(Life, ARefusalLeavesNothingBehind) {
  Harness mock;
  EXPECT_EQ(mock.create({{"TrafficType", "all"}, {"LogProjectName", "new-project"}}).status, 400);
  EXPECT_EQ(mock.backend().created(), 0);
  EXPECT_FALSE(mock.backend().by_name("default").topics.contains("new-project"));
}

TEST(Life, OnlyTheOwnerFindsAndDeletes) {
  Harness mock;
  const std::string id = mock.create().flow_log_id();
  EXPECT_TRUE(listed_ids(mock.describe({}, "other")).empty());
  EXPECT_EQ(mock.remove(id, "other").status, 404);
  EXPECT_EQ(mock.create({}, "other").code(), "InvalidResource.NotFound");
}

TEST(Life, TheEleventhIsRefusedAndTheTenthIsNot) {
  Harness mock;
  std::string first;
  for (int n = 1; n <= 10; ++n) {
    const Reply reply = mock.create({{"ResourceId", fmt::format("vpc-default-{:02d}", n)}});
    ASSERT_EQ(reply.status, 200) << n;
    if (n == 1) first = reply.flow_log_id();
  }
  const Reply eleventh = mock.create({{"ResourceId", "vpc-default-11"}});
  EXPECT_EQ(eleventh.status, 400);
  EXPECT_EQ(mock.backend().created(), 10);
  mock.remove(first);
  mock.clock.move(milliseconds(50));
  EXPECT_EQ(mock.create({{"ResourceId", "vpc-default-11"}}).status, 200);
}

TEST(Life, KeepsWhatWasSent) {
  Harness mock;
  const Reply created = mock.create({{"FlowLogName", "流日志.1"},
                                     {"Description", "a,b. c=d-，。"},
                                     {"ResourceType", "eni"},
                                     {"ResourceId", "eni-default-03"},
                                     {"TrafficType", "Drop"},
                                     {"AggregationInterval", "5"},
                                     {"ProjectName", "team-a"},
                                     {"Tags.2.Key", "b"},
                                     {"Tags.1.Key", "a +=/"},
                                     {"Tags.1.Value", "v+w @"}});
  ASSERT_EQ(created.status, 200) << created.body;
  const auto log = mock.describe().body["Result"]["FlowLogs"][0];
  EXPECT_EQ(log["FlowLogId"], created.flow_log_id());
  EXPECT_EQ(log["FlowLogName"], "流日志.1");
  EXPECT_EQ(log["Description"], "a,b. c=d-，。");
  EXPECT_EQ(log["ResourceType"], "eni");
  EXPECT_EQ(log["ResourceId"], "eni-default-03");
  EXPECT_EQ(log["VpcId"], "vpc-default-03");
  EXPECT_EQ(log["TrafficType"], "Drop");
  EXPECT_EQ(log["AggregationInterval"], 5);
  EXPECT_EQ(log["ProjectName"], "team-a");
  EXPECT_EQ(log["BusinessStatus"], "Normal");
  EXPECT_EQ(log["CreatedAt"], "2026-01-02T03:04:05Z");
  EXPECT_EQ(log["Tags"],
            nlohmann::json::parse(R"([{"Key":"a +=/","Value":"v+w @"},{"Key":"b","Value":""}])"));
}

TEST(Life, FillsInTheDefaults) {
  Harness mock;
  mock.create();
  const auto log = mock.describe().body["Result"]["FlowLogs"][0];
  EXPECT_EQ(log["AggregationInterval"], 10);
  EXPECT_EQ(log["ProjectName"], "default");
  EXPECT_EQ(log["Description"], "");
  EXPECT_EQ(log["Tags"], nlohmann::json::array());
}

TEST(Life, NamesTheSameLogTopicByTheSameId) {
  Harness mock;
  mock.create();
  mock.create({{"ResourceId", "vpc-default-02"}});
  mock.create({{"ResourceId", "vpc-default-03"}, {"LogTopicName", "another"}});
  const auto logs = mock.describe().body["Result"]["FlowLogs"];
  EXPECT_EQ(logs[0]["LogTopicId"], logs[1]["LogTopicId"]);
  EXPECT_EQ(logs[0]["LogProjectId"], logs[2]["LogProjectId"]);
  EXPECT_NE(logs[0]["LogTopicId"], logs[2]["LogTopicId"]);
}

// Runs the call eight times at once, each on its own connection, and counts the answers.
std::map<std::string, int> at_once(const Mock& mock,
                                   const std::function<Reply(Caller&, int)>& call) {
  std::vector<std::future<Reply>> racers;
  for (int i = 0; i < 8; ++i) {
    racers.push_back(std::async(std::launch::async, [&, i] {
      Caller caller(mock);
      return call(caller, i);
    }));
  }
  std::map<std::string, int> seen;
  for (auto& racer : racers) {
    const Reply reply = racer.get();
    ++seen[reply.status == 200 ? reply.flow_log_id() : reply.code()];
  }
  return seen;
}

TEST(Life, OfManyCreationsOnOneResourceOneWins) {
  const Mock mock(built_in_service(), {});
  const auto seen = at_once(mock, [](Caller& caller, int i) {
    return caller.create({{"FlowLogName", "racer-" + std::to_string(i)}});
  });
  int others = 0;
  for (const auto& [answer, count] : seen) {
    const bool lost = answer == "InvalidOperation.Conflict" ||
                      answer == "InvalidParameter.FlowLogResourceAlreadyBound";
    if (!lost) others += count;
  }
  EXPECT_EQ(others, 1);
  EXPECT_EQ(mock.stats().created, 1);
}

TEST(Life, ManyRequestsOfOneTokenMakeOneFlowLog) {
  const Mock mock(built_in_service(), {});
  const auto seen = at_once(mock, [](Caller& caller, int) {
    return caller.create({{"ClientToken", "one"}});
  });
  EXPECT_LE(seen.size(), 2u);
  EXPECT_EQ(mock.stats().created, 1);
  for (const auto& [answer, count] : seen) {
    EXPECT_TRUE(answer == "IdempotentProcessing" || answer.starts_with("fl-")) << answer;
  }
}

}  // namespace
}  // namespace flowlog::mock
