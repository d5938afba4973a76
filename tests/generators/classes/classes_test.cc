// The classes and boundaries that must exist, listed by hand.
#include "generators/classes/classes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "base/text.h"
#include "generators/placeholders.h"
#include "specs/load.h"

namespace flowlog {
namespace {

using testing::Contains;
using testing::IsSupersetOf;

std::vector<InputClass> of(const std::string& address) {
  const Contract& contract = built_in_service().creator().contract;
  const std::string name = address.substr(0, address.find('/'));
  return classes(contract, *contract.parameter(name), *contract.rule(address));
}

std::vector<std::string> ids(const std::string& address, Side side) {
  std::vector<std::string> result;
  for (const InputClass& input : of(address)) {
    if (input.side == side) result.push_back(input.id);
  }
  return result;
}

std::vector<std::string> invalid(const std::string& address) {
  return ids(address, Side::invalid);
}

// Values of `sent` among the boundaries of one side.
std::vector<std::string> values(const std::string& address, Side side, const std::string& sent) {
  std::vector<std::string> result;
  for (const InputClass& input : of(address)) {
    if (input.side != side) continue;
    for (const Edit& edit : input.boundaries) {
      if (const auto value = find(edit.set, sent)) result.push_back(*value);
    }
  }
  return result;
}

// In code points, with a token's placeholder counted as the eight it stands for.
std::set<std::size_t> lengths(const std::string& address, Side side, const std::string& sent) {
  std::set<std::size_t> result;
  for (std::string value : values(address, side, sent)) {
    const auto at = value.find("@unique");
    if (at != std::string::npos) value.replace(at, 7, "12345678");
    if (const auto points = decode_utf8(value)) result.insert(points->size());
  }
  return result;
}

std::set<std::size_t> tag_counts(Side side) {
  std::set<std::size_t> result;
  for (const InputClass& input : of("Tags.N.Key/count")) {
    if (input.side != side) continue;
    for (const Edit& edit : input.boundaries) {
      std::size_t keys = 0;
      for (const auto& [name, value] : edit.set) keys += name.ends_with(".Key") ? 1 : 0;
      result.insert(keys);
    }
  }
  return result;
}

TEST(Classes, LengthsBreakByOneByFarAndByNothing) {
  EXPECT_THAT(invalid("FlowLogName/length"), IsSupersetOf({"over-max", "far-over"}));
  EXPECT_THAT(ids("FlowLogName/length", Side::grey), Contains("empty"));
  EXPECT_THAT(invalid("Description/length"), IsSupersetOf({"over-max", "far-over"}));
  EXPECT_THAT(invalid("LogProjectName/length"),
              IsSupersetOf({"over-max", "far-over", "under-min", "empty"}));
  EXPECT_THAT(invalid("ClientToken/length"), IsSupersetOf({"over-max", "far-over"}));
  EXPECT_THAT(ids("Tags.N.Value/length", Side::grey), Contains("grey-length"));
}

TEST(Classes, BoundariesOfLengthsAreSent) {
  EXPECT_THAT(lengths("FlowLogName/length", Side::valid, "FlowLogName"), IsSupersetOf({1, 128}));
  EXPECT_THAT(lengths("FlowLogName/length", Side::invalid, "FlowLogName"), IsSupersetOf({129}));
  EXPECT_THAT(lengths("Description/length", Side::valid, "Description"), IsSupersetOf({0, 255}));
  EXPECT_THAT(lengths("Description/length", Side::invalid, "Description"), IsSupersetOf({256}));
  for (const char* name : {"LogProjectName", "LogTopicName"}) {
    const std::string address = std::string(name) + "/length";
    EXPECT_THAT(lengths(address, Side::valid, name), IsSupersetOf({3, 63}));
    EXPECT_THAT(lengths(address, Side::invalid, name), IsSupersetOf({2, 64}));
  }
  EXPECT_THAT(lengths("ClientToken/length", Side::valid, "ClientToken"), IsSupersetOf({64}));
  EXPECT_THAT(lengths("ClientToken/length", Side::invalid, "ClientToken"), IsSupersetOf({65}));
  EXPECT_THAT(lengths("Tags.N.Key/length", Side::valid, "Tags.1.Key"), IsSupersetOf({1, 128}));
  EXPECT_THAT(lengths("Tags.N.Key/length", Side::invalid, "Tags.1.Key"), IsSupersetOf({129}));
  EXPECT_THAT(lengths("Tags.N.Value/length", Side::grey, "Tags.1.Value"), IsSupersetOf({256}));
  EXPECT_THAT(lengths("Tags.N.Value/length", Side::invalid, "Tags.1.Value"), IsSupersetOf({257}));
}

TEST(Classes, CharactersHaveAClassForEachForbiddenKind) {
  EXPECT_THAT(invalid("FlowLogName/characters"),
              IsSupersetOf({"forbidden-mark", "forbidden-blank", "forbidden-tab",
                            "forbidden-newline", "forbidden-nul", "forbidden-control",
                            "forbidden-full-width-mark", "forbidden-emoji", "trailing-newline"}));
  EXPECT_THAT(invalid("Description/characters"),
              IsSupersetOf({"forbidden-mark", "forbidden-tab", "forbidden-newline",
                            "forbidden-control", "forbidden-emoji", "trailing-newline"}));
  EXPECT_THAT(invalid("LogTopicName/characters"),
              IsSupersetOf({"forbidden-capital", "forbidden-mark", "forbidden-blank",
                            "forbidden-chinese", "forbidden-full-width-digit"}));
  EXPECT_THAT(invalid("Tags.N.Key/characters"),
              IsSupersetOf({"forbidden-mark", "forbidden-tab", "forbidden-emoji"}));
  EXPECT_THAT(invalid("ClientToken/characters"),
              IsSupersetOf({"forbidden-chinese", "forbidden-other-letter", "forbidden-emoji"}));
}

TEST(Classes, FirstAndLastCharactersHaveClassesOfTheirOwn) {
  EXPECT_THAT(invalid("FlowLogName/first"), Contains("forbidden-mark"));
  EXPECT_THAT(invalid("Description/first"), IsSupersetOf({"forbidden-mark", "forbidden-blank"}));
  EXPECT_THAT(invalid("LogProjectName/first"), Contains("forbidden-mark"));
  EXPECT_THAT(invalid("LogProjectName/last"), Contains("forbidden-mark"));
}

TEST(Classes, NamesOfDigitsAloneAndBlanksThatAreEasilyLostAreLawful) {
  for (const char* name : {"FlowLogName", "Description", "LogProjectName", "LogTopicName"}) {
    EXPECT_THAT(values(std::string(name) + "/characters", Side::valid, name), Contains("2026"));
  }
  EXPECT_THAT(values("Description/characters", Side::valid, "Description"), Contains("a  b"));
}

TEST(Classes, WhatExistsDoesNotExistInOtherLettersOrWithBlanks) {
  EXPECT_THAT(values("ResourceId/exists", Side::invalid, "ResourceId"),
              IsSupersetOf({"@VPC", " @vpc", "@vpc ", "@subnet"}));
  EXPECT_THAT(values("ProjectName/exists", Side::invalid, "ProjectName"),
              IsSupersetOf({"DEFAULT", "Default"}));
}

TEST(Placeholders, TakeAResourceInCapitalsOrWithABlank) {
  EXPECT_EQ(with_resource("@vpc", "vpc", "vpc-1a"), "vpc-1a");
  EXPECT_EQ(with_resource("@VPC", "vpc", "vpc-1a"), "VPC-1A");
  EXPECT_EQ(with_resource(" @vpc", "vpc", "vpc-1a"), " vpc-1a");
  EXPECT_EQ(with_resource("@vpc ", "vpc", "vpc-1a"), "vpc-1a ");
  EXPECT_EQ(with_resource("@subnet", "vpc", "vpc-1a"), "@subnet");
}

TEST(Classes, WordsBreakByCaseNeighbourAndSurroundings) {
  for (const char* address : {"ResourceType/values", "TrafficType/values"}) {
    EXPECT_THAT(invalid(address), IsSupersetOf({"unknown-word", "wrong-case", "near-word", "empty",
                                                "surrounding-blanks", "trailing-newline"}));
  }
  EXPECT_THAT(values("ResourceType/values", Side::valid, "ResourceType"),
              IsSupersetOf({"vpc", "subnet", "eni"}));
  EXPECT_THAT(values("TrafficType/values", Side::valid, "TrafficType"),
              IsSupersetOf({"All", "Allow", "Drop"}));
}

TEST(Classes, NumbersBreakInEveryFormThatParsersTrip) {
  EXPECT_THAT(
      invalid("AggregationInterval/values"),
      IsSupersetOf({"neighbour", "zero", "negative", "decimal", "exponent", "text",
                    "beyond-32-bits", "beyond-64-bits", "trailing-text", "trailing-newline"}));
  EXPECT_THAT(
      ids("AggregationInterval/values", Side::grey),
      IsSupersetOf({"leading-zero", "plus-sign", "surrounding-blanks", "full-width-digits"}));
  EXPECT_THAT(values("AggregationInterval/values", Side::valid, "AggregationInterval"),
              testing::UnorderedElementsAre("1", "5", "10"));
}

// 4294967297 and 18446744073709551617 are 1 to whoever keeps 32 or 64 bits.
TEST(Classes, NumbersBeyondBitsWrapToLawfulOnes) {
  EXPECT_THAT(values("AggregationInterval/values", Side::invalid, "AggregationInterval"),
              IsSupersetOf({"4294967297", "18446744073709551617"}));
}

TEST(Classes, IndicesBreakInEveryForm) {
  EXPECT_THAT(invalid("Tags.N.Key/index"),
              IsSupersetOf({"gap", "starts-late", "zero", "beyond-32-bits"}));
  EXPECT_THAT(ids("Tags.N.Key/index", Side::grey),
              IsSupersetOf({"negative", "leading-zero", "plus-sign", "text", "empty"}));
}

TEST(Classes, TagsBreakByNumberRepetitionAndReservedBeginnings) {
  EXPECT_THAT(tag_counts(Side::valid), IsSupersetOf({1, 20}));
  EXPECT_THAT(tag_counts(Side::invalid), IsSupersetOf({51}));
  EXPECT_THAT(tag_counts(Side::grey), IsSupersetOf({21, 50}));
  EXPECT_THAT(invalid("Tags.N.Key/unique"), IsSupersetOf({"neighbours", "first-and-last"}));
  EXPECT_THAT(invalid("Tags.N.Value/needs"), IsSupersetOf({"alone", "last-key-missing"}));
  EXPECT_THAT(invalid("Tags.N.Key/prefix"), IsSupersetOf({"exact", "other-case", "any-case"}));
  EXPECT_THAT(ids("Tags.N.Key/edges", Side::grey),
              IsSupersetOf({"leading-blank", "trailing-blank", "blanks-at-both-ends"}));
}

TEST(Classes, EveryRuleIsTried) {
  for (const RuleCount& count : count_classes(built_in_service().creator().contract)) {
    EXPECT_FALSE(count.untried()) << count.rule->address;
  }
}

TEST(Classes, IdsAreUniqueWithinARule) {
  for (const RuleCount& count : count_classes(built_in_service().creator().contract)) {
    std::set<std::string> seen;
    for (const InputClass& input : of(count.rule->address)) {
      EXPECT_TRUE(seen.insert(input.id).second) << count.rule->address << " " << input.id;
      EXPECT_FALSE(input.text.en.empty());
      EXPECT_FALSE(input.text.zh.empty());
    }
  }
}

TEST(Classes, HoldWhatOthersMean) {
  EXPECT_THAT(values("AggregationInterval/values", Side::invalid, "AggregationInterval"),
              IsSupersetOf({"60", "300", "600"}));
  EXPECT_THAT(values("TrafficType/values", Side::invalid, "TrafficType"),
              IsSupersetOf({"Accept", "Reject", "ACCEPT", "REJECT", "Deny"}));
  EXPECT_THAT(values("ResourceType/values", Side::invalid, "ResourceType"),
              Contains("NetworkInterface"));
}

TEST(Classes, HoldAPercentEncodingWhereNoPercentSignMayStand) {
  EXPECT_THAT(values("FlowLogName/characters", Side::invalid, "FlowLogName"), Contains("a%61a"));
  EXPECT_THAT(values("LogTopicName/characters", Side::invalid, "LogTopicName"), Contains("a%61a"));
  EXPECT_THAT(invalid("ClientToken/characters"), testing::Not(Contains("percent-escape")));
}

TEST(ClassBook, HoldsTheClassesOfEveryRule) {
  const Contract& contract = built_in_service().creator().contract;
  ClassBook book(contract);
  for (const Parameter& parameter : contract.parameters) {
    for (const Rule& rule : parameter.rules) {
      const std::vector<InputClass>& kept = book.of(parameter, rule);
      const std::vector<InputClass> made = classes(contract, parameter, rule);
      ASSERT_EQ(kept.size(), made.size()) << rule.address;
      for (std::size_t i = 0; i < made.size(); ++i) {
        EXPECT_EQ(kept[i].id, made[i].id) << rule.address;
        EXPECT_EQ(kept[i].boundaries, made[i].boundaries) << rule.address << "/" << made[i].id;
      }
      EXPECT_EQ(&book.of(parameter, rule), &kept);
    }
  }
}

// Sums and products of such words fit into no integer type.
TEST(IntegerClasses, AreRightForWordsOfAnySize) {
  Contract contract = built_in_service().creator().contract;
  const auto of_words = [&](std::vector<std::string> words, const std::string& id) {
    const Parameter& parameter = *contract.parameter("AggregationInterval");
    Rule rule = *parameter.rule("values");
    rule.words = std::move(words);
    std::vector<std::string> found;
    for (const InputClass& input : classes(contract, parameter, rule)) {
      if (input.id != id) continue;
      for (const Edit& edit : input.boundaries) found.push_back(edit.set.front().second);
    }
    return found;
  };
  const std::string most = "9223372036854775807";  // 2^63 - 1
  EXPECT_THAT(of_words({most}, "neighbour"),
              IsSupersetOf({"9223372036854775806", "9223372036854775808"}));
  EXPECT_THAT(of_words({most}, "other-unit"), Contains("553402322211286548420"));
  EXPECT_THAT(of_words({most}, "hex"), Contains("0x7fffffffffffffff"));
  EXPECT_THAT(of_words({"18446744073709551616"}, "hex"), Contains("0x10000000000000000"));
  EXPECT_THAT(of_words({"1000"}, "neighbour"), IsSupersetOf({"999", "1001"}));
  for (const std::string& value : of_words({"-9223372036854775808", "0"}, "beyond-64-bits")) {
    EXPECT_TRUE(value.find_first_not_of("0123456789") == std::string::npos) << value;
  }
}

}  // namespace
}  // namespace flowlog
