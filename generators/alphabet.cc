#include "generators/alphabet.h"

#include <algorithm>
#include <iterator>

#include "generators/gen_util.h"

namespace flowlog {
namespace {

constexpr char32_t kAsciiEnd = 0x80;

}  // namespace

Alphabet::Alphabet(const Charset& set) : ranges_(set.ranges()) {
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

void Alphabet::require_some() const {
  if (empty()) throw TooNarrow("no character may stand where one is needed");
}

char32_t Alphabet::simplest() const {
  require_some();
  return simplest_;
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
  require_some();
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
  require_some();
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
