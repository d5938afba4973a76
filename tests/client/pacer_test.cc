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
  pacer.slow_down(clock.now(), until);
  EXPECT_GE(turns(pacer, clock, 1)[0], until);
}

TEST(Pacer, CutsTheRateOnceForRequestsThatWereOnTheirWayTogether) {
  FakeClock clock;
  Pacer pacer(20, clock);
  turns(pacer, clock, 40);
  const Instant sent = clock.now();
  clock.advance(100ms);
  for (int i = 0; i < 8; ++i) pacer.slow_down(sent, clock.now());
  const double cut = pacer.rate();
  EXPECT_LT(cut, 14.1);
  EXPECT_GT(cut, 6.9);
  pacer.slow_down(sent, clock.now());
  EXPECT_DOUBLE_EQ(pacer.rate(), cut);
  pacer.slow_down(clock.now(), clock.now());
  EXPECT_LT(pacer.rate(), cut);
  EXPECT_DOUBLE_EQ(pacer.slowest(), pacer.rate());
}

TEST(Pacer, KeepsTheSlowerRateInTheNextSecond) {
  FakeClock clock;
  Pacer pacer(20, clock);
  turns(pacer, clock, 40);
  pacer.slow_down(clock.now(), clock.now());
  EXPECT_LE(most_in_a_second(turns(pacer, clock, 16), 0ms), 17);
}

TEST(Pacer, DoesNotFallBelowOneASecond) {
  FakeClock clock;
  Pacer pacer(20, clock);
  for (int i = 0; i < 20; ++i) {
    clock.advance(1ms);
    pacer.slow_down(clock.now(), clock.now());
  }
  EXPECT_DOUBLE_EQ(pacer.rate(), 1);
}

TEST(Pacer, NeverRaisesALimitBelowOneASecond) {
  FakeClock clock;
  Pacer pacer(0.5, clock);
  pacer.slow_down(clock.now(), clock.now());
  EXPECT_DOUBLE_EQ(pacer.rate(), 0.5);
}

TEST(Pacer, GrowsBackAndNotBeyondItsLimit) {
  FakeClock clock;
  Pacer pacer(20, clock);
  turns(pacer, clock, 40);
  pacer.slow_down(clock.now(), clock.now());
  const double cut = pacer.rate();
  clock.advance(1s);
  EXPECT_GT(pacer.rate(), cut + 1);
  clock.advance(1h);
  EXPECT_DOUBLE_EQ(pacer.rate(), 20);
}

TEST(Pacer, WithoutALimitSlowsDownBelowWhatWasSent) {
  FakeClock clock;
  Pacer pacer(0, clock);
  for (int i = 0; i < 100; ++i) {
    pacer.wait();
    clock.advance(10ms);
    pacer.answered();
  }
  pacer.slow_down(clock.now(), clock.now());
  EXPECT_NEAR(pacer.rate(), 70, 5);
}

// The first answer of all may be a refusal: nothing is known of the rate then.
TEST(Pacer, OneRefusalDoesNotRuinThePace) {
  FakeClock clock;
  Pacer pacer(0, clock);
  for (int i = 0; i < 8; ++i) pacer.wait();
  pacer.slow_down(clock.now(), clock.now());
  EXPECT_GT(pacer.rate(), 30);
  for (int i = 0; i < 2000; ++i) {
    pacer.wait();
    pacer.answered();
  }
  EXPECT_LT(clock.passed(), 10s);
}

// Admits so many a second, saving up to `burst` of them.
class Bucket {
 public:
  Bucket(double per_second, double burst) : rate_(per_second), burst_(burst), tokens_(burst) {}
  bool admits(Instant now) {
    tokens_ =
        std::min(burst_, tokens_ + rate_ * std::chrono::duration<double>(now - last_).count());
    last_ = now;
    if (tokens_ < 1) return false;
    tokens_ -= 1;
    return true;
  }

 private:
  const double rate_;
  const double burst_;
  double tokens_;
  Instant last_{};
};

// The share of the bucket's rate that calls get through which are sent again until admitted.
double share_used(Pacer& pacer, FakeClock& clock, double rate, double burst, int calls) {
  Bucket bucket(rate, burst);
  for (int admitted = 0; admitted < calls;) {
    pacer.wait();
    clock.advance(1ms);  // a request takes time where nothing paces
    if (bucket.admits(clock.now())) {
      ++admitted;
      pacer.answered();
    } else {
      pacer.slow_down(clock.now() - 1ms, clock.now());
    }
  }
  return (calls - burst) / rate / std::chrono::duration<double>(clock.passed()).count();
}

TEST(Pacer, FindsTheRateOfAServerThatThrottles) {
  const std::vector<std::pair<double, double>> buckets{
      {5, 20}, {20, 1}, {20, 20}, {50, 1}, {50, 20}};
  for (const auto& [rate, burst] : buckets) {
    FakeClock clock;
    Pacer pacer(0, clock);
    EXPECT_GT(share_used(pacer, clock, rate, burst, static_cast<int>(60 * rate)), 1 / 1.3)
        << rate << " a second, " << burst << " at once";
  }
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
