// Lists of values: "取值为a、b或c", or announced and told in bullets.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "specs/pages/statements.h"

namespace flowlog {

struct ValueList {
  bool listed = false;                // bullets were announced
  bool default_twice = false;         // two entries are marked as the default
  std::optional<std::string> before;  // the sentence without the announcement
  std::vector<std::string> meanings;  // entries that say more than their value, and what follows
  std::vector<Unread> unread;         // such as seem to state a rule
};

// Reads the values of `said`, and the entries in `all` from `next` on, over which it steps.
ValueList read_values(Statements& said, const std::vector<std::string>& all, std::size_t& next);

}  // namespace flowlog
