// Classes of input for one rule of a parameter, driven by the rule alone: its valid boundaries,
// each distinct way of breaking it, and the grey values that the documentation leaves open.
#pragma once

#include <rapidcheck.h>

#include <string>
#include <vector>

#include "base/params.h"
#include "specs/contract.h"

namespace flowlog {

enum class Side { valid, invalid, grey };

// What a generated value does to a base request: sets these parameters (in order), after removing
// those named in `erase`.
struct Edit {
  Params set;
  std::vector<std::string> erase;
};
void showValue(const Edit& edit, std::ostream& os);

struct InputClass {
  std::string id;  // "over-max", "forbidden-blank": unique within the rule and side
  Side side = Side::valid;
  Text text;       // "one character too many"
  const Parameter* parameter = nullptr;
  const Rule* rule = nullptr;
  std::vector<Edit> boundaries;  // always sent, in this order; may be empty when `random` is not
  // Random members of the class; made from values, never filtered, and safe to call from several
  // threads. Every shrink is a member of the class again. Empty (no value) when the class is only
  // its boundaries.
  std::optional<rc::Gen<Edit>> random;
};

// Every class of `rule`, valid ones first. A value of an invalid class breaks exactly this rule
// when laid over a valid base request; `contract` and `parameter` outlive the result.
// Rules of kind `exists` have only a class of unknown ids (made up, of the right form).
std::vector<InputClass> classes(const Contract& contract, const Parameter& parameter,
                                const Rule& rule);

}  // namespace flowlog
