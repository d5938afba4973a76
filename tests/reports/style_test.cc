#include "reports/style.h"

#include <gtest/gtest.h>
#include <unistd.h>

namespace flowlog {
namespace {

TEST(Style, APipeGetsNeitherColourNorRewritingNorWrapping) {
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  const Style style = detect_style(ends[1], "en");
  EXPECT_FALSE(style.color);
  EXPECT_FALSE(style.rewrite);
  EXPECT_EQ(style.width, 0U);
  ::close(ends[0]);
  ::close(ends[1]);
}

TEST(Style, InkIsEscapedOnlyWithColour) {
  Style style;
  EXPECT_EQ(style.ink(Ink::red, "x"), "x");
  style.color = true;
  EXPECT_EQ(style.ink(Ink::red, "x"), "\x1b[31mx\x1b[0m");
  EXPECT_EQ(style.ink(Ink::red, ""), "");
}

TEST(Style, WrapsAtBlanksUnderTheText) {
  Style style;
  style.width = 42;
  EXPECT_EQ(wrap(style, "one two three four five six seven eight nine", 2),
            "one two three four five six seven eight\n  nine");
  style.width = 0;
  EXPECT_EQ(wrap(style, "one two", 2), "one two");
}

TEST(Style, KeepsALongWordWhole) {
  Style style;
  style.width = 40;
  const std::string word(90, 'x');
  EXPECT_EQ(wrap(style, "a " + word, 0), "a\n" + word);
}

TEST(Style, DefusesWhatCiSystemsTakeForCommands) {
  EXPECT_EQ(defuse("::error::x"), "\\u{3A}:error::x");
  EXPECT_EQ(defuse("  \t::set-output\na::b"), "  \t\\u{3A}:set-output\na::b");
  EXPECT_EQ(defuse("x ##vso[task] ##[error] ##teamcity[y"),
            "x #\\u{23}vso[task] #\\u{23}[error] #\\u{23}teamcity[y");
  EXPECT_EQ(defuse("## heading"), "## heading");
  EXPECT_EQ(defuse("###vso[x"), "##\\u{23}vso[x");
}

}  // namespace
}  // namespace flowlog
