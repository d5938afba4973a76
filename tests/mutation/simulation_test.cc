#include "mutation/simulation.h"

#include <gtest/gtest.h>

#include "mutation/mock_run.h"
#include "specs/load.h"
#include "tests/mutation/plans.h"

namespace flowlog::mutation {
namespace {

TEST(Simulation, AgreesWithARunOverSockets) {
  SuiteSettings settings;
  settings.only = {"param.FlowLogName.*"};
  Report rehearsed;
  rehearsed.checks = Simulation(built_in_api()).run(part_of("param.FlowLogName.*"));
  Verdicts real = verdicts(run_on_mock({}, settings));
  std::erase_if(real, [](const auto& one) { return !one.first.starts_with("param."); });
  EXPECT_EQ(verdicts(rehearsed), real);
}

TEST(Simulation, GivesEveryCheckAVerdictAgainstTheTruth) {
  for (const CheckResult& check : Simulation(built_in_api()).run(Simulation::whole_plan())) {
    const bool good = check.verdict == Verdict::conformant || check.verdict == Verdict::finding;
    EXPECT_TRUE(good) << check.id << ": " << check.message;
  }
}

TEST(Simulation, CountsItsRequests) {
  Simulation simulation(built_in_api());
  EXPECT_EQ(simulation.requests(), 0);
  simulation.run(part_of("param.TrafficType.values/near-word"));
  EXPECT_GT(simulation.requests(), 0);
}

TEST(Simulation, ALieIsToldToEveryCheck) {
  SimulationOptions options;
  options.deviation = "values.TrafficType.any-case";
  const auto results =
      Simulation(built_in_api(), options).run(part_of("param.TrafficType.values/wrong-case"));
  ASSERT_EQ(results.size(), 1u);
  EXPECT_EQ(results.front().verdict, Verdict::deviating);
}

}  // namespace
}  // namespace flowlog::mutation
