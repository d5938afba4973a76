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

}  // namespace
}  // namespace flowlog
