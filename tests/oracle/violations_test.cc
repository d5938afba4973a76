#include "oracle/violations.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "specs/load.h"
#include "tests/oracle/requests.h"

namespace flowlog {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// "Tags.N.Key/index at Tags.3.Key", with "?" in front when it is grey.
std::vector<std::string> violations(const Params& params) {
  std::vector<std::string> result;
  for (const Violation& violation :
       read(built_in_service().creator().contract, params, small_world())) {
    std::string rule = violation.rule == nullptr
                           ? violation.parameter->name + " twice"
                           : violation.rule->address + " at " + violation.sent_name;
    result.push_back((violation.grey ? "?" : "") + rule);
  }
  return result;
}

std::vector<std::string> tag_breaches(const Params& tags) {
  return violations(good_request_and(tags));
}

TEST(Reading, FindsNothingInTheSmallestRequest) {
  EXPECT_THAT(violations(good_request()), IsEmpty());
}

TEST(Reading, FindsEveryMissingRequiredParameterInTheContractsOrder) {
  EXPECT_THAT(
      violations({}),
      ElementsAre("Action/required at Action", "Version/required at Version",
                  "FlowLogName/required at FlowLogName", "ResourceType/required at ResourceType",
                  "ResourceId/required at ResourceId", "TrafficType/required at TrafficType",
                  "LogProjectName/required at LogProjectName",
                  "LogTopicName/required at LogTopicName"));
}

TEST(Reading, AnEmptyValueIsSent) {
  Params params = good_request();
  set(params, "TrafficType", "");
  EXPECT_THAT(violations(params), ElementsAre("TrafficType/values at TrafficType"));
}

TEST(Reading, NamesMatchLetterForLetter) {
  Params params = good_request();
  erase(params, std::string_view("FlowLogName"));
  params.emplace_back("flowlogname", "a");
  EXPECT_THAT(violations(params), ElementsAre("FlowLogName/required at FlowLogName"));
  EXPECT_THAT(unknown_names(built_in_service().creator().contract, params),
              ElementsAre("flowlogname"));
}

TEST(Reading, ListsUnknownNamesOnceInTheOrderOfSending) {
  EXPECT_THAT(unknown_names(built_in_service().creator().contract,
                            {{"Foo", "1"}, {"Action", "x"}, {"Tags.Key", "a"}, {"Foo", "2"}}),
              ElementsAre("Foo", "Tags.Key"));
}

TEST(Reading, FindsSeveralBreachesAtOnce) {
  Params params = good_request();
  set(params, "FlowLogName", "_" + std::string(128, 'a'));
  set(params, "TrafficType", "x");
  EXPECT_THAT(violations(params),
              ElementsAre("FlowLogName/length at FlowLogName", "FlowLogName/first at FlowLogName",
                          "TrafficType/values at TrafficType"));
}

TEST(Reading, AnUnknownResourceDoesNotExist) {
  Params params = good_request();
  set(params, "ResourceId", "vpc-b");
  EXPECT_THAT(violations(params), ElementsAre("ResourceId/exists at ResourceId"));
}

TEST(Reading, AResourceOfAnotherTypeDoesNotExist) {
  Params params = good_request();
  set(params, "ResourceId", "subnet-a");
  EXPECT_THAT(violations(params), ElementsAre("ResourceId/exists at ResourceId"));
}

TEST(Reading, WithoutAProperTypeAnyKnownResourceWillDo) {
  Params params = good_request();
  set(params, "ResourceType", "VPC");
  EXPECT_THAT(violations(params), ElementsAre("ResourceType/values at ResourceType"));
  erase(params, std::string_view("ResourceType"));
  EXPECT_THAT(violations(params), ElementsAre("ResourceType/required at ResourceType"));
  set(params, "ResourceId", "vpc-b");
  EXPECT_THAT(violations(params), ElementsAre("ResourceType/required at ResourceType",
                                              "ResourceId/exists at ResourceId"));
}

TEST(Reading, TheDefaultProjectAndTheWorldsProjectsExist) {
  EXPECT_THAT(tag_breaches({{"ProjectName", "default"}}), IsEmpty());
  EXPECT_THAT(tag_breaches({{"ProjectName", "team-a"}}), IsEmpty());
  EXPECT_THAT(tag_breaches({{"ProjectName", "team-b"}}),
              ElementsAre("ProjectName/exists at ProjectName"));
}

TEST(Reading, GivesTheSentNameOfAnIndexedParameter) {
  EXPECT_THAT(tag_breaches({{"Tags.1.Key", "a"}, {"Tags.2.Key", "b#"}}),
              ElementsAre("Tags.N.Key/characters at Tags.2.Key"));
}

TEST(Reading, AnIndexCountsFromOneAndNoPageSaysHowItIsSpelt) {
  EXPECT_THAT(tag_breaches({{"Tags.0.Key", "a"}}), ElementsAre("Tags.N.Key/index at Tags.0.Key"));
  for (const char* index : {"01", "-1", "+1", "x", "1x", "", " 1", "１", "1e0"}) {
    std::string name = std::string("Tags.") + index + ".Key";
    EXPECT_THAT(tag_breaches({{name, "a"}}), ElementsAre("?Tags.N.Key/index at " + name));
  }
}

TEST(Reading, AnIndexBeyondEveryIntegerIsAGapAndNoCrash) {
  EXPECT_THAT(tag_breaches({{"Tags.1.Key", "a"}, {"Tags.99999999999999999999999.Key", "b"}}),
              ElementsAre("Tags.N.Key/index at Tags.99999999999999999999999.Key"));
}

TEST(Reading, EveryKeyAfterAGapIsOutOfOrder) {
  EXPECT_THAT(tag_breaches({{"Tags.1.Key", "a"}, {"Tags.3.Key", "b"}, {"Tags.4.Key", "c"}}),
              ElementsAre("Tags.N.Key/index at Tags.3.Key", "Tags.N.Key/index at Tags.4.Key"));
}

TEST(Reading, TagsMayComeInAnyOrder) {
  EXPECT_THAT(tag_breaches({{"Tags.2.Value", "v"}, {"Tags.2.Key", "b"}, {"Tags.1.Key", "a"}}),
              IsEmpty());
}

TEST(Reading, AValueNeedsTheKeyOfItsOwnIndex) {
  EXPECT_THAT(tag_breaches({{"Tags.1.Key", "a"}, {"Tags.2.Value", "v"}}),
              ElementsAre("Tags.N.Value/needs at Tags.2.Value"));
  EXPECT_THAT(tag_breaches({{"Tags.1.Key", "a"}, {"Tags.01.Value", "v"}}),
              ElementsAre("Tags.N.Value/needs at Tags.01.Value"));
  EXPECT_THAT(tag_breaches({{"Tags.1.Value", "v"}, {"Tags.2.Key", "b"}}),
              ElementsAre("Tags.N.Value/needs at Tags.1.Value"));
}

TEST(Reading, TwentyTagsAreKeptFiftyAreOpenAndTheFiftyFirstIsOneTooMany) {
  Params tags;
  const auto grow_to = [&tags](std::size_t count) {
    while (tags.size() < count) {
      const std::string next = std::to_string(tags.size() + 1);
      tags.emplace_back("Tags." + next + ".Key", "k" + next);
    }
  };
  grow_to(20);
  EXPECT_THAT(tag_breaches(tags), IsEmpty());
  for (const std::size_t count : {21, 50}) {
    grow_to(count);
    EXPECT_THAT(tag_breaches(tags), ElementsAre("?Tags.N.Key/count at Tags.21.Key"));
  }
  grow_to(51);
  EXPECT_THAT(tag_breaches(tags), ElementsAre("Tags.N.Key/count at Tags.21.Key"));
}

TEST(Reading, KeysAreUniqueLetterForLetter) {
  EXPECT_THAT(tag_breaches({{"Tags.1.Key", "a"}, {"Tags.2.Key", "A"}}), IsEmpty());
  EXPECT_THAT(tag_breaches({{"Tags.1.Key", "a"}, {"Tags.2.Key", "a"}}),
              ElementsAre("Tags.N.Key/unique at Tags.2.Key"));
}

TEST(Reading, KeysThatDifferInRemovableBlanksMayBeTheSame) {
  EXPECT_THAT(tag_breaches({{"Tags.1.Key", "a"}, {"Tags.2.Key", "a "}}),
              ElementsAre("?Tags.N.Key/edges at Tags.2.Key", "?Tags.N.Key/unique at Tags.2.Key"));
}

TEST(Reading, MarksGreyBreachesAsSuch) {
  Params params = good_request();
  set(params, "FlowLogName", "é");
  EXPECT_THAT(violations(params), ElementsAre("?FlowLogName/first at FlowLogName",
                                              "?FlowLogName/characters at FlowLogName"));
  EXPECT_THAT(tag_breaches({{"AggregationInterval", "010"}}),
              ElementsAre("?AggregationInterval/values at AggregationInterval"));
}

TEST(Reading, OfARepeatedNameEitherValueMayCount) {
  EXPECT_THAT(tag_breaches({{"FlowLogName", "_b"}}),
              ElementsAre("?FlowLogName twice", "?FlowLogName/first at FlowLogName"));
  EXPECT_THAT(tag_breaches({{"FlowLogName", "b"}}), ElementsAre("?FlowLogName twice"));
}

TEST(Reading, ARepeatedNameWhoseEveryValueIsBrokenIsSurelyBroken) {
  EXPECT_THAT(tag_breaches({{"ProjectName", "x"}, {"ProjectName", "y"}}),
              ElementsAre("?ProjectName twice", "ProjectName/exists at ProjectName"));
}

TEST(Reading, TakesTheIndexOutOfASentName) {
  const Parameter& key = *built_in_service().creator().contract.parameter("Tags.N.Key");
  EXPECT_EQ(index_of(key, "Tags.12.Key"), "12");
  EXPECT_EQ(index_of(key, "Tags..Key"), "");
  EXPECT_EQ(
      index_of(*built_in_service().creator().contract.parameter("FlowLogName"), "FlowLogName"), "");
}

}  // namespace
}  // namespace flowlog
