#include <gtest/gtest.h>

#include <cctype>

#include "mutation/page.h"

namespace flowlog::mutation {
namespace {

// One lie of each seam of the mock. All of them are tried by `score`, which the gate runs.
const char* const kLies[] = {
    "length.FlowLogName.counts-bytes",
    "exists.ResourceId.of-another-type",
    "row.neighbour.errors-17-18",
    "envelope.no-result",
    "stored.Description.one-blank-for-many",
    "describe.page-loses-one",
    "idempotency.off",
    "life.unknown-state-between",
    "race.both-win",
    "quota.tenth-refused",
    "auth.signature-any-case",
    "wire.form-ignored",
};

class Lie : public testing::TestWithParam<const char*> {};

TEST_P(Lie, TurnsTheChecksThatTheTableNames) {
  ScoreOptions options;
  options.ids = {GetParam()};
  options.whole = false;
  const std::vector<ScoreEntry> entries = score_deviations(options);
  ASSERT_EQ(entries.size(), 1u);
  EXPECT_TRUE(entries.front().good) << entries.front().reason;
  EXPECT_LE(entries.front().requests, 3000);
}

INSTANTIATE_TEST_SUITE_P(Score, Lie, testing::ValuesIn(kLies),
                         [](const testing::TestParamInfo<const char*>& info) {
                           std::string name = info.param;
                           for (char& c : name) {
                             if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
                           }
                           return name;
                         });

// Of the other actions.
const char* const kLiesOfActions[] = {
    "ActiveFlowLog:row.http.errors-1",
    "DescribeFlowLogs:filter.TrafficType.ignored",
    "DescribeFlowLogs:foreign",
    "ModifyFlowLogAttribute:row.never.errors-1",
    "ModifyFlowLogAttribute:strict.FlowLogName.mark-at-end",
};

TEST(Score, TurnsOneOfTheChecksThatTheTableNamesForEachLieOfTheOtherActions) {
  ScoreOptions options;
  options.ids.assign(std::begin(kLiesOfActions), std::end(kLiesOfActions));
  options.whole = false;
  const std::vector<ScoreEntry> entries = score_action_deviations(options);
  EXPECT_EQ(entries.size(), std::size(kLiesOfActions));
  for (const ScoreEntry& entry : entries) {
    EXPECT_TRUE(entry.good) << entry.id << ": " << entry.reason;
  }
}

TEST(Score, CountsWhatIsGoodOrEquivalent) {
  std::vector<ScoreEntry> entries(3);
  entries[0].good = true;
  entries[1].equivalent = true;
  EXPECT_EQ(good(entries), 2u);
}

TEST(Score, IsSummedUpInOneLineAndNotReachedBelowAll) {
  Scores scores;
  scores.deviations.resize(2);
  scores.deviations[0].good = true;
  scores.deviations[0].requests = 80;
  scores.deviations[1].requests = 2900;
  EXPECT_FALSE(reached(scores));
  EXPECT_EQ(sum(scores),
            "Score not reached: 1 of 2 deviations caught, with at most 2900 requests each.");
  scores.deviations[1].good = true;
  EXPECT_TRUE(reached(scores));
  EXPECT_EQ(sum(scores),
            "Score reached: 2 of 2 deviations caught, with at most 2900 requests each.");
}

TEST(Score, TellsHowManyFactsAreEquivalent) {
  Scores scores;
  scores.mutants.resize(3);
  scores.mutants[0].good = scores.mutants[1].good = true;
  scores.mutants[2].equivalent = true;
  EXPECT_TRUE(reached(scores));
  EXPECT_EQ(sum(scores),
            "Score reached: 3 of 3 changed facts noticed (1 of them shown to be equivalent), with "
            "at most 0 requests each.");
}

}  // namespace
}  // namespace flowlog::mutation
