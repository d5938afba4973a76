#include "base/clock.h"

#include <gtest/gtest.h>

namespace flowlog {
namespace {

TEST(Clock, WritesUtcBothWays) {
  const WallTime time = std::chrono::system_clock::from_time_t(1767323045);  // 2026-01-02 03:04:05
  EXPECT_EQ(basic_time(time), "20260102T030405Z");
  EXPECT_EQ(iso_time(time), "2026-01-02T03:04:05Z");
}

TEST(Clock, RoundsTowardsThePast) {
  const WallTime time = std::chrono::system_clock::from_time_t(0) - std::chrono::milliseconds(1);
  EXPECT_EQ(iso_time(time), "1969-12-31T23:59:59Z");
}

TEST(Clock, HoldsTheNearestTimeOfWhatItCannotCount) {
  using std::chrono::milliseconds;
  using std::chrono::sys_time;
  const auto at = [](std::int64_t seconds) {
    return wall_time(sys_time<milliseconds>(milliseconds(seconds * 1000)));
  };
  EXPECT_EQ(iso_time(at(1767323045)), "2026-01-02T03:04:05Z");
  EXPECT_EQ(iso_time(at(253402300799)), "2200-01-01T00:00:00Z");  // the last second of 9999
  EXPECT_EQ(iso_time(at(-62135596800)), "1970-01-01T00:00:00Z");  // the first of year 1
}

}  // namespace
}  // namespace flowlog
