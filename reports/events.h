// A run as it goes, one JSON object a line: a header with what is known at the start, a line for
// each check as it ends, a footer. From such a file, cut anywhere, every report can be made again.
#pragma once

#include <chrono>
#include <mutex>
#include <string>
#include <string_view>

#include "reports/report.h"

namespace flowlog {

// Thread-safe. Every line is handed to the system before the call returns, so that it outlives the
// process.
class EventWriter {
 public:
  // Begins the file anew, with the header: the run as it stands in `report`, its rows included.
  EventWriter(const std::string& path, const Report& report);
  ~EventWriter();
  EventWriter(const EventWriter&) = delete;
  EventWriter& operator=(const EventWriter&) = delete;

  // A later line for the same check replaces the earlier one.
  void check(const CheckResult& check);
  // The footer; nothing is written afterwards.
  void end(const Report& report);

  // Why not everything was written, one sentence, or nothing.
  std::string failure() const;

 private:
  void line(const std::string& text);

  const std::string path_;
  const std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
  mutable std::mutex mutex_;  // guards what follows
  int fd_ = -1;
  std::string failure_;
};

// The run as far as the file tells it: without a footer it is not complete, and a notice says what
// may stand. A last line that is cut
// is passed over; checks stand in the plan's order. Throws InputError when there is no header, or a
// line is malformed that is not the last.
Report read_events(std::string_view text, const std::string& file);

// A report.json or an events.ndjson; of standard input where `path` is "-". Throws InputError.
Report load_report(const std::string& path);

}  // namespace flowlog
