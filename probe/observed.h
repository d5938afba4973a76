// What was seen of an endpoint, beside what is documented. Plain values; what is empty was not
// found out.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "generators/character_kinds.h"
#include "probe/search.h"

namespace flowlog::probe {

// What a length counts.
enum class Unit {
  characters,   // nothing beyond ASCII is taken, so all are the same
  not_bytes,    // code points or UTF-16 units: nothing beyond U+FFFF is taken
  bytes,        // of UTF-8
  utf16_units,  // a character beyond U+FFFF counts twice
  points,       // code points
  clusters      // a letter with its combining marks counts once
};

struct SeenLength {
  std::optional<std::size_t> min;
  std::optional<Limit> max;
  std::optional<Unit> unit;
};

struct SeenKind {
  const CharacterKind* kind = nullptr;
  bool taken = false;
};

struct SeenWord {
  std::string word;
  bool documented = false;
  bool taken = false;
};

struct SeenParameter {
  std::optional<SeenLength> length;
  std::vector<SeenKind> kinds;
  std::string marks_taken;    // ASCII marks, in their order
  std::string marks_refused;  // both hold those alone that were tried
  std::vector<SeenWord> words;
  std::vector<SeenWord> other_cases;  // of documented words
  std::optional<Limit> count;
  std::optional<std::string> default_value;
};

struct SeenFault {
  std::string answer;  // "400 InvalidX"
  std::vector<std::string> parameters;
};

struct Observed {
  std::map<std::string, SeenParameter> parameters;  // of the creating action
  std::vector<SeenFault> fault_order;               // which is answered first, then the next
  std::optional<std::size_t> page_min;
  std::optional<Limit> page_max;
  std::optional<Limit> request_bytes;   // of the request's target
  std::optional<Limit> seconds_behind;  // how old a signature may be
  std::optional<Limit> seconds_ahead;
  std::optional<double> seconds_to_ready;
  std::optional<double> token_remembered_s;  // at least so long
  bool token_forgotten = false;              // within the run
  std::optional<Limit> quota;
  std::vector<Text> left_out;  // what the requests did not suffice for, or what failed
};

}  // namespace flowlog::probe
