// Keeps a run under its requests a second.
#pragma once

#include <mutex>

#include "base/clock.h"

namespace flowlog {

// Thread-safe. Grants evenly spaced instants, so that no window of one second holds more than
// `per_second` sends.
class Pacer {
 public:
  // 0: no limit.
  Pacer(double per_second, Clock& clock);
  // Waits for the caller's turn.
  void wait();
  // A server throttled: no turn before `until`, and half the rate from now on (not below 1 a
  // second), which recovers slowly with calls that are answered.
  void slow_down(Instant until);
  void answered();
  // The rate now; 0 when there is no limit.
  double rate() const;
  // The lowest rate that throttling forced; 0 when there was none.
  double slowest() const;

 private:
  Clock& clock_;
  mutable std::mutex mutex_;
  double limit_;
  double rate_;
  double slowest_ = 0;
  Instant next_{};
};

}  // namespace flowlog
