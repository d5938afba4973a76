// Ways of misreading a value, for rules; and of spoiling one, for the store.
#pragma once

#include <string>

#include "mock/behaviour.h"

namespace flowlog::mock::views {

// Views: what the rule sees.

std::string bytes(const Rule& rule, const std::string& value);  // a letter for each byte
std::string first_character(const Rule& rule, const std::string& value);
std::string without_last(const Rule& rule, const std::string& value);
std::string before_newline(const Rule& rule, const std::string& value);  // one at the end is cut
std::string ascii(const Rule& rule, const std::string& value);           // the rest is skipped
std::string trimmed(const Rule& rule, const std::string& value);         // blanks, tabs, newlines
std::string cut(const Rule& rule, const std::string& value);             // to the rule's longest
std::string without_dashes(const Rule& rule, const std::string& value);
std::string lower_case(const Rule& rule, const std::string& value);
// The rule's word that equals the value but for case, that it starts with, or that it holds.
std::string word_in_any_case(const Rule& rule, const std::string& value);
std::string word_at_start(const Rule& rule, const std::string& value);
// As lax parsers of numbers read it: "5m", "5.0", "1e1", "-5", "4294967301", "2" (taken to the next
// word above).
std::string leading_integer(const Rule& rule, const std::string& value);
std::string rounded(const Rule& rule, const std::string& value);
std::string without_minus(const Rule& rule, const std::string& value);
std::string modulo_32_bits(const Rule& rule, const std::string& value);
std::string modulo_64_bits(const Rule& rule, const std::string& value);
std::string next_word_above(const Rule& rule, const std::string& value);
// What lies outside of the rule's range is its nearest end; what is no number, its least.
std::string clamped(const Rule& rule, const std::string& value);
// Something that no character set holds, when the value does what a stricter reader dislikes.
std::string minutes_of_seconds(const Rule& rule, const std::string& value);
std::string word_of_others(const Rule& rule, const std::string& value);
std::string strict_at_end(const Rule& rule, const std::string& value);       // ends in . _ -
std::string strict_in_a_row(const Rule& rule, const std::string& value);     // two marks in a row
std::string strict_on_capitals(const Rule& rule, const std::string& value);  // A to Z
std::string strict_on_all_digits(const Rule& rule, const std::string& value);
// Nothing, unless the value begins with one of the rule's words letter for letter.
std::string prefix_in_exact_case(const Rule& rule, const std::string& value);
// The value from the first of the rule's words on, wherever it stands.
std::string from_word(const Rule& rule, const std::string& value);

// Changes: what is stored.

Change cut_to(std::size_t characters);
Change replaced_by(std::string text);
std::string lost(const std::string& value);
std::string html_escaped(const std::string& value);
std::string plus_as_space(const std::string& value);
std::string in_lower_case(const std::string& value);
std::string without_blanks_at_ends(const std::string& value);
std::string encoded_twice(const std::string& value);  // UTF-8 taken for Latin-1
std::string ascii_with_question_marks(const std::string& value);
std::string in_seconds(const std::string& minutes);
std::string one_blank_for_many(const std::string& value);

}  // namespace flowlog::mock::views
