// What a report tells of a check, in parts that every format lays out in its own way. All text that
// these return is printable.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/counted.h"
#include "reports/language.h"
#include "reports/report.h"

namespace flowlog {

// `errors/7: 400 InvalidName.Malformed: The specified name …`, a line for each row it cites.
std::vector<std::string> documented(const Report& report, const CheckResult& check, Language say);

// `HTTP 200 · RequestId 20211125…`, the id in full, or why there is no answer.
std::string answer_line(const Evidence& evidence, Language say);
// The same of the example; empty when there is none or nothing to add to what was observed.
std::string answer_line(const CheckResult& check, Language say);

// The one sentence that tells most of a check: what came back, or for a finding what that means.
const std::string& headline(const CheckResult& check);

// The parameters as they were sent, long values as `"a" × 129`; Action and Version are left out.
std::vector<std::pair<std::string, std::string>> request_lines(const Evidence& evidence);

// An answer's line without the ids that differ from one answer to the next of the same kind.
std::string without_ids(std::string_view line);

// `text` of a check without the ids that an endpoint makes up anew for each run: those that its
// exchanges show, and those of without_ids().
std::string stable(const CheckResult& check, std::string_view text);

// The exchanges that show the verdict, in order: the steps, or the example where there are none.
std::vector<const Evidence*> evidence_of(const CheckResult& check);

// The checks of one verdict, in the report's order.
std::vector<const CheckResult*> of(const Report& report, Verdict verdict);

// `fl-1 on vpc-2 (account default, name n): reason`.
std::string leftover_line(const Leftover& left, Language say);

// `380 conformant · 2 deviating`; verdicts that did not occur are left out.
std::string totals_line(const Report& report, Language say);

// `Deviating (3)`.
std::string heading(std::string_view what, std::size_t n, Language say);

// `4.2 s`, `3 min 20 s`.
std::string duration(double seconds);

}  // namespace flowlog
