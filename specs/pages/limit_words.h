// How pages say lengths and numbers of things.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "specs/pages/pattern.h"

namespace flowlog {

struct NamedLength {
  std::optional<std::size_t> min;
  std::optional<std::size_t> max;
  bool bytes = false;               // counted in bytes, not in characters
  std::vector<PatternMatch> words;  // where the sentence says it
};

// "长度为1~128个字符", "at most 64 characters", "the maximum length of name is 128"; nothing when
// the sentence names no length.
std::optional<NamedLength> read_length(const std::string& sentence);

struct NamedCount {
  std::size_t max = 0;
  PatternMatch words;
};

// "最多20个标签", "at most 20 tags", "N的取值范围为1~20"; nothing when it names no such number.
std::optional<NamedCount> read_count(const std::string& sentence);

}  // namespace flowlog
