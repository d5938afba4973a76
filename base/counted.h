// Numbers of things.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace flowlog {

// `1 check`, `2 checks`.
std::string counted(std::size_t n, std::string_view noun);

}  // namespace flowlog
