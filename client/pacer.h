// Keeps a run under its requests a second, and finds the rate of a server that throttles.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <mutex>

#include "base/clock.h"

namespace flowlog {

// Thread-safe. Grants evenly spaced turns, a little wider than the rate asks, so that late wakes
// and the network's jitter put no more than `per_second` sends into any second at the server.
// A server that throttles cuts the rate, which then grows back with time and with answers: fast to
// what was sent when the server throttled, slowly around it, and ever faster beyond it (the curve
// of TCP CUBIC), so that a single refusal costs little and a limit is found again and again.
class Pacer {
 public:
  // 0: no limit, until a server throttles.
  Pacer(double per_second, Clock& clock);
  // Waits for the caller's turn. Returns false, and grants none, once `*cancelled` is true.
  bool wait(const std::atomic<bool>* cancelled = nullptr);
  // A server throttled a request that was sent at `sent`: no turn before `until`, and a lower rate
  // from then on. A request sent before the last cut says nothing new about the rate.
  void slow_down(Instant sent, Instant until);
  // A server answered otherwise.
  void answered();
  // The rate now; 0 when there is no limit.
  double rate() const;
  // The lowest rate that throttling forced; 0 when there was none.
  double slowest() const;

 private:
  // The most sends in a second, of the last few seconds; where less was seen, in proportion.
  class Gauge {
   public:
    void count(Instant now);
    double peak(Instant now) const;  // at least 1

   private:
    Instant first_{};
    Instant second_{};              // when the one begins that is counted
    std::array<long, 5> counts_{};  // it, and those before it
  };

  double rate_at(Instant now) const;
  Duration interval(Instant now) const;
  void cut(Instant now);

  Clock& clock_;
  mutable std::mutex mutex_;
  const double limit_;     // 0: none
  double before_cut_ = 0;  // the rate when the server throttled; 0: it never did
  Instant cut_{};          // when the rate was cut, or may grow again from
  Duration recovery_{};    // how long it takes to grow back
  bool asked_ = false;     // the server said how long to wait
  long answered_ = 0;      // since the cut
  long throttled_ = 0;     // since the cut
  double slowest_ = 0;
  Instant next_{};           // the earliest turn that is free
  Instant granted_{};        // the latest turn that was used
  std::uint64_t epoch_ = 0;  // turns promised in an earlier one are void
  Gauge sent_;
};

}  // namespace flowlog
