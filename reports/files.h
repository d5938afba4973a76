// Whole files, read and replaced.
#pragma once

#include <string>
#include <string_view>

namespace flowlog {

// Throws InputError: no such file, a folder, not readable, over 1 GiB.
std::string read_whole_file(const std::string& path);

// Replaces the file in one step, and on the disk: a reader sees the old bytes or the new ones, also
// after a crash. Makes the folders it needs. Returns why it failed, one sentence, or nothing.
std::string write_whole_file(const std::string& path, std::string_view bytes);

}  // namespace flowlog
