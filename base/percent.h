// Percent-encoding, read.
#pragma once

#include <string>
#include <string_view>

namespace flowlog {

// The value of a hexadecimal digit in either letter case; -1 of anything else.
int hex_digit(char c);

// A '%' without two hexadecimal digits stands for itself, and so does '+' unless `plus_is_space`.
std::string percent_decode(std::string_view text, bool plus_is_space = false);

}  // namespace flowlog
