#include "generators/alphabet.h"

#include <algorithm>
#include <iterator>

#include "generators/draws.h"

namespace flowlog {
namespace {

constexpr char32_t kAsciiEnd = 0x80;

// Index of the last point of the range that starts at `from`; a set knows its points by index only.
std::size_t range_end(const Charset& set, std::size_t from, std::size_t size) {
  const auto in_range = [&](std::size_t i) {
    return i < size && set.at(i) - set.at(from) == i - from;
  };
  std::size_t step = 1;
  while (in_range(from + step)) step *= 2;
  std::size_t last = from + step / 2;
  for (step /= 2; step > 0; step /= 2) {
    if (in_range(last + step)) last += step;
  }
  return last;
}

}  // namespace

Alphabet::Alphabet(const Charset& set) {
  const std::size_t size = set.size();
  for (std::size_t i = 0; i < size;) {
    const std::size_t last = range_end(set, i, size);
    ranges_.emplace_back(set.at(i), set.at(last));
    i = last + 1;
  }
  finish();
}

Alphabet::Alphabet(const std::u32string& points) {
  std::u32string sorted = points;
  std::sort(sorted.begin(), sorted.end());
  for (const char32_t point : sorted) {
    if (!ranges_.empty() && point <= ranges_.back().second + 1) {
      ranges_.back().second = point;
    } else {
      ranges_.emplace_back(point, point);
    }
  }
  finish();
}

void Alphabet::finish() {
  for (const auto& [first, last] : ranges_) {
    size_ += last - first + 1;
    ascii_ranges_ += first < kAsciiEnd ? 1 : 0;
  }
  if (empty()) return;
  simplest_ = ranges_.front().first;
  for (const char32_t favourite : {U'a', U'A', U'0'}) {
    if (!contains(favourite)) continue;
    simplest_ = favourite;
    break;
  }
}

bool Alphabet::contains(char32_t point) const {
  auto after = std::upper_bound(ranges_.begin(), ranges_.end(), point,
                                [](char32_t p, const Range& range) { return p < range.first; });
  return after != ranges_.begin() && point <= std::prev(after)->second;
}

char32_t Alphabet::range_start(char32_t point) const {
  if (!contains(point)) return point;
  auto after = std::upper_bound(ranges_.begin(), ranges_.end(), point,
                                [](char32_t p, const Range& range) { return p < range.first; });
  return std::prev(after)->first;
}

char32_t Alphabet::pick(rc::Random& random) const {
  const bool ascii = ascii_ranges_ > 0 && below(random, 2) == 0;
  const auto& [first, last] = ranges_[below(random, ascii ? ascii_ranges_ : ranges_.size())];
  return first + static_cast<char32_t>(below(random, last - first + 1));
}

std::u32string Alphabet::ends() const {
  std::u32string points;
  for (const auto& [first, last] : ranges_) {
    points += first;
    if (last != first) points += last;
  }
  return points;
}

std::u32string Alphabet::lowest(std::size_t limit) const {
  std::u32string points;
  for (const auto& [first, last] : ranges_) {
    for (char32_t point = first; point <= last && points.size() < limit; ++point) points += point;
  }
  return points;
}

Charset common(const Charset& a, const Charset& b) {
  return a.minus(a.minus(b));
}

}  // namespace flowlog
