// Checks that show the same thing, told once: 126 checks that deviate because one member of the
// answer is missing have one cause.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "reports/gather.h"
#include "reports/report.h"

namespace flowlog {

struct Cause {
  std::string text;                        // one printable line, without ids of a single answer
  std::vector<const CheckResult*> checks;  // in the plan's order; the report's own
};

// By cause, the cause with most checks first; among equals, the order of `checks`.
std::vector<Cause> causes(const std::vector<const CheckResult*>& checks);

// The checks that fail the run, by cause; beneath it those of one verdict. REQUIRES: the report
// outlives what is returned.
std::vector<Cause> failures(const Report& report);
std::vector<Cause> causes(const Report& report, Verdict verdict);

// The cause with its checks' ids as gather.h names them, and those of all checks of a verdict.
Gathered gathered(const Cause& cause);
std::vector<Gathered> gathered(const Report& report, Verdict verdict);

// What makes a check stand with another: its gist; of a deviation what it means, and the code
// that came.
std::string cause_of(const CheckResult& check);

}  // namespace flowlog
