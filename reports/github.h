// What GitHub Actions takes beside files: annotations and the job's summary.
#pragma once

#include <cstdio>
#include <string>

#include "reports/language.h"
#include "reports/report.h"

namespace flowlog {

// True iff the environment says that this runs in GitHub Actions.
bool in_github_actions();

// Lines of `::error …` for what fails the run, `::warning …` for what is inconclusive, one for each
// cause; at most ten of each (a step's limit), the tenth counting the rest. To be written to
// standard output as they are.
std::string annotations(const Report& report, Language say = {});

// Both, as the environment asks for them: the job's summary, and annotations to `out`. Returns why
// the summary could not be written, or nothing. `told`: in the language of the reports.
std::string tell_github(const Report& told, Language say, std::FILE* out);

// Appends to the file that GITHUB_STEP_SUMMARY names. Returns why that failed, or nothing; nothing
// also when the variable is not set.
std::string append_step_summary(const std::string& markdown);

}  // namespace flowlog
