// Holds an answer against what the documentation makes lawful.
#pragma once

#include <string>
#include <string_view>

#include "base/verdict.h"
#include "oracle/expectation.h"
#include "oracle/judgeable.h"
#include "oracle/response.h"

namespace flowlog {

// What an answer gives as the reason why nothing could be proven.
enum class Excuse { none, bound, quota, other };

struct Judgement {
  Verdict verdict = Verdict::inconclusive;  // conformant, deviating, finding or inconclusive
  std::string expected;                     // one line: HTTP, code and row of each lawful outcome
  std::string observed;                     // one line: HTTP, code, message, RequestId
  std::string message;     // what the difference means, one sentence; empty when conformant
  std::string chosen_row;  // the lawful row that the endpoint answered with; empty for a success
  // A 5xx or a code of the service's own faults: deviating here, but one that does not come back
  // is a finding (the caller's business).
  bool service_fault = false;
  // Refused before it reached the API because of its length: it says nothing of what was tried.
  bool too_long = false;
  // The account's or the resource's circumstances got in the way: nothing was proven.
  bool environment = false;
  Excuse excuse = Excuse::none;  // where environment
};

// Inconclusive where the answer is not Judgeable.
// `strict`: a message that differs from the documented one deviates instead of being a finding.
// REQUIRES: what expectation.documented refers to outlives the call.
Judgement judge(const Expectation& expectation, const Response& answer, bool strict = false);

// The two lines of a judgement by themselves.
std::string expected_line(const Expectation& expectation);
std::string observed_line(const Response& answer);

// True iff `message` is the documented one, in which %s stands for any text.
bool matches_message(std::string_view documented, std::string_view message);

}  // namespace flowlog
