// What was seen, beside what is documented, for people.
#pragma once

#include <string>
#include <vector>

#include "base/bilingual.h"
#include "probe/observed.h"
#include "reports/language.h"
#include "specs/service.h"

namespace flowlog::probe {

struct Line {
  Text subject;  // "FlowLogName"
  Text documented;
  Text enforced;
  bool differs = false;
};

// In the order of the documentation, what no parameter is about last.
std::vector<Line> lines(const Service& service, const Observed& observed);

// One line of text each, `!` before those that differ; then what was left out and how many differ.
std::string tell(const Service& service, const Observed& observed, Language say);

}  // namespace flowlog::probe
