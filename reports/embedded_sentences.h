// sentences.json as the build compiles it in; see cmake/embed.cmake.
#pragma once

#include <vector>

#include "base/embedded_file.h"

namespace flowlog {

const std::vector<EmbeddedFile>& embedded_sentences();

}  // namespace flowlog
