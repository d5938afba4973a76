#include "client/budget.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

#include "tests/support/fake_clock.h"

namespace flowlog {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Optional;

TEST(Budget, HasNoLimitsByDefault) {
  test::FakeClock clock;
  Budget budget({}, clock);
  for (int i = 0; i < 1000; ++i) EXPECT_FALSE(budget.take(true, false));
  EXPECT_FALSE(budget.spent());
  EXPECT_EQ(budget.requests(), 1000);
  EXPECT_EQ(budget.creates(), 1000);
}

TEST(Budget, RefusesTheRequestAfterTheLastOne) {
  test::FakeClock clock;
  Budget budget({2, 0, {}}, clock);
  EXPECT_FALSE(budget.take(false, false));
  EXPECT_FALSE(budget.spent());
  EXPECT_FALSE(budget.take(true, false));
  EXPECT_THAT(budget.spent(), Optional(HasSubstr("2 requests")));
  EXPECT_THAT(budget.take(false, false), Optional(HasSubstr("2 requests")));
  EXPECT_EQ(budget.requests(), 2);
}

TEST(Budget, RefusesCreationsAloneWhenThoseAreSpent) {
  test::FakeClock clock;
  Budget budget({0, 1, {}}, clock);
  EXPECT_FALSE(budget.take(true, false));
  budget.settle(false);
  EXPECT_THAT(budget.take(true, false), Optional(HasSubstr("1 creations")));
  EXPECT_FALSE(budget.take(false, false));
  EXPECT_TRUE(budget.spent());
  EXPECT_FALSE(budget.spent(false));
  EXPECT_EQ(budget.requests(), 2);
  EXPECT_EQ(budget.creates(), 1);
}

TEST(Budget, ARefusedCreationFreesItsPlace) {
  test::FakeClock clock;
  Budget budget({0, 1, {}}, clock);
  EXPECT_FALSE(budget.take(true, false));
  budget.settle(true);
  EXPECT_EQ(budget.creates(), 0);
  EXPECT_FALSE(budget.take(true, false));
  budget.settle(false);
  EXPECT_EQ(budget.creates(), 1);
  EXPECT_TRUE(budget.take(true, false));
}

TEST(Budget, TheLastPlaceIsNotRefusedBeforeItIsSettled) {
  test::FakeClock clock;
  Budget budget({0, 1, {}}, clock);
  EXPECT_FALSE(budget.take(true, false));
  EXPECT_FALSE(budget.spent());
  std::optional<std::string> refused = "not yet";
  std::thread waiting([&] { refused = budget.take(true, false); });
  budget.settle(true);
  waiting.join();
  EXPECT_FALSE(refused);
  EXPECT_EQ(budget.creates(), 1);
}

TEST(Budget, EndsWithItsTime) {
  test::FakeClock clock;
  Budget budget({0, 0, 60s}, clock);
  clock.advance(60s - 1ns);
  EXPECT_FALSE(budget.take(false, false));
  clock.advance(1ns);
  EXPECT_THAT(budget.take(false, false), Optional(HasSubstr("60 s")));
}

TEST(Budget, CountsCleanUpAndNeverRefusesIt) {
  test::FakeClock clock;
  Budget budget({1, 0, 1s}, clock);
  clock.advance(5s);
  for (int i = 0; i < 3; ++i) EXPECT_FALSE(budget.take(false, true));
  EXPECT_EQ(budget.requests(), 3);
}

TEST(Budget, IsKeptExactlyByManyThreads) {
  test::FakeClock clock;
  Budget budget({1000, 300, {}}, clock);
  std::atomic<int> requests{0};
  std::atomic<int> creates{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      for (int n = 0; n < 500; ++n) {
        const bool create = n % 2 == 0;
        if (budget.take(create, false)) continue;
        ++requests;
        creates += create ? 1 : 0;
        if (create) budget.settle(false);
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(requests, 1000);
  EXPECT_EQ(creates, 300);
  EXPECT_EQ(budget.requests(), 1000);
  EXPECT_EQ(budget.creates(), 300);
}

}  // namespace
}  // namespace flowlog
