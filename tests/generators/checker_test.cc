#include "checker.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace flowlog {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Params with(const std::string& name, const std::string& value) {
  Params params = {{"Action", "CreateFlowLog"}, {"Version", "2020-04-01"}, {"FlowLogName", "n"},
                   {"ResourceType", "vpc"},     {"ResourceId", "@vpc"},    {"TrafficType", "All"},
                   {"LogProjectName", "abc"},   {"LogTopicName", "abc"}};
  set(params, name, value);
  return params;
}

TEST(Checker, FindsNothingInALawfulRequest) {
  const Breaches found = breaches(with("Description", "流量, a=1"));
  EXPECT_THAT(found.broken, IsEmpty());
  EXPECT_THAT(found.open, IsEmpty());
}

TEST(Checker, CountsCodePoints) {
  std::string name;
  for (int i = 0; i < 128; ++i) name += "流";
  EXPECT_THAT(breaches(with("FlowLogName", name)).broken, IsEmpty());
  EXPECT_THAT(breaches(with("FlowLogName", name + "a")).broken, ElementsAre("FlowLogName/length"));
}

TEST(Checker, FindsEachBreach) {
  const auto broken = [](const char* name, const char* value) {
    return breaches(with(name, value)).broken;
  };
  EXPECT_THAT(broken("FlowLogName", "_a"), ElementsAre("FlowLogName/first"));
  EXPECT_THAT(broken("FlowLogName", "a b"), ElementsAre("FlowLogName/characters"));
  EXPECT_THAT(broken("LogTopicName", "ab-"), ElementsAre("LogTopicName/last"));
  EXPECT_THAT(broken("LogTopicName", "ab"), ElementsAre("LogTopicName/length"));
  EXPECT_THAT(broken("ResourceType", "VPC"), ElementsAre("ResourceType/values"));
  EXPECT_THAT(broken("ResourceId", "@eni"), ElementsAre("ResourceId/exists"));
  EXPECT_THAT(broken("AggregationInterval", "-5"), ElementsAre("AggregationInterval/values"));
  EXPECT_THAT(broken("ClientToken", "é"), ElementsAre("ClientToken/characters"));
  EXPECT_THAT(broken("Tags.2.Key", "a"), ElementsAre("Tags.N.Key/index"));
  EXPECT_THAT(broken("Tags.1.Value", "a"), ElementsAre("Tags.N.Value/needs"));
  EXPECT_THAT(broken("Tags.1.Key", "SyS:a"), ElementsAre("Tags.N.Key/prefix"));
}

TEST(Checker, LeavesOpenWhatThePagesLeaveOpen) {
  const auto open = [](const char* name, const char* value) {
    return breaches(with(name, value)).open;
  };
  EXPECT_THAT(open("FlowLogName", "aЖ"), ElementsAre("FlowLogName/characters"));
  EXPECT_THAT(open("AggregationInterval", "010"), ElementsAre("AggregationInterval/values"));
  EXPECT_THAT(open("Tags.1.Key", " a"), ElementsAre("Tags.N.Key/edges"));
}

}  // namespace
}  // namespace flowlog
