// Keeps a run under its requests a second.
#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>

#include "base/clock.h"

namespace flowlog {

// Thread-safe. Grants evenly spaced turns, a little wider than the rate asks, so that late wakes
// and the network's jitter put no more than `per_second` sends into any second at the server.
class Pacer {
 public:
  // 0: no limit, until a server throttles.
  Pacer(double per_second, Clock& clock);
  // Waits for the caller's turn. Returns false, and grants none, once `*cancelled` is true.
  bool wait(const std::atomic<bool>* cancelled = nullptr);
  // A server throttled: no turn before `until`, and half the rate from now on (not below 1 a
  // second), which recovers slowly with calls that are answered. Answers to requests that were on
  // their way together count once. Without a limit, half of what was granted in the last second.
  void slow_down(Instant until);
  void answered();
  // The rate now; 0 when there is no limit.
  double rate() const;
  // The lowest rate that throttling forced; 0 when there was none.
  double slowest() const;

 private:
  Duration interval() const;
  void count(Instant now);
  double measured(Instant now) const;

  Clock& clock_;
  mutable std::mutex mutex_;
  double ceiling_;  // what the rate recovers to; 0: none
  double rate_;
  double slowest_ = 0;
  Instant next_{};           // the earliest turn that is free
  Instant granted_{};        // the latest turn that was used
  Instant halved_until_{};   // no second halving before
  std::uint64_t epoch_ = 0;  // turns promised in an earlier one are void
  Instant window_{};         // what was granted since, and in the second before it
  long in_window_ = 0;
  long before_window_ = 0;
};

}  // namespace flowlog
