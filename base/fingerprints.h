// Many texts remembered by their hashes, each with a value, in little memory: 16 bytes a place, and
// at most twice as many places as texts and a half.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace flowlog {

// Two texts of one hash (64 bits) count as one: among a million that is less likely than one in
// ten million.
class Fingerprints {
 public:
  // Remembers it, unless it is known: then gives the value it is known with.
  std::optional<std::uint64_t> insert(std::string_view text, std::uint64_t value = 0);
  std::size_t size() const { return size_; }
  static std::uint64_t of(std::string_view text);  // never 0

 private:
  struct Place {
    std::uint64_t key = 0;  // 0: free
    std::uint64_t value = 0;
  };
  Place& place_of(std::uint64_t key);
  void grow();

  std::vector<Place> places_;  // a power of two of them
  std::size_t size_ = 0;
};

}  // namespace flowlog
