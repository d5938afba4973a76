#include "base/fingerprints.h"

#include <functional>
#include <utility>

namespace flowlog {
namespace {

constexpr std::size_t kFirstPlaces = 1024;

}  // namespace

std::uint64_t Fingerprints::of(std::string_view text) {
  const std::uint64_t hash = std::hash<std::string_view>()(text);
  return hash == 0 ? 1 : hash;
}

// Its own, or the free one where it goes. REQUIRES: some place is free
Fingerprints::Place& Fingerprints::place_of(std::uint64_t key) {
  const std::size_t mask = places_.size() - 1;
  std::size_t at = key & mask;
  while (places_[at].key != 0 && places_[at].key != key) at = (at + 1) & mask;
  return places_[at];
}

void Fingerprints::grow() {
  const std::vector<Place> old = std::exchange(
      places_, std::vector<Place>(places_.empty() ? kFirstPlaces : 2 * places_.size()));
  for (const Place& one : old) {
    if (one.key != 0) place_of(one.key) = one;
  }
}

std::optional<std::uint64_t> Fingerprints::insert(std::string_view text, std::uint64_t value) {
  if (3 * (size_ + 1) > 2 * places_.size()) grow();
  const std::uint64_t key = of(text);
  Place& place = place_of(key);
  if (place.key == key) return place.value;
  place = {key, value};
  ++size_;
  return std::nullopt;
}

}  // namespace flowlog
