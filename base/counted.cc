#include "base/counted.h"

#include <fmt/format.h>

namespace flowlog {

std::string counted(std::size_t n, std::string_view noun) {
  return fmt::format("{} {}{}", n, noun, n == 1 ? "" : "s");
}

}  // namespace flowlog
