// The cases of a check, one after the other: sent, judged, and where one deviates, tried again and
// made smaller.
#pragma once

#include "engine/check_context.h"

namespace flowlog {

// Notes one verdict a case. Ends at the first deviation that comes back, with the smallest request
// that shows it as the note's example.
void try_cases(CheckContext& context);

// Whether a way of deviating that was seen once comes back: `again` makes it and tells its way (""
// when it did not deviate). Up to two more tries.
struct Repeated {
  int seen = 1;
  int tried = 1;
  bool repeats() const { return seen > 1; }
};
Repeated repeat(const std::string& symptom, const std::function<std::string()>& again);

// Says how often it came, and makes a finding of it, unless a request was accepted that must not
// be: that is proven by once.
void not_repeated(const Repeated& repeated, Assessment& assessment);

}  // namespace flowlog
