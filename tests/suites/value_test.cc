#include "suites/value.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "base/text.h"
#include "specs/load.h"

namespace flowlog {
namespace {

// How `value` stands to the rule at `address` of the built-in contract.
Stand stand_at(std::string_view address, std::string_view value) {
  const Contract& contract = built_in_api().create;
  const Rule* rule = contract.rule(address);
  const Parameter* parameter = contract.parameter(address.substr(0, address.rfind('/')));
  if (rule == nullptr || parameter == nullptr) {
    throw std::out_of_range("no rule " + std::string(address));
  }
  return stand(*parameter, *rule, value);
}

std::string repeat(std::string_view text, int times) {
  std::string result;
  for (int i = 0; i < times; ++i) result += text;
  return result;
}

TEST(Value, CountsCodePointsNotBytes) {
  EXPECT_EQ(stand_at("FlowLogName/length", repeat("流", 128)), Stand::kept);
  EXPECT_EQ(stand_at("FlowLogName/length", repeat("流", 129)), Stand::broken);
}

TEST(Value, CountsACharacterBeyondTheBmpOnce) {
  EXPECT_EQ(stand_at("FlowLogName/length", repeat("𠀀", 128)), Stand::kept);
  EXPECT_EQ(stand_at("FlowLogName/length", repeat("𠀀", 129)), Stand::broken);
}

TEST(Value, LeavesAGreyLengthOpenAndNotItsNeighbours) {
  EXPECT_EQ(stand_at("Tags.N.Value/length", std::string(255, 'v')), Stand::kept);
  EXPECT_EQ(stand_at("Tags.N.Value/length", std::string(256, 'v')), Stand::open);
  EXPECT_EQ(stand_at("Tags.N.Value/length", std::string(257, 'v')), Stand::broken);
}

TEST(Value, LeavesALengthOpenThatIllFormedBytesDecide) {
  EXPECT_EQ(stand_at("FlowLogName/length", std::string(128, 'a') + "\xFF"), Stand::open);
  EXPECT_EQ(stand_at("FlowLogName/length", std::string(129, 'a') + "\xFF"), Stand::broken);
  EXPECT_EQ(stand_at("FlowLogName/length", std::string(10, 'a') + "\xFF"), Stand::kept);
}

TEST(Value, OneForbiddenCharacterBreaksATextOfGreyOnes) {
  EXPECT_EQ(stand_at("FlowLogName/characters", "aé"), Stand::open);
  EXPECT_EQ(stand_at("FlowLogName/characters", "aé/"), Stand::broken);
  EXPECT_EQ(stand_at("FlowLogName/characters", "a\xFF"), Stand::open);
  EXPECT_EQ(stand_at("FlowLogName/characters", "a\xFF/"), Stand::broken);
}

TEST(Value, LooksAtTheFirstAndTheLastCharacterOnly) {
  EXPECT_EQ(stand_at("FlowLogName/first", "a_"), Stand::kept);
  EXPECT_EQ(stand_at("FlowLogName/first", "_a"), Stand::broken);
  EXPECT_EQ(stand_at("FlowLogName/first", "éa"), Stand::open);
  EXPECT_EQ(stand_at("FlowLogName/first", "\xFF_"), Stand::open);
  EXPECT_EQ(stand_at("LogProjectName/last", "-a"), Stand::kept);
  EXPECT_EQ(stand_at("LogProjectName/last", "a-"), Stand::broken);
}

TEST(Value, AnEmptyTextHasNoFirstCharacterToComplainOf) {
  EXPECT_EQ(stand_at("FlowLogName/first", ""), Stand::kept);
  EXPECT_EQ(stand_at("FlowLogName/characters", ""), Stand::kept);
  EXPECT_EQ(stand_at("FlowLogName/length", ""), Stand::broken);
  EXPECT_EQ(stand_at("Description/length", ""), Stand::kept);
}

TEST(Value, ComparesWordsLetterForLetter) {
  EXPECT_EQ(stand_at("TrafficType/values", "All"), Stand::kept);
  EXPECT_EQ(stand_at("TrafficType/values", "all"), Stand::broken);
  EXPECT_EQ(stand_at("TrafficType/values", " All"), Stand::broken);
  EXPECT_EQ(stand_at("TrafficType/values", std::string("All\0", 4)), Stand::broken);
}

TEST(Value, LeavesAWordWithStrayIllFormedBytesOpen) {
  EXPECT_EQ(stand_at("TrafficType/values", "All\xFF"), Stand::open);
  EXPECT_EQ(stand_at("TrafficType/values", "Al\xFF"), Stand::broken);
}

TEST(Value, LeavesLenientIntegersOpen) {
  for (const char* text : {"010", "+10", " 10", "10 ", "１０", "1０", "+0010", "005", " +5 "}) {
    EXPECT_EQ(stand_at("AggregationInterval/values", text), Stand::open) << text;
  }
}

TEST(Value, RefusesLenientFormsOfOtherNumbersAndWhatIsNoInteger) {
  for (const char* text :
       {"011", "+2",  "00",  "0",   "+",  "++5", "+ 5", "-5",         "5.0",
        "1e1", "5\n", "\t5", "0x5", "5m", "",    " ",   "4294967301", "18446744073709551621",
        "＋5", "1 0"}) {
    EXPECT_EQ(stand_at("AggregationInterval/values", text), Stand::broken) << text;
  }
}

TEST(Value, KnowsReservedPrefixesInAnyCase) {
  EXPECT_EQ(stand_at("Tags.N.Key/prefix", "VoLc:x"), Stand::broken);
  EXPECT_EQ(stand_at("Tags.N.Key/prefix", "sys:"), Stand::broken);
  EXPECT_EQ(stand_at("Tags.N.Key/prefix", "sys"), Stand::kept);
  EXPECT_EQ(stand_at("Tags.N.Key/prefix", "xsys:"), Stand::kept);
}

TEST(Value, ReadsAKeyWithItsBlanksAndWithoutThem) {
  EXPECT_EQ(stand_at("Tags.N.Key/edges", " k"), Stand::open);
  EXPECT_EQ(stand_at("Tags.N.Key/edges", "k k"), Stand::kept);
  // 129 characters, of which a system that removes blanks sees 128.
  EXPECT_EQ(stand_at("Tags.N.Key/length", std::string(128, 'k') + " "), Stand::open);
  EXPECT_EQ(stand_at("Tags.N.Key/length", std::string(129, 'k') + " "), Stand::broken);
  EXPECT_EQ(stand_at("Tags.N.Key/prefix", " volc:x"), Stand::open);
  // A name has no such rule: its blanks count.
  EXPECT_EQ(stand_at("FlowLogName/length", std::string(128, 'k') + " "), Stand::broken);
}

TEST(Value, TokensMayHoldPrintableAsciiAndLeaveControlsOpen) {
  EXPECT_EQ(stand_at("ClientToken/characters", "!~"), Stand::kept);
  EXPECT_EQ(stand_at("ClientToken/characters", "a b"), Stand::open);
  EXPECT_EQ(stand_at("ClientToken/characters", std::string("a\0", 2)), Stand::open);
  EXPECT_EQ(stand_at("ClientToken/characters", "é"), Stand::broken);
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
