// What a row of an error table means, from its code and its words.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "specs/contract.h"
#include "specs/pages/page.h"
#include "specs/pages/phrases.h"

namespace flowlog {

struct ErrorMeaning {
  // Conditions, replays and races; which rules a row answers depends on `parameter`.
  std::vector<Trigger> triggers;
  std::string parameter;            // the parameter whose value the row is about, or nothing
  Terms terms;                      // rules of that parameter that the row's words state
  std::optional<RuleKind> answers;  // the one kind of rule that the code itself names
  bool malformed = false;           // whatever the value's form may break, but for its length
};

// `noun` is the kind of resource that the action makes or changes, "FlowLog": a code may leave it
// out of a parameter's name, or put it before one.
ErrorMeaning error_meaning(const Page::Error& row, const std::vector<Parameter>& parameters,
                           const std::string& noun);

}  // namespace flowlog
