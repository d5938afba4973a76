#include "score/rehearsal.h"

#include <gtest/gtest.h>

#include "score/sitting.h"
#include "specs/load.h"
#include "tests/score/plans.h"

namespace flowlog::score {
namespace {

TEST(Rehearsal, AgreesWithARunOverSockets) {
  Sight sight;
  sight.only = {"param.FlowLogName.*"};
  Report rehearsed;
  rehearsed.checks = Rehearsal(built_in_api()).run(part_of("param.FlowLogName.*"));
  Verdicts real = verdicts(sit({}, sight));
  std::erase_if(real, [](const auto& one) { return !one.first.starts_with("param."); });
  EXPECT_EQ(verdicts(rehearsed), real);
}

TEST(Rehearsal, GivesEveryCheckAVerdictAgainstTheTruth) {
  for (const CheckResult& check : Rehearsal(built_in_api()).run(Rehearsal::whole_plan())) {
    const bool good = check.verdict == Verdict::conformant || check.verdict == Verdict::finding;
    EXPECT_TRUE(good) << check.id << ": " << check.message;
  }
}

TEST(Rehearsal, CountsItsRequests) {
  Rehearsal rehearsal(built_in_api());
  EXPECT_EQ(rehearsal.requests(), 0);
  rehearsal.run(part_of("param.TrafficType.values/near-word"));
  EXPECT_GT(rehearsal.requests(), 0);
}

TEST(Rehearsal, ALieIsToldToEveryCheck) {
  RehearsalOptions options;
  options.deviation = "values.TrafficType.any-case";
  const auto results =
      Rehearsal(built_in_api(), options).run(part_of("param.TrafficType.values/wrong-case"));
  ASSERT_EQ(results.size(), 1u);
  EXPECT_EQ(results.front().verdict, Verdict::deviating);
}

}  // namespace
}  // namespace flowlog::score
