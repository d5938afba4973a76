// What a run comes to. The values are the program's exit statuses.
#pragma once

#include <string>

#include "reports/language.h"
#include "reports/report.h"

namespace flowlog {

enum class ExitStatus {
  conformant = 0,   // findings and skips allowed
  deviating = 1,    // also: a finding when strict, a stale entry of the known-deviations file
  no_verdict = 3,   // trouble, nothing or less than required judged, or anything inconclusive and
                    // nothing deviating
  left_behind = 4,  // something could not be deleted
  interrupted = 130,
};

// The gravest that applies: interrupted, trouble, left_behind, deviating, inconclusive.
ExitStatus exit_status(const Report& report);

// `DEVIATING: 2 of 412 checks deviate from CreateFlowLog 2020-04-01`, one printable line.
std::string verdict_line(const Report& report, Language say = {});

// How many checks have a verdict: neither skipped nor inconclusive.
std::size_t judged(const Report& report);

// What Report::require may be ("90%", "500"), where `text` is nothing of the kind; else "".
std::string fault_of_requirement(std::string_view text);

// True iff the check counts against the run: deviating, and a finding when strict.
bool fails(const Report& report, const CheckResult& check);

}  // namespace flowlog
