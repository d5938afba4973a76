#include "generators/gen_util.h"

#include <fmt/format.h>

namespace flowlog {

std::size_t below(rc::Random& random, std::size_t bound) {
  if (bound == 0) throw TooNarrow("there is no number below 0");
  return random.next() % bound;
}

rc::Gen<std::size_t> number(std::size_t min, std::size_t max) {
  return [min, max](const rc::Random& random, int) {
    if (max < min) throw TooNarrow(fmt::format("there is no number from {} to {}", min, max));
    rc::Random root(random);
    return number_down_to(min, min + below(root, max - min + 1));
  };
}

rc::Shrinkable<std::size_t> number_down_to(std::size_t min, std::size_t value) {
  return rc::shrinkable::shrinkRecur(std::size_t{value}, [min](std::size_t n) {
    return rc::shrink::towards<std::size_t>(n, min);
  });
}

}  // namespace flowlog
