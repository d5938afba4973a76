// Descriptions cut into sentences and bullets.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace flowlog {

// The sentences of a text: ended by 。 ; or a line break, or by a full stop before a blank and a
// capital letter. What ends them is left out.
std::vector<std::string> sentences(std::string_view text);

// The sentence without the bullet or number at its beginning, and whether there was one.
std::pair<std::string, bool> without_bullet(const std::string& sentence);

// The words of an inline list ("A、B 和 C", "A, B or C"); empty when something in it is no word.
std::vector<std::string> listed_words(const std::string& list);

// True iff it reads as if it limited a value, in whatever words.
bool seems_a_rule(const std::string& sentence);

// Without any of `blanks` at either end.
std::string stripped(std::string_view text, std::string_view blanks = " \t\n");

}  // namespace flowlog
