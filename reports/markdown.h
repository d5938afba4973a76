// A report as summary.md, for a pull request or a job's summary page (GitHub's flavour).
#pragma once

#include <string>

#include "reports/language.h"
#include "reports/report.h"

namespace flowlog {

// Under 60 kB whatever the report holds (a comment takes 65,536 characters): what does not fit is
// named by id. What a server sent can become neither markup, nor a link, nor a mention.
std::string markdown(const Report& report, Language say = {});

}  // namespace flowlog
