#include "reports/printable.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/text.h"

namespace flowlog {
namespace {

TEST(Printable, LeavesOrdinaryTextAlone) {
  EXPECT_EQ(printable("FlowLog-1 流日志🚀 é"), "FlowLog-1 流日志🚀 é");
}

TEST(Printable, ShowsControlsByTheirCodePoint) {
  EXPECT_EQ(printable("\x1b[31m"), "\\u{1B}[31m");
  EXPECT_EQ(printable(std::string_view("\0", 1)), "\\u{0}");
  EXPECT_EQ(printable("\x7f\xC2\x9B"), "\\u{7F}\\u{9B}");
}

TEST(Printable, ShowsWhatXmlCannotHold) {
  EXPECT_EQ(printable("\xEF\xBF\xBE\xEF\xBF\xBF"), "\\u{FFFE}\\u{FFFF}");
}

TEST(Printable, ShowsDirectionMarksAndInvisibleCharacters) {
  EXPECT_EQ(printable("\xE2\x80\xAE\xE2\x80\x8B\xEF\xBB\xBF"), "\\u{202E}\\u{200B}\\u{FEFF}");
}

TEST(Printable, ShowsBytesThatAreNoUtf8) {
  EXPECT_EQ(printable("a\xFFz"), "a\\xFFz");
  EXPECT_EQ(printable("\xED\xA0\x80"), "\\xED\\xA0\\x80");  // a surrogate
  EXPECT_EQ(printable("\xC0\xAF"), "\\xC0\\xAF");           // overlong
  EXPECT_EQ(printable("\xE6\xB5"), "\\xE6\\xB5");           // cut short
}

TEST(Printable, KeepsLinesOnlyWhereAsked) {
  EXPECT_EQ(printable("a\n\tb\r"), "a\\n\\tb\\u{D}");
  EXPECT_EQ(printable("a\n\tb\r", Layout::lines), "a\n\tb\\u{D}");
}

RC_GTEST_PROP(Printable, IsUtf8OfOneLineAndStaysAsItIs, (const std::vector<unsigned char>& bytes)) {
  const std::string once = printable(std::string(bytes.begin(), bytes.end()));
  RC_ASSERT(is_utf8(once));
  RC_ASSERT(printable(once) == once);
  for (const char c : once) RC_ASSERT(static_cast<unsigned char>(c) >= 0x20);
}

TEST(Printable, AnExcerptCountsWhatItLeavesOut) {
  EXPECT_EQ(excerpt("abcdef", 6), "abcdef");
  EXPECT_EQ(excerpt("abcdefg", 6), "abcdef … (1 bytes more)");
}

TEST(Printable, AnExcerptEndsBetweenCharacters) {
  EXPECT_EQ(excerpt("ab流日", 4), "ab … (6 bytes more)");
  EXPECT_EQ(excerpt("ab流日", 5), "ab流 … (3 bytes more)");
}

TEST(Printable, ChineseTakesTwoColumns) {
  EXPECT_EQ(columns("ab"), 2U);
  EXPECT_EQ(columns("流日志"), 6U);
  EXPECT_EQ(clip("流日志", 5), "流日");
  EXPECT_EQ(clip("abc", 9), "abc");
}

}  // namespace
}  // namespace flowlog
