// The files below specs/ that the build compiles into the program; see cmake/embed.cmake.
#pragma once

#include <vector>

#include "base/embedded_file.h"

namespace flowlog {

const std::vector<EmbeddedFile>& embedded_files();

}  // namespace flowlog
