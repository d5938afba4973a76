// Small random things that others are made of. RapidCheck's own numbers and lists grow with a size;
// these cover their whole range at any size.
#pragma once

#include <rapidcheck.h>

#include <cstddef>
#include <stdexcept>
#include <string>
#include <vector>

namespace flowlog {

// A contract that leaves nothing to choose from: "no value can be drawn: <why>".
class TooNarrow : public std::domain_error {
 public:
  explicit TooNarrow(const std::string& why) : domain_error("no value can be drawn: " + why) {}
};

// A number below `bound`. Throws TooNarrow where there is none.
std::size_t below(rc::Random& random, std::size_t bound);

// A number from `min` to `max`, all alike; shrinks to `min` by halving. A draw throws TooNarrow
// where max < min.
rc::Gen<std::size_t> number(std::size_t min, std::size_t max);
// `value`, with the same shrinks. REQUIRES value >= min.
rc::Shrinkable<std::size_t> number_down_to(std::size_t min, std::size_t value);

// One of `values`, all alike; shrinks to the first. A draw throws TooNarrow where there is none.
template <class T>
rc::Gen<T> one_of(std::vector<T> values) {
  const std::size_t count = values.size();
  return rc::gen::map(number(1, count),
                      [values = std::move(values)](std::size_t i) { return values[i - 1]; });
}

// One value of each generator, in their order; they shrink one by one.
template <class T>
rc::Gen<std::vector<T>> each_of(std::vector<rc::Gen<T>> gens) {
  return [gens = std::move(gens)](const rc::Random& random, int size) {
    using Made = std::vector<rc::Shrinkable<T>>;
    rc::Random root(random);
    Made made;
    for (const rc::Gen<T>& gen : gens) made.push_back(gen(root.split(), size));
    const auto smaller = [](const Made& parts) {
      return rc::shrink::eachElement(parts,
                                     [](const rc::Shrinkable<T>& part) { return part.shrinks(); });
    };
    return rc::shrinkable::map(rc::shrinkable::shrinkRecur(std::move(made), smaller),
                               [](const Made& parts) {
                                 std::vector<T> values;
                                 for (const auto& part : parts) values.push_back(part.value());
                                 return values;
                               });
  };
}

// A list of `min` to `max` values; shrinks to fewer first.
template <class T>
rc::Gen<std::vector<T>> list_of(std::size_t min, std::size_t max, rc::Gen<T> gen) {
  return rc::gen::mapcat(number(min, max), [gen = std::move(gen)](std::size_t count) {
    return each_of(std::vector<rc::Gen<T>>(count, gen));
  });
}

}  // namespace flowlog
