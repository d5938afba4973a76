// What turned between two runs: yesterday and today, staging and production.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "reports/report.h"
#include "reports/style.h"

namespace flowlog {

enum class Turn {
  worse,   // further from what is documented, or no longer to be judged (inconclusive)
  better,  // nearer to it
  // What one of them did not run is neither.
  fresh,     // only in the later run
  gone,      // only in the earlier run
  unjudged,  // skipped now, judged before
  judged,    // judged now, skipped before
};

struct Change {
  std::string id;
  Text title;
  std::optional<Verdict> before;
  std::optional<Verdict> after;
  std::string observed;  // in the later run
  Turn turn = Turn::worse;
};

struct Diff {
  std::vector<std::string> differs;  // endpoint, contract, seed, …: one line each
  std::vector<Change> rows;
  std::vector<Change> checks;

  bool worse() const;  // the program then exits 1
};

Diff diff(const Report& before, const Report& after);

// Ends in one line that sums up.
std::string text(const Diff& diff, const Style& style);

}  // namespace flowlog
