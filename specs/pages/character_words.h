// How pages name sets of characters: "小写字母、数字和短横线(-)", "letters, digits, and _ . -".
#pragma once

#include <string>
#include <string_view>

#include "specs/charset.h"

namespace flowlog {

struct NamedCharacters {
  Charset allowed;
  // What "letter", "Chinese character", "digit" and "ASCII" leave open, as the contracts here have
  // it: letters, digits and marks beyond the certain ones.
  Charset grey;
  bool letters = false;  // Latin ones among them
  std::string rest;      // the text from the first word on that names no characters
};

// Reads names and signs from the beginning of `list`. A sign that is named with a word unknown here
// is taken from its brackets: "竖线(|)".
NamedCharacters read_character_words(std::string_view list);

}  // namespace flowlog
