#include <gtest/gtest.h>

#include "tests/mock/bench.h"

namespace flowlog::mock {
namespace {

TEST(Token, RepeatsTheAnswerForTheSameArguments) {
  Bench bench;
  const Reply first = bench.create({{"ClientToken", "t"}});
  const Reply again = bench.create({{"ClientToken", "t"}});
  EXPECT_EQ(again.status, 200);
  EXPECT_EQ(again.flow_log_id(), first.flow_log_id());
  EXPECT_NE(again.body["Result"]["RequestId"], first.body["Result"]["RequestId"]);
  EXPECT_EQ(bench.backend().created(), 1);
}

TEST(Token, DoesNotMindTheOrderOfArguments) {
  Bench bench;
  const Reply first = bench.create({{"ClientToken", "t"}});
  Params params = Bench::creation({{"ClientToken", "t"}});
  std::reverse(params.begin(), params.end());
  EXPECT_EQ(bench.call(params).flow_log_id(), first.flow_log_id());
}

TEST(Token, RefusesAnyOtherArgument) {
  const Params base = {{"ClientToken", "t"},
                       {"Description", "d"},
                       {"Tags.1.Key", "k"},
                       {"Tags.1.Value", "v"},
                       {"AggregationInterval", "10"}};
  const Params others = {{"FlowLogName", "b"},
                         {"Description", "e"},
                         {"ResourceId", "vpc-default-02"},
                         {"TrafficType", "Drop"},
                         {"LogProjectName", "another"},
                         {"LogTopicName", "another"},
                         {"AggregationInterval", "5"},
                         {"ProjectName", "team-a"},
                         {"Tags.1.Key", "l"},
                         {"Tags.1.Value", "w"},
                         {"Tags.2.Key", "m"}};
  for (const auto& [name, value] : others) {
    Bench bench;
    ASSERT_EQ(bench.create(base).status, 200);
    Params changed = base;
    set(changed, name, value);
    const Reply reply = bench.create(changed);
    EXPECT_EQ(reply.status, 400) << name;
    EXPECT_EQ(reply.code(), "IdempotentParameterMismatch") << name;
  }
  for (const char* left_out : {"Description", "Tags.1.Value", "AggregationInterval"}) {
    Bench bench;
    bench.create(base);
    Params changed = base;
    flowlog::erase(changed, left_out);
    EXPECT_EQ(bench.create(changed).code(), "IdempotentParameterMismatch") << left_out;
  }
}

TEST(Token, BelongsToOneAccount) {
  Bench bench;
  const Reply first = bench.create({{"ClientToken", "t"}});
  const Reply second =
      bench.create({{"ClientToken", "t"}, {"ResourceId", "vpc-other-01"}}, "other");
  EXPECT_EQ(second.status, 200);
  EXPECT_NE(second.flow_log_id(), first.flow_log_id());
}

TEST(Token, OfARefusedRequestMayBeUsedAgain) {
  Bench bench;
  EXPECT_EQ(bench.create({{"ClientToken", "t"}, {"TrafficType", "all"}}).status, 400);
  EXPECT_EQ(bench.create({{"ClientToken", "t"}, {"ResourceId", "vpc-nowhere"}}).status, 404);
  EXPECT_EQ(bench.create({{"ClientToken", "t"}}).status, 200);
}

TEST(Token, StillNamesADeletedFlowLog) {
  Bench bench;
  const std::string id = bench.create({{"ClientToken", "t"}}).flow_log_id();
  bench.remove(id);
  bench.clock.move(std::chrono::milliseconds(50));
  EXPECT_EQ(bench.create({{"ClientToken", "t"}}).flow_log_id(), id);
  EXPECT_TRUE(listed_ids(bench.describe()).empty());
}

TEST(Token, IsComparedWhole) {
  Bench bench;
  const std::string long_one(63, 't');
  EXPECT_EQ(bench.create({{"ClientToken", long_one + "a"}}).status, 200);
  EXPECT_EQ(
      bench.create({{"ClientToken", long_one + "b"}, {"ResourceId", "vpc-default-02"}}).status,
      200);
  EXPECT_EQ(
      bench.create({{"ClientToken", long_one + "A"}, {"ResourceId", "vpc-default-03"}}).status,
      200);
}

TEST(Token, WithoutOneThereIsNoReplay) {
  Bench bench;
  EXPECT_EQ(bench.create().status, 200);
  EXPECT_EQ(bench.create().code(), "InvalidParameter.FlowLogResourceAlreadyBound");
}

}  // namespace
}  // namespace flowlog::mock
