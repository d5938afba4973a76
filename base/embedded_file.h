// A file that the build compiles into the program; see cmake/embed.cmake.
#pragma once

#include <string_view>

namespace flowlog {

struct EmbeddedFile {
  std::string_view path;  // below the folder it was embedded from, with forward slashes
  std::string_view text;
};

}  // namespace flowlog
