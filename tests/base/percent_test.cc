#include "base/percent.h"

#include <gtest/gtest.h>

namespace flowlog {
namespace {

TEST(PercentDecode, ReadsBothLetterCases) {
  EXPECT_EQ(percent_decode("a%2Bb%2bc"), "a+b+c");
}

TEST(PercentDecode, LeavesWhatIsNoEscape) {
  EXPECT_EQ(percent_decode("100%"), "100%");
  EXPECT_EQ(percent_decode("%4"), "%4");
  EXPECT_EQ(percent_decode("%zz%g1"), "%zz%g1");
}

TEST(PercentDecode, ReadsAPlusAsABlankWhereItIsOne) {
  EXPECT_EQ(percent_decode("a+b%2B"), "a+b+");
  EXPECT_EQ(percent_decode("a+b%2B", true), "a b+");
}

TEST(HexDigit, KnowsNoOtherCharacters) {
  EXPECT_EQ(hex_digit('9'), 9);
  EXPECT_EQ(hex_digit('f'), 15);
  EXPECT_EQ(hex_digit('A'), 10);
  EXPECT_EQ(hex_digit('g'), -1);
  EXPECT_EQ(hex_digit('/'), -1);
}

}  // namespace
}  // namespace flowlog
