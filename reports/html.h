// The report for people: one page that needs nothing else, neither network nor, to be read, script.
#pragma once

#include <string>

#include "reports/report.h"

namespace flowlog {

// Valid UTF-8 HTML whatever bytes the report holds; nothing that a server sent becomes markup or
// script. Excerpts are bounded. `lang` is "en" or "zh". REQUIRES: tally_rows was called.
std::string html(const Report& report, const std::string& lang);

}  // namespace flowlog
