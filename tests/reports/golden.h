// Files under tests/reports/golden: checked by hand, compared letter for letter.
#pragma once

#include <string>

#include "reports/files.h"

namespace flowlog {

inline std::string golden(const std::string& name) {
  return read_whole_file(std::string(FLOWLOG_SOURCE_DIR) + "/tests/reports/golden/" + name);
}

}  // namespace flowlog
