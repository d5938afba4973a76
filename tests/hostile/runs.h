// Whole runs in this process against a server of the test's, without waiting for anything but the
// network.
#pragma once

#include <chrono>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "engine/run.h"
#include "reports/report.h"

namespace flowlog::test {

// Who waits goes on at once, and later for everybody.
class HastyClock final : public Clock {
 public:
  WallTime wall() override { return system_clock().wall(); }
  Instant now() override { return system_clock().now() + Duration(skipped_.load()); }
  void sleep_until(Instant when) override {
    const Duration left = when - now();
    if (left > Duration{0}) skipped_ += left.count();
  }

 private:
  std::atomic<Duration::rep> skipped_{0};
};

// How long a request may take.
struct Patience {
  Duration creates = std::chrono::seconds(20);
  Duration others = std::chrono::seconds(20);
};

// A run of the checks against `profile`.
RunOptions hasty_run(const nlohmann::json& profile, std::vector<std::string> checks,
                     const TransportOptions& transport = {}, Patience patience = {});
// From beginning to end.
Report report_of(RunOptions options);

// The texts of every report: JUnit, JSON, HTML, Markdown and HAR. Fails the test when one is not
// well-formed.
std::vector<std::string> whole_reports(const Report& report);

}  // namespace flowlog::test
