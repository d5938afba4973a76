#include "client/pacer.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <thread>
#include <vector>

#include "client/pause.h"
#include "tests/support/fake_clock.h"

namespace flowlog {
namespace {

using namespace std::chrono_literals;
using test::FakeClock;

std::vector<Instant> turns(Pacer& pacer, FakeClock& clock, int count) {
  std::vector<Instant> list;
  for (int i = 0; i < count; ++i) {
    EXPECT_TRUE(pacer.wait());
    list.push_back(clock.now());
  }
  return list;
}

// The most that fall into any second, each having come up to `jitter` late or not at all.
long most_in_a_second(const std::vector<Instant>& list, Duration jitter) {
  long most = 0;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const Instant end = list[i] + jitter + 1s;
    const auto stop = std::lower_bound(list.begin(), list.end(), end);
    most = std::max(most, static_cast<long>(stop - list.begin()) - static_cast<long>(i));
  }
  return most;
}

TEST(Pacer, NeverWaitsWithoutALimit) {
  FakeClock clock;
  Pacer pacer(0, clock);
  turns(pacer, clock, 1000);
  EXPECT_EQ(clock.passed(), Duration{0});
  EXPECT_EQ(pacer.rate(), 0);
}

RC_GTEST_PROP(Pacer, PutsNoMoreThanTheRateIntoAnySecondEvenWhenSomeComeLate, ()) {
  const int rate = *rc::gen::inRange(1, 200);
  FakeClock clock;
  Pacer pacer(rate, clock);
  RC_ASSERT(most_in_a_second(turns(pacer, clock, 3 * rate + 1), 30ms) <= rate);
}

RC_GTEST_PROP(Pacer, UsesAtLeast95PercentOfTheRate, ()) {
  const int rate = *rc::gen::inRange(1, 1000);
  FakeClock clock;
  Pacer pacer(rate, clock);
  turns(pacer, clock, 10 * rate + 1);
  const double seconds = std::chrono::duration<double>(clock.passed()).count();
  RC_ASSERT(10 * rate / seconds >= 0.95 * rate);
}

TEST(Pacer, SavesNoTurnsUpWhileIdle) {
  FakeClock clock;
  Pacer pacer(10, clock);
  turns(pacer, clock, 1);
  clock.advance(60s);
  EXPECT_LE(most_in_a_second(turns(pacer, clock, 30), 0ms), 10);
}

TEST(Pacer, GrantsNoTurnBeforeTheServerAllowsOne) {
  FakeClock clock;
  Pacer pacer(100, clock);
  turns(pacer, clock, 5);
  const Instant until = clock.now() + 7s;
  pacer.slow_down(until);
  EXPECT_GE(turns(pacer, clock, 1)[0], until);
}

TEST(Pacer, HalvesTheRateOnceForAnswersThatComeTogether) {
  FakeClock clock;
  Pacer pacer(20, clock);
  for (int i = 0; i < 8; ++i) pacer.slow_down(clock.now() + 1s);
  EXPECT_DOUBLE_EQ(pacer.rate(), 10);
  clock.advance(2s);
  pacer.slow_down(clock.now());
  EXPECT_DOUBLE_EQ(pacer.rate(), 5);
  EXPECT_DOUBLE_EQ(pacer.slowest(), 5);
}

TEST(Pacer, KeepsTheSlowerRateInEverySecond) {
  FakeClock clock;
  Pacer pacer(20, clock);
  turns(pacer, clock, 20);
  pacer.slow_down(clock.now());
  EXPECT_LE(most_in_a_second(turns(pacer, clock, 40), 0ms), 10);
}

TEST(Pacer, DoesNotFallBelowOneASecond) {
  FakeClock clock;
  Pacer pacer(20, clock);
  for (int i = 0; i < 20; ++i) {
    clock.advance(5s);
    pacer.slow_down(clock.now());
  }
  EXPECT_DOUBLE_EQ(pacer.rate(), 1);
}

TEST(Pacer, NeverRaisesALimitBelowOneASecond) {
  FakeClock clock;
  Pacer pacer(0.5, clock);
  pacer.slow_down(clock.now());
  EXPECT_DOUBLE_EQ(pacer.rate(), 0.5);
}

TEST(Pacer, RecoversWithAnsweredCallsAndNotBeyondItsLimit) {
  FakeClock clock;
  Pacer pacer(20, clock);
  pacer.slow_down(clock.now());
  pacer.answered();
  EXPECT_GT(pacer.rate(), 10);
  EXPECT_LT(pacer.rate(), 11);
  for (int i = 0; i < 100; ++i) pacer.answered();
  EXPECT_DOUBLE_EQ(pacer.rate(), 20);
  EXPECT_DOUBLE_EQ(pacer.slowest(), 10);
}

TEST(Pacer, WithoutALimitSlowsDownToHalfOfWhatWasSent) {
  FakeClock clock;
  Pacer pacer(0, clock);
  for (int i = 0; i < 100; ++i) {
    pacer.wait();
    clock.advance(10ms);
  }
  pacer.slow_down(clock.now());
  EXPECT_NEAR(pacer.rate(), 50, 2);
  EXPECT_LE(most_in_a_second(turns(pacer, clock, 200), 0ms), 50);
}

TEST(Pacer, SpacesTheTurnsOfManyThreads) {
  FakeClock clock;
  Pacer pacer(1000, clock);
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      for (int n = 0; n < 500; ++n) pacer.wait();
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_GE(clock.passed(), 3999ms);
}

TEST(Pacer, GivesUpWhenCancelled) {
  FakeClock clock;
  Pacer pacer(1, clock);
  std::atomic<bool> cancelled{true};
  EXPECT_FALSE(pacer.wait(&cancelled));
}

TEST(Pause, EndsAtItsTime) {
  FakeClock clock;
  std::atomic<bool> cancelled{false};
  EXPECT_TRUE(pause(clock, clock.now() + 777ms, &cancelled));
  EXPECT_EQ(clock.passed(), 777ms);
}

TEST(Pause, EndsEarlyWhenCancelled) {
  class Cancelling final : public Clock {
   public:
    explicit Cancelling(std::atomic<bool>& cancelled) : cancelled_(cancelled) {}
    WallTime wall() override { return {}; }
    Instant now() override { return now_; }
    void sleep_until(Instant when) override {
      now_ = when;
      cancelled_ = true;
    }
    Instant now_{};

   private:
    std::atomic<bool>& cancelled_;
  };
  std::atomic<bool> cancelled{false};
  Cancelling clock(cancelled);
  EXPECT_FALSE(pause(clock, clock.now() + 1h, &cancelled));
  EXPECT_LE(clock.now_ - Instant{}, 50ms);
}

}  // namespace
}  // namespace flowlog
