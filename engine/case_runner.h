// The cases of a check, one after the other: sent, judged, and where one deviates, tried again and
// made smaller.
#pragma once

#include <functional>
#include <limits>
#include <map>

#include "engine/check_context.h"

namespace flowlog {

// Which of a check's cases are tried, and how.
struct CasesAsked {
  std::size_t first = 0;
  std::size_t last = std::numeric_limits<std::size_t>::max();  // behind it
  // Cases whose verdict is known already, by their numbers; or none.
  const std::map<std::size_t, Assessment>* known = nullptr;
  bool look = true;  // prove that what was refused left nothing
  // Asked between two cases: nobody wants the rest. Or none.
  std::function<bool()> superseded = {};
};

struct CasesTried {
  bool whole = true;          // no deviation ended it
  bool to_be_looked = false;  // all were refused, which nobody has proven to have left nothing
};

// Notes one verdict a case. Ends at the first deviation that comes back, with the smallest request
// that shows it as the note's example.
CasesTried try_cases(CheckContext& context, const CasesAsked& asked = {});

// Whether a way of deviating that was seen once comes back: `again` makes it and tells its way (""
// when it did not deviate), or nothing where it could not be tried. Once in up to two more tries is
// enough, and where none could be tried nothing speaks against it; but an HTTP 5xx has to come in
// each of three more: one in fifty may be the doing of what stands on the way, and comes twice by
// chance.
struct Repeated {
  int seen = 1;
  int tried = 1;
  bool by_chance = false;  // it may be
  bool repeats() const;
};
Repeated repeat(const std::string& symptom,
                const std::function<std::optional<std::string>()>& again);

// Says how often it came, and makes a finding of it, unless a request was accepted that must not
// be: that is proven by once.
void not_repeated(const Repeated& repeated, Assessment& assessment);

}  // namespace flowlog
