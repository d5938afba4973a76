// The life of a flow log: creating, active, deleting, gone; what is bound, what is counted.
#include <gtest/gtest.h>

#include <future>
#include <map>

#include "tests/mock/caller.h"

namespace flowlog::mock {
namespace {

using std::chrono::milliseconds;

std::string state_of(Bench& bench, const std::string& id) {
  const Reply reply = bench.describe({{"FlowLogIds.1", id}});
  const auto& logs = reply.body["Result"]["FlowLogs"];
  return logs.empty() ? "" : logs[0]["Status"].get<std::string>();
}

TEST(Life, IsCreatingThenActive) {
  Bench bench;
  const std::string id = bench.create().flow_log_id();
  EXPECT_EQ(state_of(bench, id), "Creating");
  bench.clock.move(milliseconds(99));
  EXPECT_EQ(state_of(bench, id), "Creating");
  bench.clock.move(milliseconds(1));
  EXPECT_EQ(state_of(bench, id), "Active");
}

TEST(Life, IsDeletingThenGone) {
  Bench bench;
  const std::string id = bench.create().flow_log_id();
  bench.clock.move(milliseconds(200));
  EXPECT_EQ(bench.remove(id).status, 200);
  EXPECT_EQ(state_of(bench, id), "Deleting");
  EXPECT_EQ(bench.create().code(), "InvalidParameter.FlowLogResourceAlreadyBound");
  bench.clock.move(milliseconds(50));
  EXPECT_EQ(state_of(bench, id), "");
  EXPECT_EQ(bench.remove(id).status, 404);
  EXPECT_EQ(bench.create().status, 200);
}

TEST(Life, MayEndBeforeItIsActive) {
  Bench bench;
  const std::string id = bench.create().flow_log_id();
  EXPECT_EQ(bench.remove(id).status, 200);
  EXPECT_EQ(bench.remove(id).status, 200);
  bench.clock.move(milliseconds(50));
  EXPECT_EQ(state_of(bench, id), "");
}

TEST(Life, OneResourceCarriesOneFlowLog) {
  Bench bench;
  EXPECT_EQ(bench.create().status, 200);
  const Reply second = bench.create({{"FlowLogName", "other"}});
  EXPECT_EQ(second.status, 400);
  EXPECT_EQ(second.code(), "InvalidParameter.FlowLogResourceAlreadyBound");
}

TEST(Life, ARefusalLeavesNothingBehind) {
  Bench bench;
  EXPECT_EQ(bench.create({{"TrafficType", "all"}, {"LogProjectName", "new-project"}}).status, 400);
  EXPECT_EQ(bench.backend().created(), 0);
  EXPECT_FALSE(bench.backend().by_name("default").topics.contains("new-project"));
}

TEST(Life, OnlyTheOwnerFindsAndDeletes) {
  Bench bench;
  const std::string id = bench.create().flow_log_id();
  EXPECT_TRUE(listed_ids(bench.describe({}, "other")).empty());
  EXPECT_EQ(bench.remove(id, "other").status, 404);
  EXPECT_EQ(bench.create({}, "other").code(), "InvalidResource.NotFound");
}

TEST(Life, TheEleventhIsRefusedAndTheTenthIsNot) {
  Bench bench;
  std::string first;
  for (int n = 1; n <= 10; ++n) {
    const Reply reply = bench.create({{"ResourceId", fmt::format("vpc-default-{:02d}", n)}});
    ASSERT_EQ(reply.status, 200) << n;
    if (n == 1) first = reply.flow_log_id();
  }
  const Reply eleventh = bench.create({{"ResourceId", "vpc-default-11"}});
  EXPECT_EQ(eleventh.status, 400);
  EXPECT_EQ(bench.backend().created(), 10);
  bench.remove(first);
  bench.clock.move(milliseconds(50));
  EXPECT_EQ(bench.create({{"ResourceId", "vpc-default-11"}}).status, 200);
}

TEST(Life, KeepsWhatWasSent) {
  Bench bench;
  const Reply created = bench.create({{"FlowLogName", "流日志.1"},
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
  const auto log = bench.describe().body["Result"]["FlowLogs"][0];
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
  Bench bench;
  bench.create();
  const auto log = bench.describe().body["Result"]["FlowLogs"][0];
  EXPECT_EQ(log["AggregationInterval"], 10);
  EXPECT_EQ(log["ProjectName"], "default");
  EXPECT_EQ(log["Description"], "");
  EXPECT_EQ(log["Tags"], nlohmann::json::array());
}

TEST(Life, NamesTheSameLogTopicByTheSameId) {
  Bench bench;
  bench.create();
  bench.create({{"ResourceId", "vpc-default-02"}});
  bench.create({{"ResourceId", "vpc-default-03"}, {"LogTopicName", "another"}});
  const auto logs = bench.describe().body["Result"]["FlowLogs"];
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
  const Mock mock(built_in_api(), {});
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
  const Mock mock(built_in_api(), {});
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
