// What a run did when, as a file in the Chrome trace format: a browser's viewer (chrome://tracing,
// ui.perfetto.dev) shows it as lanes of spans. Whoever records does so through the trace that the
// process has switched on, if any; without one a span costs one load.
#pragma once

#include <cstdio>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.h"

namespace flowlog {

// Thread-safe. Events are written as they end, so that a run that was killed leaves what a viewer
// still reads; the destructor makes it a whole JSON document.
class Trace {
 public:
  using Details = std::vector<std::pair<std::string, std::string>>;

  // Throws InputError when the file cannot be written. On until destroyed; at most one at a time.
  Trace(const std::string& path, Clock& clock);
  ~Trace();
  Trace(const Trace&) = delete;
  Trace& operator=(const Trace&) = delete;

  // The one that is on, or nullptr.
  static Trace* on();

  Instant now() { return clock_.now(); }
  // Why not all that was recorded so far is in the file, one sentence; empty where it is.
  std::string failure();
  // A span of the calling thread, or of the lane of this name.
  void add(std::string_view category, std::string_view name, Instant begin, Instant end,
           const Details& details, const std::string& lane = "");
  // Names the lane of the calling thread.
  void name_thread(const std::string& name);

 private:
  int lane_of(const std::string& name);
  int thread();
  void name_lane(int lane, const std::string& name);
  void write(const std::string& event);
  void note(bool written);

  const std::string path_;
  Clock& clock_;
  const Instant start_;
  std::mutex mutex_;
  std::FILE* file_;
  bool empty_ = true;
  int error_ = 0;  // of the first write that failed
  std::map<std::string, int> lanes_;
};

// From its construction to its end, on the trace that was on at its construction.
class Span {
 public:
  Span(std::string_view category, std::string_view name);
  ~Span();
  Span(const Span&) = delete;
  Span& operator=(const Span&) = delete;
  void tell(std::string_view key, std::string_view value);
  void tell(std::string_view key, long value);

 private:
  Trace* const trace_;
  std::string category_;
  std::string name_;
  Instant begin_{};
  Trace::Details details_;
};

}  // namespace flowlog
