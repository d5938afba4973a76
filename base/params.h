// Request parameters as they are meant, before encoding: names and values are raw bytes.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace flowlog {

// Ordered, and a name may stand more than once; the order is the order of sending.
using Params = std::vector<std::pair<std::string, std::string>>;

// The first value of `name`, or nothing.
inline std::optional<std::string> find(const Params& params, std::string_view name) {
  for (const auto& [key, value] : params) {
    if (key == name) return value;
  }
  return std::nullopt;
}

// Sets the first value of `name`, or appends it.
inline void set(Params& params, std::string_view name, std::string value) {
  for (auto& [key, old] : params) {
    if (key == name) {
      old = std::move(value);
      return;
    }
  }
  params.emplace_back(name, std::move(value));
}

// Removes every value of `name`.
inline void erase(Params& params, std::string_view name) {
  std::erase_if(params, [&](const auto& pair) { return pair.first == name; });
}

}  // namespace flowlog
