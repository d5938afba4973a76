#include <gtest/gtest.h>

#include "tests/mock/harness.h"

namespace flowlog::mock {
namespace {

TEST(Token, RepeatsTheAnswerForTheSameArguments) {
  Harness mock;
  const Reply first = mock.create({{"ClientToken", "t"}});
  const Reply again = mock.create({{"ClientToken", "t"}});
  EXPECT_EQ(again.status, 200);
  EXPECT_EQ(again.flow_log_id(), first.flow_log_id());
  EXPECT_NE(again.body["Result"]["RequestId"], first.body["Result"]["RequestId"]);
  EXPECT_EQ(mock.backend().created(), 1);
}

TEST(Token, DoesNotMindTheOrderOfArguments) {
  Harness mock;
  const Reply first = mock.create({{"ClientToken", "t"}});
  Params params = Harness::creation({{"ClientToken", "t"}});
  std::reverse(params.begin(), params.end());
  EXPECT_EQ(mock.call(params).flow_log_id(), first.flow_log_id());
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
    Harness mock;
    ASSERT_EQ(mock.create(base).status, 200);
    Params changed = base;
    set(changed, name, value);
    const Reply reply = mock.create(changed);
    EXPECT_EQ(reply.status, 400) << name;
    EXPECT_EQ(reply.code(), "IdempotentParameterMismatch") << name;
  }
  for (const char* left_out : {"Description", "Tags.1.Value", "AggregationInterval"}) {
    Harness mock;
    mock.create(base);
    Params changed = base;
    flowlog::erase(changed, left_out);
    EXPECT_EQ(mock.create(changed).code(), "IdempotentParameterMismatch") << left_out;
  }
}

TEST(Token, BelongsToOneAccount) {
  Harness mock;
  const Reply first = mock.create({{"ClientToken", "t"}});
  const Reply second = mock.create({{"ClientToken", "t"}, {"ResourceId", "vpc-other-01"}}, "other");
  EXPECT_EQ(second.status, 200);
  EXPECT_NE(second.flow_log_id(), first.flow_log_id());
}

TEST(Token, OfARefusedRequestMayBeUsedAgain) {
  Harness mock;
  EXPECT_EQ(mock.create({{"ClientToken", "t"}, {"TrafficType", "all"}}).status, 400);
  EXPECT_EQ(mock.create({{"ClientToken", "t"}, {"ResourceId", "vpc-nowhere"}}).status, 404);
  EXPECT_EQ(mock.create({{"ClientToken", "t"}}).status, 200);
}

TEST(Token, StillNamesADeletedFlowLog) {
  Harness mock;
  const std::string id = mock.create({{"ClientToken", "t"}}).flow_log_id();
  mock.remove(id);
  mock.clock.move(std::chrono::milliseconds(50));
  EXPECT_EQ(mock.create({{"ClientToken", "t"}}).flow_log_id(), id);
  EXPECT_TRUE(listed_ids(mock.describe()).empty());
}

TEST(Token, IsComparedWhole) {
  Harness mock;
  const std::string long_one(63, 't');
  EXPECT_EQ(mock.create({{"ClientToken", long_one + "a"}}).status, 200);
  EXPECT_EQ(mock.create({{"ClientToken", long_one + "b"}, {"ResourceId", "vpc-default-02"}}).status,
            200);
  EXPECT_EQ(mock.create({{"ClientToken", long_one + "A"}, {"ResourceId", "vpc-default-03"}}).status,
            200);
}

TEST(Token, WithoutOneThereIsNoReplay) {
  Harness mock;
  EXPECT_EQ(mock.create().status, 200);
  EXPECT_EQ(mock.create().code(), "InvalidParameter.FlowLogResourceAlreadyBound");
}

}  // namespace
}  // namespace flowlog::mock
