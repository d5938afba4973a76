// One sentence, and which of its words have been read as rules.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "specs/pages/pattern.h"

namespace flowlog {

struct Span {
  std::size_t begin = 0;
  std::size_t end = 0;
};

class Reading {
 public:
  static constexpr char kRead = '\x01';

  explicit Reading(std::string sentence) : text_(std::move(sentence)), left_(text_) {}

  const std::string& text() const { return text_; }
  // The sentence with kRead in place of every byte that has been read.
  const std::string& left() const { return left_; }

  // Where a match in `text` or `left` stands, without the `rest` at its end.
  static Span span(const std::string& text, const PatternMatch& found, std::string_view rest = {});
  Span span(const PatternMatch& found, std::string_view rest = {}) const {
    return span(text_, found, rest);
  }
  void take(Span span);

  // True iff the words left say that a rule at `span` does not hold, or holds at times only; with
  // `of_value` also when it holds for a part of the value only.
  bool twisted(Span span, bool of_value) const;
  // True iff words are left that seem to state a rule.
  bool seems_a_rule() const;
  // True iff nothing is left but words that carry no meaning of their own.
  bool whole() const;

 private:
  std::vector<Span> clauses() const;
  std::string clause(Span span) const { return left_.substr(span.begin, span.end - span.begin); }

  std::string text_;
  std::string left_;
};

}  // namespace flowlog
