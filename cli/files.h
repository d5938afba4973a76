// Reading and writing whole files, with errors as one sentence.
#pragma once

#include <string>
#include <string_view>

namespace flowlog::cli {

// Throws InputError.
std::string read_file(const std::string& path);
// Replaces the file as a whole or not at all; `secret` files are for their owner alone.
void write_file(const std::string& path, std::string_view text, bool secret = false);

}  // namespace flowlog::cli
