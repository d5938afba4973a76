// What is wrong with an error message beside its wording.
#pragma once

#include <string_view>

namespace flowlog {

// A message that no caller was meant to see: empty, with a hole that nobody filled, or with what a
// program says to its own makers.
bool unfit_message(std::string_view message);

// None of the documented words, and characters that the documented message has none of.
bool of_another_language(std::string_view documented, std::string_view message);

}  // namespace flowlog
