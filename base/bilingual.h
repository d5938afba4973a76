// What a person reads.
#pragma once

#include <string>

namespace flowlog {

// The same text in English and Chinese.
struct Text {
  std::string en;
  std::string zh;

  bool operator==(const Text&) const = default;
};

}  // namespace flowlog
