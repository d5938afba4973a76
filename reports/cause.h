// Checks that show the same thing, told once: 126 checks that deviate because one member of the
// answer is missing have one cause.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "reports/grouping.h"
#include "reports/report.h"

namespace flowlog {

// What kind of thing a finding is, the one that matters most first.
enum class Weight {
  client,         // a request as an official client writes it is refused
  difference,     // other than documented, where no row forbids it
  contradiction,  // two sentences of the documentation say otherwise, and the endpoint follows one
  silence,        // the documentation does not say
  aside           // nor does it of what hardly anyone sends, or a client's request is taken
};

struct Cause {
  std::string text;                        // one printable line, without ids of a single answer
  std::vector<const CheckResult*> checks;  // in the plan's order; the report's own
  Weight weight = Weight::difference;
};

// Of a finding, by its answer and the rows that it cites; of any other verdict it is a difference.
Weight weight_of(const CheckResult& check);

// By cause, findings by weight, then the cause with most checks first; among equals, the order of
// `checks`.
std::vector<Cause> causes(const std::vector<const CheckResult*>& checks);

// The checks that fail the run, by cause; beneath it those of one verdict. REQUIRES: the report
// outlives what is returned.
std::vector<Cause> failures(const Report& report);
std::vector<Cause> causes(const Report& report, Verdict verdict);

// The cause with its checks' ids as grouping.h names them, and those of all checks of a verdict.
CheckGroup group_of(const Cause& cause);
std::vector<CheckGroup> groups_of(const Report& report, Verdict verdict);

// What makes a check stand with another: its headline; of a deviation what it means, and the code
// that came.
std::string cause_of(const CheckResult& check);

}  // namespace flowlog
