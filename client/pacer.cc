#include "client/pacer.h"

#include <algorithm>

#include "client/pause.h"

namespace flowlog {
namespace {

// Of the rate: leaves room for 36 ms of jitter and uses more than 95 %.
constexpr double use = 0.965;
// What a cut leaves of the rate.
constexpr double kLeft = 0.7;
// How long it takes to grow back at least; where the server asks for a pause, several of them.
constexpr auto kRecovery = std::chrono::seconds(2);
constexpr auto kLongestRecovery = std::chrono::seconds(8);
constexpr int kPauses = 4;
// So many answers are as good as that time, where the server asks for no pause.
constexpr double kAnswers = 30;
// A server that accepts less than this share is far below the rate.
constexpr double kFar = 0.8;
constexpr double kLowest = 1;  // a second
constexpr auto second = std::chrono::seconds(1);
// Less time than this tells no rate.
constexpr auto kShortest = std::chrono::milliseconds(50);

double seconds(Duration span) {
  return std::chrono::duration<double>(span).count();
}

}  // namespace

void Pacer::Gauge::count(Instant now) {
  if (first_ == Instant{}) first_ = second_ = now;
  if (now >= second_ + counts_.size() * second) {
    counts_ = {};
    second_ = now;
  }
  for (; now >= second_ + second; second_ += second) {
    std::shift_right(counts_.begin(), counts_.end(), 1);
    counts_.front() = 0;
  }
  ++counts_.front();
}

double Pacer::Gauge::peak(Instant now) const {
  if (first_ == Instant{}) return 1;
  const Duration seen = std::clamp<Duration>(now - first_, kShortest, second);
  return std::max(static_cast<double>(*std::ranges::max_element(counts_)) / seconds(seen), 1.0);
}

Pacer::Pacer(double per_second, Clock& clock)
    : clock_(clock), limit_(per_second), next_(clock.now()) {}

bool Pacer::wait(const std::atomic<bool>* cancelled) {
  for (;;) {
    Instant turn;
    std::uint64_t epoch = 0;
    {
      const std::lock_guard lock(mutex_);
      turn = std::max(next_, clock_.now());
      if (rate_at(turn) > 0) next_ = turn + interval(turn);
      epoch = epoch_;
    }
    if (!pause(clock_, turn, cancelled)) return false;
    const std::lock_guard lock(mutex_);
    if (epoch != epoch_) continue;
    granted_ = std::max(granted_, turn);
    sent_.count(turn);
    return true;
  }
}

void Pacer::slow_down(Instant sent, Instant until) {
  const std::lock_guard lock(mutex_);
  const Instant now = clock_.now();
  ++throttled_;
  if (before_cut_ == 0 || sent >= cut_) cut(now);
  cut_ = std::max(cut_, until);
  asked_ = until > now;
  recovery_ = std::clamp<Duration>(kPauses * (until - now), kRecovery, kLongestRecovery);
  ++epoch_;
  const Instant spaced = granted_ == Instant{} ? now : granted_ + interval(now);
  next_ = std::max({now, until, spaced});
}

// From what was sent of late, not from a rate that nobody used.
void Pacer::cut(Instant now) {
  double before = sent_.peak(now);
  if (const double rate = rate_at(now); rate > 0) before = std::min(2 * before, rate);
  const double accepted =
      static_cast<double>(answered_) / static_cast<double>(answered_ + throttled_);
  if (accepted < kFar) before *= std::max(accepted, 0.5);
  const double lowest = limit_ > 0 ? std::min(kLowest, limit_) : kLowest;
  before_cut_ = std::max(before, lowest / kLeft);
  cut_ = now;
  answered_ = throttled_ = 0;
  const double rate = rate_at(now);
  slowest_ = slowest_ > 0 ? std::min(slowest_, rate) : rate;
}

void Pacer::answered() {
  const std::lock_guard lock(mutex_);
  ++answered_;
}

double Pacer::rate() const {
  const std::lock_guard lock(mutex_);
  return rate_at(clock_.now());
}

double Pacer::slowest() const {
  const std::lock_guard lock(mutex_);
  return slowest_;
}

// REQUIRES: mutex_ is held
double Pacer::rate_at(Instant now) const {
  if (before_cut_ == 0) return limit_;
  double grown = recovery_ > Duration{0} ? seconds(now - cut_) / seconds(recovery_) : 0;
  if (!asked_) grown = std::max(grown, static_cast<double>(answered_) / kAnswers);
  const double t = std::max(grown, 0.0) - 1;
  const double rate = before_cut_ * (1 + (1 - kLeft) * t * t * t);
  return limit_ > 0 ? std::min(rate, limit_) : rate;
}

// REQUIRES: the rate is above 0
Duration Pacer::interval(Instant now) const {
  const std::chrono::duration<double> wide(1 / (rate_at(now) * use));
  return std::chrono::duration_cast<Duration>(wide);
}

}  // namespace flowlog
