// Limits found by doubling and halving.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>

namespace flowlog::probe {

// Whether something of that size is taken; nothing where there is no answer.
using Takes = std::function<std::optional<bool>(std::size_t)>;

struct Limit {
  std::size_t value = 0;
  bool at_least = false;  // nothing larger was refused
  bool operator==(const Limit&) const = default;
};

// The largest size that is taken. Asked first about `expected` and the one after it; never about
// less than `floor` or more than `cap`. Nothing where not even `floor` is taken, or where there is
// no answer before anything is known. Sizes that are taken are thought to be without gaps.
std::optional<Limit> largest(std::size_t expected, std::size_t floor, std::size_t cap,
                             const Takes& takes);

// The smallest size that is taken, from `floor` to `ceiling`, which is known to be taken. Asked
// first about `expected` and the one before it. Nothing where there is no answer.
std::optional<std::size_t> smallest(std::size_t expected, std::size_t floor, std::size_t ceiling,
                                    const Takes& takes);

// As largest(), no more exact than `step`: what it gives is taken, and `step` more is not.
std::optional<Limit> about(std::size_t start, std::size_t cap, std::size_t step,
                           const Takes& takes);

}  // namespace flowlog::probe
