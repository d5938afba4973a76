// Regular expressions over UTF-8, for phrases of documentation: case counts for nothing.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace flowlog {

struct PatternMatch {
  std::vector<std::string> groups;  // 0 is the whole; a group that took no part is empty
  std::string rest;                 // what follows the match
};

// Immutable; safe to use from any thread.
class Pattern {
 public:
  // Throws std::invalid_argument for an expression that ICU does not take.
  explicit Pattern(std::string_view expression);
  // The first match in `text`; nothing also where looking for one takes too many steps.
  std::optional<PatternMatch> find(std::string_view text) const;
  bool in(std::string_view text) const { return find(text).has_value(); }

 private:
  struct Compiled;
  std::shared_ptr<const Compiled> compiled_;
};

// `text` with `by` in place of every match.
std::string replaced(const std::string& text, const Pattern& pattern, std::string_view by = {});

}  // namespace flowlog
