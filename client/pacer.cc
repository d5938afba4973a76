#include "client/pacer.h"

#include <algorithm>

#include "client/pause.h"

namespace flowlog {
namespace {

// Of the rate: leaves room for 36 ms of jitter and uses more than 95 %.
constexpr double use = 0.965;
// Of the ceiling, regained with each answered call.
constexpr double recovery = 1.0 / 50;
constexpr auto second = std::chrono::seconds(1);

}  // namespace

Pacer::Pacer(double per_second, Clock& clock)
    : clock_(clock), ceiling_(per_second), rate_(per_second), next_(clock.now()), window_(next_) {}

bool Pacer::wait(const std::atomic<bool>* cancelled) {
  for (;;) {
    Instant turn;
    std::uint64_t epoch = 0;
    {
      const std::lock_guard lock(mutex_);
      turn = std::max(next_, clock_.now());
      if (rate_ > 0) next_ = turn + interval();
      epoch = epoch_;
    }
    if (!pause(clock_, turn, cancelled)) return false;
    const std::lock_guard lock(mutex_);
    if (epoch != epoch_) continue;
    granted_ = std::max(granted_, turn);
    count(turn);
    return true;
  }
}

void Pacer::slow_down(Instant until) {
  const std::lock_guard lock(mutex_);
  const Instant now = clock_.now();
  if (now >= halved_until_) {
    if (ceiling_ <= 0) rate_ = ceiling_ = measured(now);
    rate_ = std::max(rate_ / 2, std::min(1.0, ceiling_));
    slowest_ = slowest_ > 0 ? std::min(slowest_, rate_) : rate_;
    halved_until_ = now + second;
  }
  halved_until_ = std::max(halved_until_, until);
  ++epoch_;
  const Instant spaced = granted_ == Instant{} ? now : granted_ + interval();
  next_ = std::max({now, until, spaced});
}

void Pacer::answered() {
  const std::lock_guard lock(mutex_);
  rate_ = std::min(ceiling_, rate_ + ceiling_ * recovery);
}

double Pacer::rate() const {
  const std::lock_guard lock(mutex_);
  return rate_;
}

double Pacer::slowest() const {
  const std::lock_guard lock(mutex_);
  return slowest_;
}

// REQUIRES: rate_ > 0
Duration Pacer::interval() const {
  return std::chrono::duration_cast<Duration>(std::chrono::duration<double>(1 / (rate_ * use)));
}

void Pacer::count(Instant now) {
  if (now >= window_ + second) {
    before_window_ = now >= window_ + 2 * second ? 0 : in_window_;
    in_window_ = 0;
    window_ = now;
  }
  ++in_window_;
}

double Pacer::measured(Instant now) const {
  const long recent = now >= window_ + 2 * second ? 0 : in_window_;
  return static_cast<double>(std::max({recent, before_window_, 1L}));
}

}  // namespace flowlog
