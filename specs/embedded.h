// The files below specs/ that the build compiles into the program; see cmake/embed.cmake.
#pragma once

#include <string_view>
#include <vector>

namespace flowlog {

struct EmbeddedFile {
  std::string_view path;  // below specs/, with forward slashes
  std::string_view text;
};

const std::vector<EmbeddedFile>& embedded_files();

}  // namespace flowlog
