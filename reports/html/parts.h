// The parts of the page, each as markup.
#pragma once

#include <string>

#include "reports/html/view.h"

namespace flowlog::page {

std::string masthead(const View& view);   // what was tested against what, and how it ended
std::string tools(const View& view);      // search and filter
std::string footer(const View& view);     // complete or interrupted
std::string map(const View& view);        // the documentation, a cell for every row
std::string checks(const View& view);     // every check, deviations first
std::string leftovers(const View& view);  // empty when nothing was left behind
std::string pictures(const View& view);   // latency and requests

// Request and answer side by side, the differences marked.
std::string exchange(const View& view, const CheckResult& check);

}  // namespace flowlog::page
