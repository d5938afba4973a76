#include "probe/search.h"

#include <gtest/gtest.h>

namespace flowlog::probe {
namespace {

struct Endpoint {
  std::size_t min = 0;
  std::size_t max = 0;
  int asked = 0;
  Takes takes() {
    return [this](std::size_t size) -> std::optional<bool> {
      ++asked;
      return size >= min && size <= max;
    };
  }
};

TEST(Largest, TakesTwoQuestionsWhereTheDocumentationIsRight) {
  Endpoint endpoint{1, 128};
  EXPECT_EQ(largest(128, 1, 4096, endpoint.takes()), (Limit{128, false}));
  EXPECT_EQ(endpoint.asked, 2);
}

TEST(Largest, FindsEveryLimit) {
  for (const std::size_t max : {1UL, 2UL, 64UL, 127UL, 129UL, 130UL, 255UL, 1000UL, 4095UL}) {
    Endpoint endpoint{1, max};
    EXPECT_EQ(largest(128, 1, 4096, endpoint.takes()), (Limit{max, false})) << max;
    EXPECT_LE(endpoint.asked, 20) << max;
  }
}

TEST(Largest, SaysThatNothingWasRefusedUpToTheCap) {
  Endpoint endpoint{1, 1'000'000};
  EXPECT_EQ(largest(128, 1, 4096, endpoint.takes()), (Limit{4096, true}));
  EXPECT_EQ(largest(4096, 1, 4096, endpoint.takes()), (Limit{4096, true}));
}

TEST(Largest, KnowsNothingWhereNothingIsTakenOrAnswered) {
  Endpoint endpoint{10, 5};
  EXPECT_EQ(largest(128, 1, 4096, endpoint.takes()), std::nullopt);
  const Takes silent = [](std::size_t) -> std::optional<bool> { return std::nullopt; };
  EXPECT_EQ(largest(128, 1, 4096, silent), std::nullopt);
}

TEST(Largest, IsALowerBoundWhereTheAnswersEnd) {
  const Takes takes = [](std::size_t size) -> std::optional<bool> {
    return size > 500 ? std::nullopt : std::optional(true);
  };
  const auto found = largest(128, 1, 4096, takes);
  ASSERT_TRUE(found);
  EXPECT_TRUE(found->at_least);
  EXPECT_GE(found->value, 128U);
}

TEST(Smallest, FindsEveryLimit) {
  for (const std::size_t min : {0UL, 1UL, 2UL, 3UL, 4UL, 17UL, 63UL}) {
    Endpoint endpoint{min, 63};
    EXPECT_EQ(smallest(3, 0, 63, endpoint.takes()), min);
    EXPECT_LE(endpoint.asked, 10) << min;
  }
}

TEST(Smallest, TakesTwoQuestionsWhereTheDocumentationIsRight) {
  Endpoint endpoint{3, 63};
  EXPECT_EQ(smallest(3, 1, 63, endpoint.takes()), 3U);
  EXPECT_EQ(endpoint.asked, 2);
}

TEST(About, IsNoFurtherOffThanAStep) {
  for (const std::size_t max : {60UL, 300UL, 900UL, 3601UL}) {
    Endpoint endpoint{0, max};
    const auto found = about(50, 90'000, 10, endpoint.takes());
    ASSERT_TRUE(found) << max;
    EXPECT_FALSE(found->at_least);
    EXPECT_LE(found->value, max);
    EXPECT_GT(found->value + 10, max);
  }
}

}  // namespace
}  // namespace flowlog::probe
