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
  std::string text;  // the sentences, but for those that say a rule or a default and nothing else
};

// Every sentence is read, in `unread` or without a word that limits anything. One that denies a
// phrase known here, makes it depend on something or says it of a part of the value is not read.
// What is not read, and what limits nothing, is in `text`.
Terms read_terms(std::string_view description);

}  // namespace flowlog
