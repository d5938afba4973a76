#include "reports/sentences.h"

#include <gtest/gtest.h>

namespace flowlog {
namespace {

using Holes = std::vector<std::string_view>;

TEST(Sentences, AreReadInTheOrderOfTheFile) {
  ASSERT_GT(sentences().size(), 400U);
  EXPECT_EQ(sentences().front().en, "~: nothing to judge: ~");
  EXPECT_EQ(sentences().back().en, "~; ~");
}

TEST(Sentences, HaveNoOtherWordsWhereThereIsNoHole) {
  EXPECT_EQ(holes_of("it is gone", "it is gone"), Holes{});
  EXPECT_EQ(holes_of("it is gone", "it is gone."), std::nullopt);
}

TEST(Sentences, FillAHoleAsShortAsCanBeAndTheLastAsLongAsItMust) {
  EXPECT_EQ(holes_of("* is *", "a is b is c"), (Holes{"a", "b is c"}));
  EXPECT_EQ(holes_of("* is *.", "a is b. is c."), (Holes{"a", "b. is c"}));
}

TEST(Sentences, TakeOneWordForAPlus) {
  EXPECT_EQ(holes_of("+ stands", "fl-1 stands"), (Holes{"fl-1"}));
  EXPECT_EQ(holes_of("+ stands", "it still stands"), std::nullopt);
  EXPECT_EQ(holes_of("+ stands", " stands"), std::nullopt);
  EXPECT_EQ(holes_of("it is ^", "it is text"), (Holes{"text"}));
  EXPECT_EQ(holes_of("it is ^", "it is a text"), std::nullopt);
}

TEST(Sentences, EndNoHoleWithinQuotes) {
  EXPECT_EQ(holes_of("*, *", R"("a, b", c)"), (Holes{R"("a, b")", "c"}));
  EXPECT_EQ(holes_of("*, *", R"("a \", b", c)"), (Holes{R"("a \", b")", "c"}));
  EXPECT_EQ(holes_of("account \"*\": *", "account \"a\": b"), (Holes{"a", "b"}));
}

TEST(Sentences, AreFoundOutsideOfQuotes) {
  EXPECT_EQ(find_unquoted(R"("a: b": c: d)", ": "), 6U);
  EXPECT_EQ(find_unquoted(R"("a: b": c: d)", ": ", 7), 9U);
  EXPECT_EQ(find_unquoted(R"("a: b")", ": "), std::string_view::npos);
}

}  // namespace
}  // namespace flowlog
