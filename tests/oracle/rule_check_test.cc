#include "oracle/rule_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "base/text.h"
#include "specs/load.h"

namespace flowlog {
namespace {

// How `value` stands to the rule at `address` of the built-in contract.
RuleStatus stand_at(std::string_view address, std::string_view value) {
  const Contract& contract = built_in_service().creator().contract;
  const Rule* rule = contract.rule(address);
  const Parameter* parameter = contract.parameter(address.substr(0, address.rfind('/')));
  if (rule == nullptr || parameter == nullptr) {
    throw std::out_of_range("no rule " + std::string(address));
  }
  return rule_status(*parameter, *rule, value);
}

std::string repeat(std::string_view text, int times) {
  std::string result;
  for (int i = 0; i < times; ++i) result += text;
  return result;
}

TEST(Value, CountsCodePointsNotBytes) {
  EXPECT_EQ(stand_at("FlowLogName/length", repeat("流", 128)), RuleStatus::kept);
  EXPECT_EQ(stand_at("FlowLogName/length", repeat("流", 129)), RuleStatus::broken);
}

TEST(Value, CountsACharacterBeyondTheBmpOnce) {
  EXPECT_EQ(stand_at("FlowLogName/length", repeat("𠀀", 128)), RuleStatus::kept);
  EXPECT_EQ(stand_at("FlowLogName/length", repeat("𠀀", 129)), RuleStatus::broken);
}

TEST(Value, LeavesAGreyLengthOpenAndNotItsNeighbours) {
  EXPECT_EQ(stand_at("Tags.N.Value/length", std::string(255, 'v')), RuleStatus::kept);
  EXPECT_EQ(stand_at("Tags.N.Value/length", std::string(256, 'v')), RuleStatus::open);
  EXPECT_EQ(stand_at("Tags.N.Value/length", std::string(257, 'v')), RuleStatus::broken);
}

TEST(Value, LeavesALengthOpenThatIllFormedBytesDecide) {
  EXPECT_EQ(stand_at("FlowLogName/length", std::string(128, 'a') + "\xFF"), RuleStatus::open);
  EXPECT_EQ(stand_at("FlowLogName/length", std::string(129, 'a') + "\xFF"), RuleStatus::broken);
  EXPECT_EQ(stand_at("FlowLogName/length", std::string(10, 'a') + "\xFF"), RuleStatus::kept);
}

TEST(Value, OneForbiddenCharacterBreaksATextOfGreyOnes) {
  EXPECT_EQ(stand_at("FlowLogName/characters", "aé"), RuleStatus::open);
  EXPECT_EQ(stand_at("FlowLogName/characters", "aé/"), RuleStatus::broken);
  EXPECT_EQ(stand_at("FlowLogName/characters", "a\xFF"), RuleStatus::open);
  EXPECT_EQ(stand_at("FlowLogName/characters", "a\xFF/"), RuleStatus::broken);
}

TEST(Value, LooksAtTheFirstAndTheLastCharacterOnly) {
  EXPECT_EQ(stand_at("FlowLogName/first", "a_"), RuleStatus::kept);
  EXPECT_EQ(stand_at("FlowLogName/first", "_a"), RuleStatus::broken);
  EXPECT_EQ(stand_at("FlowLogName/first", "éa"), RuleStatus::open);
  EXPECT_EQ(stand_at("FlowLogName/first", "\xFF_"), RuleStatus::open);
  EXPECT_EQ(stand_at("LogProjectName/last", "-a"), RuleStatus::kept);
  EXPECT_EQ(stand_at("LogProjectName/last", "a-"), RuleStatus::broken);
}

TEST(Value, AnEmptyTextHasNoFirstCharacterToComplainOf) {
  EXPECT_EQ(stand_at("FlowLogName/first", ""), RuleStatus::kept);
  EXPECT_EQ(stand_at("FlowLogName/characters", ""), RuleStatus::kept);
  EXPECT_EQ(stand_at("FlowLogName/length", ""), RuleStatus::broken);
  EXPECT_EQ(stand_at("Description/length", ""), RuleStatus::kept);
}

TEST(Value, ComparesWordsLetterForLetter) {
  EXPECT_EQ(stand_at("TrafficType/values", "All"), RuleStatus::kept);
  EXPECT_EQ(stand_at("TrafficType/values", "all"), RuleStatus::broken);
  EXPECT_EQ(stand_at("TrafficType/values", " All"), RuleStatus::broken);
  EXPECT_EQ(stand_at("TrafficType/values", std::string("All\0", 4)), RuleStatus::broken);
}

TEST(Value, LeavesAWordWithStrayIllFormedBytesOpen) {
  EXPECT_EQ(stand_at("TrafficType/values", "All\xFF"), RuleStatus::open);
  EXPECT_EQ(stand_at("TrafficType/values", "Al\xFF"), RuleStatus::broken);
}

TEST(Value, LeavesLenientIntegersOpen) {
  for (const char* text : {"010", "+10", " 10", "10 ", "１０", "1０", "+0010", "005", " +5 "}) {
    EXPECT_EQ(stand_at("AggregationInterval/values", text), RuleStatus::open) << text;
  }
}

TEST(Value, RefusesLenientFormsOfOtherNumbersAndWhatIsNoInteger) {
  for (const char* text :
       {"011", "+2",  "00",  "0",   "+",  "++5", "+ 5", "-5",         "5.0",
        "1e1", "5\n", "\t5", "0x5", "5m", "",    " ",   "4294967301", "18446744073709551621",
        "＋5", "1 0"}) {
    EXPECT_EQ(stand_at("AggregationInterval/values", text), RuleStatus::broken) << text;
  }
}

TEST(Value, KnowsReservedPrefixesInAnyCase) {
  EXPECT_EQ(stand_at("Tags.N.Key/prefix", "VoLc:x"), RuleStatus::broken);
  EXPECT_EQ(stand_at("Tags.N.Key/prefix", "sys:"), RuleStatus::broken);
  EXPECT_EQ(stand_at("Tags.N.Key/prefix", "sys"), RuleStatus::open);
  EXPECT_EQ(stand_at("Tags.N.Key/prefix", "System"), RuleStatus::open);
  EXPECT_EQ(stand_at("Tags.N.Key/prefix", "volc"), RuleStatus::kept);
  EXPECT_EQ(stand_at("Tags.N.Key/prefix", "xsys:"), RuleStatus::kept);
}

TEST(Value, ReadsAKeyWithItsBlanksAndWithoutThem) {
  EXPECT_EQ(stand_at("Tags.N.Key/edges", " k"), RuleStatus::open);
  EXPECT_EQ(stand_at("Tags.N.Key/edges", "k k"), RuleStatus::kept);
  // 129 characters, of which a system that removes blanks sees 128.
  EXPECT_EQ(stand_at("Tags.N.Key/length", std::string(128, 'k') + " "), RuleStatus::open);
  EXPECT_EQ(stand_at("Tags.N.Key/length", std::string(129, 'k') + " "), RuleStatus::broken);
  EXPECT_EQ(stand_at("Tags.N.Key/prefix", " volc:x"), RuleStatus::open);
  // A name has no such rule: its blanks count.
  EXPECT_EQ(stand_at("FlowLogName/length", std::string(128, 'k') + " "), RuleStatus::broken);
}

TEST(Value, TokensMayHoldPrintableAsciiAndLeaveControlsOpen) {
  EXPECT_EQ(stand_at("ClientToken/characters", "!~"), RuleStatus::kept);
  EXPECT_EQ(stand_at("ClientToken/characters", "a b"), RuleStatus::open);
  EXPECT_EQ(stand_at("ClientToken/characters", std::string("a\0", 2)), RuleStatus::open);
  EXPECT_EQ(stand_at("ClientToken/characters", "é"), RuleStatus::broken);
}

TEST(Value, DecodesWhatIsUtf8AndCountsTheRest) {
  Decoded text = decode_leniently("a\xFF\xE6\xB5\x81\xED\xA0\x80z\xE6");
  EXPECT_EQ(text.points, U"a流z");
  EXPECT_EQ(text.ill_formed, 5u);  // FF, the three bytes of a surrogate, a cut sequence
  EXPECT_FALSE(text.ill_formed_first);
  EXPECT_TRUE(text.ill_formed_last);
}

}  // namespace
}  // namespace flowlog
