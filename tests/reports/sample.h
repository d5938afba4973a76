// A small run with a check of every verdict, for the golden files and most tests.
#pragma once

#include <string>

#include "reports/report.h"

namespace flowlog {

Report sample_report();
// One conformant check and nothing else.
Report clean_report();

// Every byte and code point that has tripped a report: controls, escapes, U+FFFE, an encoded
// surrogate, an overlong form, markup, ends of CDATA, fences, workflow commands.
std::string hostile_text();
// The sample, with hostile text wherever a server has a hand in.
Report hostile_report();

}  // namespace flowlog
