// Deviations that a team knows of and has decided to live with for a while.
//
//   {"known": [{"check": "param.FlowLogName.length/over-max", "reason": "fix is on its way",
//               "ticket": "VPC-1234", "expires": "2026-03-31"}]}
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "reports/report.h"

namespace flowlog {

struct KnownEntry {
  std::string check;  // an id, letter for letter
  std::string reason;
  std::string ticket;
  std::string expires;  // 2026-03-31, the last day it counts
};

struct Known {
  std::string file;
  std::vector<KnownEntry> entries;

  const KnownEntry* entry(std::string_view check) const;  // nullptr: not listed
};

// Throws InputError: malformed, an unknown or empty member, a pattern instead of an id, no such
// day, a check listed twice.
Known parse_known(std::string_view text, const std::string& file);
Known load_known(const std::string& path);

// Throws InputError when an entry names none of `ids`, with the nearest.
void require_known_ids(const Known& known, const std::vector<std::string>& ids);

// Deviating checks that are listed and not expired become known (findings too when the run is
// strict). Fills report.stale: entries that have expired, and entries whose check was conformant.
// Rows are tallied again. `today` is 2026-01-02.
void apply(const Known& known, const std::string& today, Report& report);

// An entry for each check that fails the run or is known, as a file to start from.
std::string known_file(const Report& report, const std::string& expires, const std::string& ticket);

}  // namespace flowlog
