#include "mutation/mutant_trial.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "specs/load.h"

namespace flowlog::mutation {
namespace {

const MutantTrial& trial() {
  static const MutantTrial trial;
  return trial;
}

Mutant fact_of(const std::string& id) {
  for (Mutant& mutant : mutants(built_in_service())) {
    if (mutant.id == id) return mutant;
  }
  throw std::out_of_range(id);
}

// Of the facts one in forty; `score`, which the gate runs, tries them all. Each part is a test of
// its own, so that parts may run side by side.
constexpr std::size_t kParts = 2;
constexpr std::size_t kOneIn = 40;

class SomeFacts : public testing::TestWithParam<std::size_t> {};

TEST_P(SomeFacts, IsNoticedOrShownToBeEquivalent) {
  const std::vector<Mutant> all = mutants(built_in_service());
  ASSERT_GT(all.size(), 500u);
  for (std::size_t i = GetParam() * kOneIn; i < all.size(); i += kParts * kOneIn) {
    const Noticed noticed = trial()(all[i]);
    EXPECT_EQ(noticed.accused, "") << all[i].id;
    EXPECT_TRUE(noticed.seen() || !all[i].equivalent.empty()) << all[i].id;
    EXPECT_FALSE(noticed.seen() && !all[i].equivalent.empty())
        << all[i].id << " is noticed, so it is not equivalent";
  }
}

INSTANTIATE_TEST_SUITE_P(Facts, SomeFacts, testing::Range<std::size_t>(0, kParts));

TEST(MutantTrial, BeginsWithTheChecksThatAreAboutTheFact) {
  const std::vector<std::string> ids = trial().checks_of(fact_of("FlowLogName/length.max+1"));
  EXPECT_TRUE(ids.front().starts_with("param.FlowLogName.length/"));
  EXPECT_NE(std::ranges::find(ids, "param.FlowLogName.characters/forbidden-blank"), ids.end());
}

TEST(MutantTrial, DoesNotNoticeThatNothingChanged) {
  Mutant nothing;
  nothing.id = "nothing";
  nothing.row = "parameters/TrafficType";
  nothing.change = [](Service&) {};
  const Noticed noticed = trial()(nothing);
  EXPECT_GT(noticed.tried, 10u);
  EXPECT_FALSE(noticed.seen());
}

TEST(MutantTrial, TellsOfAChangeThatIsSaidToBeEquivalentAndIsNot) {
  Mutant mutant = fact_of("TrafficType/values.without Drop");
  mutant.row = "";  // so that no check is tried
  mutant.near.clear();
  mutant.equivalent = "it is said to be";
  mutant.shown_by = Edit{{{"TrafficType", "Drop"}}, {}};
  const Noticed noticed = trial()(mutant);
  EXPECT_EQ(noticed.tried, 0u);
  EXPECT_NE(noticed.accused, "");
}

}  // namespace
}  // namespace flowlog::mutation
