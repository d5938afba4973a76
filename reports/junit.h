// A report as JUnit XML, for Jenkins, GitLab, GitHub's and Azure's readers.
//
// A test case a check: `name` is the check's id, `classname` is "flowlog." and the id without its
// class of input. Deviating is a failure, inconclusive an error, skipped is skipped with its
// reason. A message says title and meaning, the same from run to run: the ids of answers stand in
// the text alone. A finding is a pass (a failure when the run is strict) with a property
// `finding.<id>` and its text in system-out. A suite a theme, with properties seed, endpoint,
// contract, rows; system-err names what was left behind. What concerns the run as a whole (trouble,
// cut short, leftovers, stale known deviations) makes a suite `flowlog.run` of its own, so that
// such a file is never green. Well-formed XML 1.0 whatever a server sent; at most 8 kB of text a
// case, the whole evidence is in report.json and exchanges.har.
#pragma once

#include <string>

#include "reports/language.h"
#include "reports/report.h"

namespace flowlog {

std::string junit(const Report& report, Language say = {});

}  // namespace flowlog
