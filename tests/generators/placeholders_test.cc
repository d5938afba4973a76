#include "generators/placeholders.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <vector>

namespace flowlog {
namespace {

static_assert(kUniqueLength == sizeof(std::uint64_t));

std::vector<std::uint64_t> letters_of(const std::string& run, std::uint64_t count) {
  std::vector<std::uint64_t> all(count);
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::string letters = unique_letters(run, i);
    EXPECT_EQ(letters.size(), kUniqueLength);
    std::memcpy(&all[i], letters.data(), kUniqueLength);
  }
  return all;
}

TEST(UniqueLetters, DifferOverMoreThanAMillionRequestsAndTwoRuns) {
  constexpr std::uint64_t kMany = 1'100'000;  // beyond 2^20
  std::vector<std::uint64_t> all = letters_of("9f2c81d07a", kMany);
  const std::vector<std::uint64_t> other = letters_of("9f2c81d07b", kMany);
  all.insert(all.end(), other.begin(), other.end());
  std::ranges::sort(all);
  EXPECT_TRUE(std::ranges::adjacent_find(all) == all.end());
}

TEST(UniqueLetters, AreLowerCaseLettersAndDigits) {
  for (std::uint64_t i = 0; i < 1000; ++i) {
    for (const char c : unique_letters("run", i * 7919)) {
      EXPECT_TRUE((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) << c;
    }
  }
}

}  // namespace
}  // namespace flowlog
