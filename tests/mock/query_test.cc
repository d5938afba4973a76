#include "mock/query.h"

#include <gtest/gtest.h>

namespace flowlog::mock {
namespace {

TEST(Query, KeepsOrderAndRepetitions) {
  const Params expected = {{"b", "1"}, {"a", "2"}, {"b", "1"}};
  EXPECT_EQ(parse_query("b=1&a=2&b=1"), expected);
}

TEST(Query, DecodesPercentOnce) {
  EXPECT_EQ(parse_query("v=a%252Bb").front().second, "a%2Bb");
  EXPECT_EQ(parse_query("v=%E6%B5%81").front().second, "流");
  EXPECT_EQ(parse_query("v=%e6%b5%81").front().second, "流");
}

TEST(Query, TakesABarePlusForASpace) {
  EXPECT_EQ(parse_query("v=a+b").front().second, "a b");
  EXPECT_EQ(parse_query("v=a%2Bb").front().second, "a+b");
}

TEST(Query, SeparatesAtTheFirstEqualsSignOnly) {
  const Params expected = {{"a", "b=c"}};
  EXPECT_EQ(parse_query("a=b=c"), expected);
}

TEST(Query, ReadsABareNameAsEmptyAndSkipsEmptyPieces) {
  const Params expected = {{"a", ""}, {"b", ""}, {"", "c"}};
  EXPECT_EQ(parse_query("&&a&b=&=c&"), expected);
}

TEST(Query, LeavesBrokenEscapesAlone) {
  EXPECT_EQ(parse_query("v=100%").front().second, "100%");
  EXPECT_EQ(parse_query("v=%zz%4").front().second, "%zz%4");
}

TEST(Query, KeepsTheZeroByte) {
  EXPECT_EQ(parse_query("v=a%00b").front().second, std::string("a\0b", 3));
}

TEST(Query, SplitsTheTargetAtTheFirstQuestionMark) {
  const RequestTarget target = parse_target("/base%20path?a=b?c#fragment");
  EXPECT_EQ(target.path, "/base%20path");
  EXPECT_EQ(target.query, (Params{{"a", "b?c"}}));
  EXPECT_TRUE(parse_target("/").query.empty());
}

}  // namespace
}  // namespace flowlog::mock
