#include "base/text.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace flowlog {
namespace {

TEST(Utf8, DecodesEveryLength) {
  EXPECT_EQ(decode_utf8("aé流😀"), U"aé流😀");
}

TEST(Utf8, RefusesOverlongSurrogateAndTruncatedForms) {
  for (const std::string bytes : {"\xC0\x80", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80",
                                  "\xE6\xB5", "\x80", "\xFF"}) {
    EXPECT_FALSE(decode_utf8(bytes).has_value()) << show(bytes);
    EXPECT_FALSE(is_utf8(bytes));
    EXPECT_TRUE(is_utf8(repair_utf8(bytes)));
  }
}

RC_GTEST_PROP(Utf8, RepairsAnyBytes, (const std::string& bytes)) {
  const std::string repaired = repair_utf8(bytes);
  RC_ASSERT(is_utf8(repaired));
  if (is_utf8(bytes)) RC_ASSERT(repaired == bytes);
}

RC_GTEST_PROP(Utf8, EncodingIsTheInverseOfDecoding, ()) {
  std::u32string points;
  for (const auto p : *rc::gen::container<std::vector<std::uint32_t>>(
           rc::gen::inRange<std::uint32_t>(0, 0x110000))) {
    if (p < 0xD800 || p > 0xDFFF) points.push_back(p);
  }
  RC_ASSERT(decode_utf8(encode_utf8(points)) == points);
}

TEST(Show, WritesLongRunsAsACount) {
  EXPECT_EQ(show(std::string(129, 'a')), "\"a\" × 129");
  EXPECT_EQ(show("流" + std::string(128, 'a') + "b"), "\"流\" + \"a\" × 128 + \"b\"");
}

TEST(Show, MakesTheInvisibleVisible) {
  EXPECT_EQ(show(std::string("a\n\t\0\x1b", 5)), R"("a\n\t\u{0}\u{1B}")");
  EXPECT_EQ(show("\xFF"), R"("\xFF")");
  EXPECT_EQ(show("\u200B\u202E"), R"("\u{200B}\u{202E}")");
  EXPECT_EQ(show(""), "\"\"");
}

TEST(Show, CutsWithTheNumberLeftOut) {
  EXPECT_EQ(show("abcdef", 3), "\"abc\" … (3 bytes more)");
}

TEST(Nearest, FindsAMisspelling) {
  EXPECT_EQ(nearest("concurency", {"endpoint", "concurrency"}), "concurrency");
  EXPECT_EQ(nearest("xyz", {"endpoint", "concurrency"}), std::nullopt);
}

TEST(Glob, StarCrossesEverything) {
  EXPECT_TRUE(glob("param.*/over-max", "param.FlowLogName.length/over-max"));
  EXPECT_TRUE(glob("*", ""));
  EXPECT_FALSE(glob("param.*", "error.X"));
  EXPECT_TRUE(glob("a?c", "abc"));
  EXPECT_FALSE(glob("a?c", "ac"));
  EXPECT_TRUE(glob("*a*b*", "xxaxxbxx"));
}

TEST(Split, KeepsEmptyPieces) {
  EXPECT_EQ(split("a,,b", ','), (std::vector<std::string>{"a", "", "b"}));
  EXPECT_EQ(split("", ','), std::vector<std::string>{""});
}

TEST(Trimmed, CutsBothEndsOnly) {
  EXPECT_EQ(trimmed(" \ta b\r\n"), "a b");
  EXPECT_EQ(trimmed("\ta ", " "), "\ta");
  EXPECT_EQ(trimmed(" \n "), "");
  EXPECT_EQ(trimmed(""), "");
}

}  // namespace
}  // namespace flowlog
