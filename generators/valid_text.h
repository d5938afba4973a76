// What a lawful text of one parameter looks like, read off its rules. Only what is certain: lengths
// and characters that the documentation leaves open are left out.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "generators/text_shape.h"
#include "specs/contract.h"

namespace flowlog {

// The first rule of `kind`; nullptr when `parameter` has none.
const Rule* rule_of(const Parameter& parameter, RuleKind kind);

class ValidText {
 public:
  explicit ValidText(const Parameter& parameter);

  // Code points. Without a length rule: 1 to 64.
  std::size_t min() const { return min_; }
  std::size_t max() const { return max_; }
  // Letters and digits where there is no rule of characters.
  const Charset& first() const { return first_; }
  const Charset& inner() const { return inner_; }
  const Charset& last() const { return last_; }
  // How many characters at the start and at the end have rules of their own: 0 or 1.
  std::size_t ruled_start() const { return ruled_start_; }
  std::size_t ruled_end() const { return ruled_end_; }

  // Texts of `min` to `max` characters (at least one), in lawful characters or those of `only` that
  // are lawful. A token starts with the placeholder of placeholders.h where that is no longer than
  // `max`; it counts.
  TextShape shape(std::size_t min, std::size_t max) const;
  TextShape shape(std::size_t min, std::size_t max, const Charset& only) const;

  // The text of `shape` of `length` characters that repeats `cycle`; where a character of it may
  // not stand, a plain one does. Throws TooNarrow (draws.h) where such a text cannot be made.
  rc::Shrinkable<std::string> filled(const TextShape& shape, std::size_t length,
                                     const std::u32string& cycle) const;
  rc::Shrinkable<std::string> filled(const TextShape& shape, std::size_t length) const;

  // True iff all is kept.
  bool allows(std::string_view value) const;
  // A fixed valid value to build requests from: a name that says whose it is, or a plain text.
  // Throws InputError (base/json_node.h) where there is none.
  std::string plain_value() const;

 private:
  void read_lengths(const Rule& rule);

  std::string name_;
  std::size_t min_ = 1;
  std::size_t max_ = 64;
  std::size_t ruled_start_ = 0;
  std::size_t ruled_end_ = 0;
  bool token_ = false;
  Charset first_;
  Charset inner_;
  Charset last_;
  std::vector<std::string> avoid_;
};

}  // namespace flowlog
