#include "mock/checker.h"

#include <gtest/gtest.h>

#include "tests/mock/harness.h"

namespace flowlog::mock {
namespace {

std::string many(const std::string& text, int count) {
  std::string all;
  for (int i = 0; i < count; ++i) all += text;
  return all;
}

// What the honest mock answers to the smallest creation with these changes: "" is success.
std::string code_for(const Params& changes) {
  Harness mock;
  return mock.create(changes).code();
}

std::string message_for(const Params& changes) {
  Harness mock;
  return mock.create(changes).message();
}

TEST(Checker, CountsCodePoints) {
  EXPECT_EQ(code_for({{"FlowLogName", many("流", 128)}}), "");
  EXPECT_EQ(code_for({{"FlowLogName", many("流", 129)}}), "InvalidName.Malformed");
  EXPECT_EQ(code_for({{"Description", many("流", 255)}}), "");
  EXPECT_EQ(code_for({{"Description", many("流", 256)}}), "InvalidDescription.Malformed");
}

TEST(Checker, TellsTheTwoRowsOfANameApart) {
  EXPECT_EQ(message_for({{"FlowLogName", many("a", 129)}}),
            "The specified name is malformed. Ensure the maximum length of name is 128.");
  EXPECT_EQ(message_for({{"FlowLogName", "a/b"}}), "The specified name is malformed.");
  EXPECT_EQ(message_for({{"FlowLogName", "_a"}}), "The specified name is malformed.");
}

TEST(Checker, TellsTheTwoRowsOfADescriptionApart) {
  EXPECT_EQ(message_for({{"Description", many("a", 256)}}),
            "The specified description is malformed. Ensure the maximum length of description is "
            "255.");
  EXPECT_EQ(message_for({{"Description", "a;b"}}), "The specified description is malformed.");
}

TEST(Checker, NamesTheMissingParameter) {
  Harness mock;
  Params params = Harness::creation();
  flowlog::erase(params, "TrafficType");
  const Reply reply = mock.call(params);
  EXPECT_EQ(reply.status, 400);
  EXPECT_EQ(reply.code(), "MissingParameter");
  EXPECT_EQ(reply.message(), "The request is missing TrafficType parameter.");
  EXPECT_EQ(reply.error()["CodeN"], 100002);
}

TEST(Checker, TakesNoIntegerButTheListedOnes) {
  for (const char* good : {"1", "5", "10"}) {
    EXPECT_EQ(code_for({{"AggregationInterval", good}}), "") << good;
  }
  for (const char* bad : {"0", "2", "-1", "5.0", "1e1", "10\n", "010", "+10", " 10", "１０", "10m",
                          "4294967306", "18446744073709551626", ""}) {
    EXPECT_EQ(code_for({{"AggregationInterval", bad}}),
              "InvalidParameter.FlowLogAggregationInterval")
        << bad;
  }
}

TEST(Checker, RefusesMalformedLogNamesWithADocumentedRow) {
  for (const char* name : {"LogProjectName", "LogTopicName"}) {
    for (const std::string& bad :
         {std::string("ab"), many("a", 64), std::string("-ab"), std::string("ab-"),
          std::string("Abc"), std::string("a_b"), std::string("日志日")}) {
      EXPECT_EQ(code_for({{name, bad}}), "InvalidName.Malformed") << name << ' ' << bad;
    }
    EXPECT_EQ(code_for({{name, many("a", 63)}}), "");
  }
}

TEST(Checker, HoldsTagsToTheirLimits) {
  EXPECT_EQ(code_for({{"Tags.1.Key", many("k", 128)}}), "");
  EXPECT_EQ(code_for({{"Tags.1.Key", many("k", 129)}}), "InvalidTagKey.Malformed");
  EXPECT_EQ(code_for({{"Tags.1.Key", ""}}), "InvalidTagKey.Malformed");
  EXPECT_EQ(code_for({{"Tags.1.Key", "k"}, {"Tags.1.Value", many("v", 255)}}), "");
  EXPECT_EQ(code_for({{"Tags.1.Key", "k"}, {"Tags.1.Value", many("v", 257)}}),
            "InvalidTagValue.Malformed");
  EXPECT_EQ(code_for({{"Tags.1.Key", "k"}, {"Tags.2.Key", "k"}}), "InvalidTagKey.Malformed");
  for (const char* reserved : {"volc:a", "VoLc:a", "sys:a", "SYS:a"}) {
    EXPECT_EQ(code_for({{"Tags.1.Key", reserved}}), "InvalidTagKey.Malformed") << reserved;
  }
  EXPECT_EQ(code_for({{"Tags.1.Key", "volc"}}), "");
}

TEST(Checker, TakesTwentyTagsAndNoMore) {
  Params tags;
  for (int n = 1; n <= 20; ++n) {
    tags.emplace_back("Tags." + std::to_string(n) + ".Key", "k" + std::to_string(n));
  }
  EXPECT_EQ(code_for(tags), "");
  tags.emplace_back("Tags.21.Key", "k21");
  EXPECT_EQ(code_for(tags), "LimitExceeded.Tags");
}

TEST(Checker, WantsTagIndexesFromOneWithoutGaps) {
  EXPECT_EQ(code_for({{"Tags.2.Key", "b"}, {"Tags.1.Key", "a"}}), "");
  for (const Params& bad :
       {Params{{"Tags.1.Key", "a"}, {"Tags.3.Key", "b"}}, Params{{"Tags.2.Key", "a"}},
        Params{{"Tags.0.Key", "a"}}, Params{{"Tags.01.Key", "a"}}, Params{{"Tags.-1.Key", "a"}},
        Params{{"Tags.x.Key", "a"}}, Params{{"Tags..Key", "a"}},
        Params{{"Tags.99999999999999999999.Key", "a"}}}) {
    EXPECT_EQ(code_for(bad), "InvalidTag.Disorder") << bad.back().first;
  }
}

TEST(Checker, RefusesATagValueWithoutItsKey) {
  EXPECT_NE(code_for({{"Tags.1.Value", "v"}}), "");
  EXPECT_NE(code_for({{"Tags.1.Key", "k"}, {"Tags.2.Value", "v"}}), "");
}

TEST(Checker, IgnoresNamesInAnotherCase) {
  EXPECT_EQ(code_for({{"tags.1.key", many("k", 200)}, {"description", ";"}}), "");
}

TEST(Checker, TakesTheFirstOfARepeatedParameter) {
  Harness mock;
  Params params = Harness::creation();
  params.emplace_back("FlowLogName", "second");
  EXPECT_EQ(mock.call(params).status, 200);
  EXPECT_EQ(mock.describe().body["Result"]["FlowLogs"][0]["FlowLogName"], "FlowLog-1");
}

TEST(Checker, HoldsTheTokenToSixtyFourAsciiCharacters) {
  EXPECT_EQ(code_for({{"ClientToken", many("!", 64)}}), "");
  EXPECT_EQ(code_for({{"ClientToken", many("t", 65)}}), "InvalidParameter.ClientTokenMalformed");
  EXPECT_EQ(code_for({{"ClientToken", "é"}}), "InvalidParameter.ClientTokenMalformed");
}

TEST(Checker, RefusesBytesThatAreNoText) {
  EXPECT_EQ(code_for({{"FlowLogName", "a\xff"}}), "InvalidName.Malformed");
  EXPECT_EQ(code_for({{"FlowLogName", std::string("a\0b", 3)}}), "InvalidName.Malformed");
}

// Facts live in the contract: another limit there is another limit here.
TEST(Checker, FollowsAChangedContract) {
  flowlog::Service service = built_in_service();
  for (Parameter& parameter : service.contract_to_change().parameters) {
    for (Rule& rule : parameter.rules) {
      if (rule.address == "FlowLogName/length") rule.max = 5;
      if (rule.address == "TrafficType/values") rule.words = {"Everything"};
    }
    if (parameter.name == "Description") parameter.required = true;
  }
  Harness mock({}, service);
  const Params lawful = {
      {"FlowLogName", "fives"}, {"TrafficType", "Everything"}, {"Description", "d"}};
  EXPECT_EQ(mock.create({{"FlowLogName", "sixsix"}}).code(), "InvalidName.Malformed");
  EXPECT_EQ(mock.create({{"FlowLogName", "fives"}, {"Description", "d"}}).code(),
            "InvalidParameter.FlowLogTrafficType");
  EXPECT_EQ(mock.create({{"FlowLogName", "fives"}}).code(), "MissingParameter");
  EXPECT_EQ(mock.create(lawful).status, 200);
}

TEST(Checker, DoesNotRaiseARowWhoseTriggerIsGone) {
  flowlog::Service service = built_in_service();
  for (ErrorRow& row : service.contract_to_change().errors) {
    if (row.id == "errors/13" || row.id == "errors/26") row.triggers.clear();
  }
  Harness mock({}, service);
  EXPECT_EQ(mock.create({{"TrafficType", "Everything"}}).status, 200);
  EXPECT_EQ(mock.create({{"ResourceId", "vpc-arrears-01"}}, "arrears").status, 200);
}

}  // namespace
}  // namespace flowlog::mock
