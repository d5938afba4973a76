#include "mutation/simulation.h"

#include <gtest/gtest.h>

#include <set>

#include "mutation/mock_run.h"
#include "specs/load.h"
#include "tests/mutation/plans.h"

namespace flowlog::mutation {
namespace {

TEST(Simulation, AgreesWithARunOverSockets) {
  SuiteSettings settings;
  settings.only = {"param.FlowLogName.*"};
  Report rehearsed;
  rehearsed.checks = Simulation().run(part_of("param.FlowLogName.*"));
  Verdicts real = verdicts(run_on_mock({}, settings));
  std::erase_if(real, [](const auto& one) { return !one.first.starts_with("param."); });
  EXPECT_EQ(verdicts(rehearsed), real);
}

TEST(Simulation, GivesEveryCheckAVerdictAgainstTheTruth) {
  for (const CheckResult& check : Simulation().run(Simulation::whole_plan())) {
    const bool good = check.verdict == Verdict::conformant || check.verdict == Verdict::finding;
    EXPECT_TRUE(good) << check.id << ": " << check.message;
  }
}

TEST(Simulation, JudgesEveryCheckOfEveryShippedContract) {
  std::set<std::string> shipped;
  for (const std::string& file : built_in_files()) {
    const std::string name = file.substr(file.rfind('/') + 1);
    const bool contract = name.ends_with(".json") && file.starts_with("volcengine/vpc/");
    if (contract && name != "service.json") shipped.insert(name.substr(0, name.size() - 5));
  }
  for (const Action& action : built_in_service().actions) {
    EXPECT_EQ(shipped.erase(action.name), 1u) << action.name;
    if (action.effect == Effect::create) continue;  // see above
    const Plan plan = Simulation::whole_plan({}, action.name);
    EXPECT_GT(plan.checks.size(), 10u) << action.name;
    for (const CheckResult& check : Simulation().run(plan)) {
      EXPECT_NE(check.verdict, Verdict::deviating) << check.id << ": " << check.message;
      EXPECT_NE(check.verdict, Verdict::inconclusive) << check.id << ": " << check.message;
    }
  }
  EXPECT_TRUE(shipped.empty()) << "a contract of no action of the service";
}

TEST(Simulation, CountsItsRequests) {
  Simulation simulation;
  EXPECT_EQ(simulation.requests(), 0);
  simulation.run(part_of("param.TrafficType.values/near-word"));
  EXPECT_GT(simulation.requests(), 0);
}

TEST(Simulation, ALieIsToldToEveryCheck) {
  SimulationOptions options;
  options.deviation = "values.TrafficType.any-case";
  const auto results = Simulation(options).run(part_of("param.TrafficType.values/wrong-case"));
  ASSERT_EQ(results.size(), 1u);
  EXPECT_EQ(results.front().verdict, Verdict::deviating);
}

}  // namespace
}  // namespace flowlog::mutation
