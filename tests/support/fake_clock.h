// Time that passes only when somebody sleeps.
#pragma once

#include <algorithm>
#include <mutex>
#include <vector>

#include "base/clock.h"

namespace flowlog::test {

// Thread-safe. Starts at 2026-01-02T03:04:05Z; sleeping moves the time on at once.
class FakeClock final : public Clock {
 public:
  WallTime wall() override {
    const std::lock_guard lock(mutex_);
    return wall_start() + std::chrono::duration_cast<WallTime::duration>(now_ - start_);
  }
  Instant now() override {
    const std::lock_guard lock(mutex_);
    return now_;
  }
  void sleep_until(Instant when) override {
    const std::lock_guard lock(mutex_);
    now_ = std::max(now_, when);
  }
  void advance(Duration span) { sleep_until(now() + span); }
  // Since construction.
  Duration passed() {
    const std::lock_guard lock(mutex_);
    return now_ - start_;
  }

 private:
  static WallTime wall_start() {
    using namespace std::chrono_literals;
    return std::chrono::sys_days(2026y / 1 / 2) + 3h + 4min + 5s;
  }

  std::mutex mutex_;
  const Instant start_{std::chrono::hours(1)};
  Instant now_ = start_;
};

}  // namespace flowlog::test
