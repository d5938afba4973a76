// What a run says on the console, before and after (progress.h: meanwhile). Nothing that a server
// sent can reach the terminal as an escape sequence or a CI system as a command.
#pragma once

#include <string>
#include <vector>

#include "reports/report.h"
#include "reports/style.h"

namespace flowlog {

// What a run is about to do.
struct Intent {
  std::string program_version;
  std::string endpoint;
  bool embedded = false;
  std::string contract;
  std::string profile;
  std::string region;
  std::string seed;
  std::string shard;      // "2/4"
  std::string selection;  // of --only, as given
  int checks = 0;
  int rows = 0;           // of documentation that these look at
  long requests = 0;      // expected
  long creations = 0;     // expected
  long max_requests = 0;  // limits; 0: none
  long max_creates = 0;
  int concurrency = 1;
  double requests_per_second = 0;
  bool may_create = false;
  bool strict = false;
  std::string known;                  // the known-deviations file
  std::vector<std::string> warnings;  // one sentence each
};
std::string opening(const Intent& intent, const Style& style);

// Everything from the first deviation to the verdict, which is the last line and holds the exit
// status. `folder`: where the reports are, empty when none were written.
std::string closing(const Report& report, const Style& style, int exit_status,
                    const std::string& folder);

}  // namespace flowlog
