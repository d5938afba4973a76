// From what was noted to the result of a check.
#pragma once

#include <string>

#include "engine/check_context.h"
#include "reports/report.h"

namespace flowlog {

// What came of a check, or of a part of its cases.
struct Noted {
  AssessmentLog log;
  int requests = 0;
  int created = 0;
  int lost = 0;                         // answers
  bool no_lease = false;                // nothing was sent, for want of a resource
  bool burnt = false;                   // what it made there could not be removed
  std::vector<FlowLog> strangers = {};  // on its resources, made by others
  // What came of cases after these.
  void append(Noted later);
};
Noted noted_by(const CheckContext& context);

// A result with everything but its verdict: id, title, rows, standing.
CheckResult result_of(const Check& check);

// The worst note tells; further findings become remarks. An outcome without notes is inconclusive.
// `symptom` gets how it deviates, or "".
CheckResult result_of(const Check& check, const Noted& outcome, std::string& symptom);
CheckResult result_of(const CheckContext& context, std::string& symptom);

}  // namespace flowlog
