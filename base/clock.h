// Time as a seam: what reads or waits for time takes a Clock.
#pragma once

#include <chrono>
#include <string>

namespace flowlog {

using WallTime = std::chrono::system_clock::time_point;
using Instant = std::chrono::steady_clock::time_point;
using Duration = std::chrono::steady_clock::duration;

// Thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual WallTime wall() = 0;
  virtual Instant now() = 0;
  virtual void sleep_until(Instant when) = 0;
  void sleep(Duration span) { sleep_until(now() + span); }
};

// The machine's clock; lives for the whole program.
Clock& system_clock();

// The time as a WallTime, which counts nanoseconds and ends in 2262. Before 1970 and after 2200 it
// is the nearest of these two, so that sums and differences of any two times are defined.
WallTime wall_time(std::chrono::sys_time<std::chrono::milliseconds> time);

// UTC, independent of locale and TZ: "20260102T030405Z" and "2026-01-02T03:04:05Z".
std::string basic_time(WallTime time);
std::string iso_time(WallTime time);

}  // namespace flowlog
