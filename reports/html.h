// The report for people: one page that needs nothing else. Its files stand in reports/html/:
// report.html with the places that are filled in, report.css, the labels in words.json, and the
// scripts that show the run's data, which stands in the page as JSON (html/page_data.h). Without
// scripts it shows what the console says.
#pragma once

#include <string>

#include "reports/report.h"

namespace flowlog {

// Valid UTF-8 HTML whatever bytes the report holds; nothing that a server sent becomes markup or
// script. Excerpts are bounded. `lang` is "en" or "zh". REQUIRES: tally_rows was called.
std::string html(const Report& report, const std::string& lang);

}  // namespace flowlog
