// Whole files, read and replaced.
#pragma once

#include <string>
#include <string_view>

namespace flowlog {

// Throws InputError: no such file, a folder, not readable, over 1 GiB.
std::string read_whole_file(const std::string& path);

// Where the links that `path` names end, whether or not something stands there.
std::string file_behind(const std::string& path);

// Replaces the file in one step, and on the disk: a reader sees the old bytes or the new ones, also
// after a crash. Of a link the file behind it; what is no regular file (a device, a pipe) is
// written into. Makes the folders it needs. Returns why it failed, one sentence, or nothing.
std::string write_whole_file(const std::string& path, std::string_view bytes);

}  // namespace flowlog
