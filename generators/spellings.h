// Other ways of writing a word.
#pragma once

#include <string>
#include <vector>

namespace flowlog {

// The letter cases of `word` that differ from it, ASCII only: all lower, all upper, first upper,
// and each letter's case swapped. Empty when it holds no letter.
std::vector<std::string> other_cases(const std::string& word);
// With every printable ASCII character in its full-width form; a blank as U+3000.
std::string full_width(const std::string& word);

// Words next to `word`: a prefix, one letter less, one more, one doubled, two swapped.
std::vector<std::string> near_words(const std::string& word);

// Decimal sum of two canonical decimal numbers without sign.
std::string add_decimal(const std::string& a, const std::string& b);

// Decimal product with a factor below a million.
std::string times_decimal(const std::string& a, int factor);
// The number before; REQUIRES: `a` is not 0.
std::string before_decimal(const std::string& a);
// Hexadecimal digits of the same number, lower case.
std::string hex_of_decimal(const std::string& a);

}  // namespace flowlog
