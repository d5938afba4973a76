#include "base/clock.h"

#include <fmt/format.h>

#include <algorithm>
#include <ctime>
#include <thread>

namespace flowlog {
namespace {

class SystemClock final : public Clock {
 public:
  WallTime wall() override { return std::chrono::system_clock::now(); }
  Instant now() override { return std::chrono::steady_clock::now(); }
  void sleep_until(Instant when) override { std::this_thread::sleep_until(when); }
};

std::tm utc(WallTime time) {
  const std::time_t seconds =
      std::chrono::system_clock::to_time_t(std::chrono::floor<std::chrono::seconds>(time));
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  return parts;
}

}  // namespace

Clock& system_clock() {
  static SystemClock clock;
  return clock;
}

WallTime wall_time(std::chrono::sys_time<std::chrono::milliseconds> time) {
  using Milliseconds = std::chrono::sys_time<std::chrono::milliseconds>;
  using std::chrono::January;
  constexpr Milliseconds kFirst = std::chrono::sys_days(std::chrono::year(1970) / January / 1);
  constexpr Milliseconds kLast = std::chrono::sys_days(std::chrono::year(2200) / January / 1);
  return std::clamp(time, kFirst, kLast);
}

std::string basic_time(WallTime time) {
  const std::tm t = utc(time);
  return fmt::format("{:04}{:02}{:02}T{:02}{:02}{:02}Z", t.tm_year + 1900, t.tm_mon + 1, t.tm_mday,
                     t.tm_hour, t.tm_min, t.tm_sec);
}

std::string iso_time(WallTime time) {
  const std::tm t = utc(time);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", t.tm_year + 1900, t.tm_mon + 1,
                     t.tm_mday, t.tm_hour, t.tm_min, t.tm_sec);
}

}  // namespace flowlog
