// Where a run stands while it runs: one line drawn over again on a terminal, else a line at every
// tenth of the checks; the first deviations of each cause are named as they come, the rest counted
// at the end. Thread-safe.
#pragma once

#include <cstdio>
#include <functional>
#include <map>
#include <mutex>
#include <string>

#include "base/clock.h"
#include "reports/report.h"
#include "reports/style.h"

namespace flowlog {

class Progress {
 public:
  using Out = std::function<void(const std::string&)>;
  // Writes through `out`, one call at a time; `total` checks are to come. `each`: a line for every
  // check instead.
  Progress(Out out, Style style, std::size_t total, Clock& clock, bool each = false);
  // Writes to `out`, which outlives it.
  Progress(std::FILE* out, Style style, std::size_t total, Clock& clock);
  ~Progress();  // as finish()
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void ended(const CheckResult& check);
  // Wipes the line; nothing is written afterwards.
  void finish();

 private:
  std::string status() const;
  std::string line_of(const CheckResult& check) const;
  void name_deviation(const CheckResult& check);
  void draw(const std::string& last);
  void write(const std::string& text) { out_(text); }

  const Out out_;
  const Style style_;
  const std::size_t total_;
  Clock& clock_;
  const Instant began_;
  const bool each_;

  std::mutex mutex_;  // guards what follows
  Instant drawn_;
  Instant told_;  // the last line of what is done
  std::size_t done_ = 0;
  std::size_t tenth_ = 0;
  Report seen_;                      // verdicts only
  std::map<std::string, int> said_;  // how often each cause was
  std::size_t named_ = 0;            // deviations that have a line
  std::size_t unnamed_ = 0;
  bool finished_ = false;
};

}  // namespace flowlog
