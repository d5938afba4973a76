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

// True iff it ends with a word that wants another: "须先传入".
bool broken_off(const std::string& sentence);

// True iff it holds a Chinese character.
bool chinese(std::string_view text);

// Without any of `blanks` at either end.
std::string stripped(std::string_view text, std::string_view blanks = " \t\n");

}  // namespace flowlog
