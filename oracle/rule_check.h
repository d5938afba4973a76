// The judge's reading of one value: does it keep a rule that speaks of the value alone?
#pragma once

#include <string>
#include <string_view>

#include "specs/contract.h"

namespace flowlog {

// Kept, broken, or left open by the documentation. Values combine by agreement: what every lawful
// way of reading keeps is kept, what all of them break is broken, anything else is open.
enum class RuleStatus { kept, open, broken };
RuleStatus agree(RuleStatus a, RuleStatus b);

// `bytes` as text: its code points without the bytes that are no UTF-8, which are counted.
struct Decoded {
  std::u32string points;
  std::size_t ill_formed = 0;
  bool ill_formed_first = false;
  bool ill_formed_last = false;
};
Decoded decode_leniently(std::string_view bytes);

// How `value` stands to a rule of kind length, characters, first, last, values, range, prefix or
// edges.
// Where the parameter has an `edges` rule, blanks at the ends may be kept or removed, and both ways
// count. Bytes that are no UTF-8 are never more than open by themselves. Rules of other kinds are
// kept: they need the whole request.
RuleStatus rule_status(const Parameter& parameter, const Rule& rule, std::string_view value);

}  // namespace flowlog
