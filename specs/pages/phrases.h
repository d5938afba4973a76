// The usual phrases of documentation, Chinese and English, as the rules that they state.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "specs/contract.h"
#include "specs/pages/page.h"

namespace flowlog {

// What a description states. Rules have kind, terms and text; id, address, standing and source are
// the caller's. `text` holds the page's sentence for both languages.
struct Terms {
  std::vector<Rule> rules;  // none twice in one kind
  std::optional<std::string> default_value;
  bool open_below = false;     // the length rule's `min` was not stated: it is 0
  std::vector<Unread> unread;  // `row` is left to the caller
};

// Sentences that state no rule are passed over; one that seems to state a rule and could not be
// read is in `unread`, as is a list that is announced and does not follow.
Terms read_terms(std::string_view description);

}  // namespace flowlog
