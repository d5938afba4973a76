#include "base/fingerprints.h"

#include <gtest/gtest.h>

#include <string>

namespace flowlog {
namespace {

TEST(Fingerprints, KnowsATextAgainWithTheValueItCameWithFirst) {
  Fingerprints known;
  EXPECT_EQ(known.insert("a", 7), std::nullopt);
  EXPECT_EQ(known.insert("b", 8), std::nullopt);
  EXPECT_EQ(known.insert("a", 9), 7u);
  EXPECT_EQ(known.size(), 2u);
}

TEST(Fingerprints, TellsManyApartAndKeepsThemWhenItGrows) {
  Fingerprints known;
  constexpr std::uint64_t kMany = 100'000;
  for (std::uint64_t i = 0; i < kMany; ++i) {
    ASSERT_EQ(known.insert("id-" + std::to_string(i), i), std::nullopt) << i;
  }
  for (std::uint64_t i = 0; i < kMany; ++i) {
    ASSERT_EQ(known.insert("id-" + std::to_string(i)), i);
  }
  EXPECT_EQ(known.size(), kMany);
}

}  // namespace
}  // namespace flowlog
