#include "probe/search.h"

#include <algorithm>

namespace flowlog::probe {
namespace {

// Between what is taken and what is refused, to within `step`.
std::optional<std::size_t> between(std::size_t taken, std::size_t refused, std::size_t step,
                                   const Takes& takes) {
  while (refused - taken > step) {
    const std::size_t middle = taken + (refused - taken) / 2;
    const auto answer = takes(middle);
    if (!answer) return std::nullopt;
    (*answer ? taken : refused) = middle;
  }
  return taken;
}

// From a size that is taken on, twice as far each time.
std::optional<Limit> upwards(std::size_t taken, std::size_t cap, std::size_t step,
                             const Takes& takes) {
  while (taken < cap) {
    const std::size_t next = std::min(cap, std::max(taken + step, 2 * taken));
    const auto answer = takes(next);
    if (!answer) return Limit{taken, true};
    if (!*answer) {
      const auto found = between(taken, next, step, takes);
      if (!found) return std::nullopt;
      return Limit{*found, false};
    }
    taken = next;
  }
  return Limit{taken, true};
}

}  // namespace

std::optional<Limit> largest(std::size_t expected, std::size_t floor, std::size_t cap,
                             const Takes& takes) {
  expected = std::clamp(expected, floor, cap);
  const auto first = takes(expected);
  if (!first) return std::nullopt;
  if (*first) {
    if (expected == cap) return Limit{cap, true};
    const auto next = takes(expected + 1);
    if (!next) return Limit{expected, true};
    if (!*next) return Limit{expected, false};
    return upwards(expected + 1, cap, 1, takes);
  }
  if (expected == floor) return std::nullopt;
  const auto least = takes(floor);
  if (!least || !*least) return std::nullopt;
  const auto found = between(floor, expected, 1, takes);
  if (!found) return std::nullopt;
  return Limit{*found, false};
}

std::optional<std::size_t> smallest(std::size_t expected, std::size_t floor, std::size_t ceiling,
                                    const Takes& takes) {
  expected = std::clamp(expected, floor, ceiling);
  // Counted downwards from the ceiling, it is the largest.
  const auto found = largest(ceiling - expected, 0, ceiling - floor,
                             [&](std::size_t below) -> std::optional<bool> {
                               if (below == 0) return true;
                               return takes(ceiling - below);
                             });
  if (!found) return std::nullopt;
  return ceiling - found->value;
}

std::optional<Limit> about(std::size_t start, std::size_t cap, std::size_t step,
                           const Takes& takes) {
  const auto first = takes(start);
  if (!first || !*first) return std::nullopt;
  return upwards(start, cap, step, takes);
}

}  // namespace flowlog::probe
