// A set of characters to draw from. What is drawn is spread over the set's ranges, ASCII weighted
// up, so that the twenty thousand Chinese characters do not crowd out the letters and marks.
#pragma once

#include <rapidcheck.h>

#include <string>
#include <utility>
#include <vector>

#include "specs/charset.h"

namespace flowlog {

// Immutable; safe to read from any thread.
class Alphabet {
 public:
  Alphabet() = default;  // empty
  explicit Alphabet(const Charset& set);
  explicit Alphabet(const std::u32string& points);

  bool empty() const { return ranges_.empty(); }
  bool contains(char32_t point) const;
  // Number of characters.
  std::size_t size() const { return size_; }

  // The members below throw TooNarrow (draws.h) where it is empty; range_start() and ends() do not.

  // What a shrink ends at: `a`, else `A`, else `0`, else the lowest.
  char32_t simplest() const;
  // The lowest of the range that `point` stands in; `point` itself when it is no member.
  char32_t range_start(char32_t point) const;
  char32_t pick(rc::Random& random) const;

  // Both ends of every range, ascending, each once.
  std::u32string ends() const;
  // The `limit` lowest, ascending.
  std::u32string lowest(std::size_t limit) const;

 private:
  using Range = std::pair<char32_t, char32_t>;  // first and last

  void finish();
  void require_some() const;

  std::vector<Range> ranges_;     // ascending, apart from each other
  std::size_t ascii_ranges_ = 0;  // that start in ASCII
  std::size_t size_ = 0;
  char32_t simplest_ = 0;
};

// Members of both.
Charset common(const Charset& a, const Charset& b);

}  // namespace flowlog
