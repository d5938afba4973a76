// What tried nothing is not green.
#include <gtest/gtest.h>

#include "mutation/mock_run.h"
#include "reports/exit_status.h"
#include "specs/load.h"
#include "tests/mutation/plans.h"

namespace flowlog::mutation {
namespace {

TEST(Vacuous, ACheckWithoutCasesIsInconclusive) {
  Plan plan = part_of("param.FlowLogName.length/over-max");
  plan.checks.front().check.cases.clear();
  const CheckResult result = Simulation(built_in_service()).run(plan.checks.front());
  EXPECT_EQ(result.verdict, Verdict::inconclusive);
}

TEST(Vacuous, EveryCheckOfThePlanHasSomethingToDo) {
  for (const int random_cases : {0, 2}) {
    for (const PlannedCheck& planned :
         Simulation::whole_plan({.random_cases = random_cases}).checks) {
      EXPECT_TRUE(planned.check.script || !planned.check.cases.empty()) << planned.check.id;
    }
  }
}

// An endpoint that refuses all with `code`: what must be refused is, and still nothing is proven.
Report refusing_all(const std::string& pattern) {
  Service served = built_in_service();
  for (Parameter& parameter : served.contract_to_change().parameters) {
    for (Rule& rule : parameter.rules) {
      if (rule.address == "FlowLogName/length") rule.max = 0;
    }
  }
  Report report;
  report.complete = true;
  Plan plan = Simulation::whole_plan();
  std::erase_if(plan.checks, [&](const PlannedCheck& planned) {
    return !glob(pattern, planned.check.id) && planned.check.id != "request.smallest/accepted";
  });
  report.checks = Simulation(served).run(plan);
  return report;
}

TEST(Vacuous, WhereEverythingIsRefusedAlikeNoRefusalIsGreen) {
  const Report report = refusing_all("param.FlowLogName.length/over-*");
  ASSERT_EQ(report.checks.size(), 3u);
  for (const CheckResult& check : report.checks) {
    EXPECT_NE(check.verdict, Verdict::conformant) << check.id;
  }
  EXPECT_EQ(exit_status(report), ExitStatus::deviating);
}

TEST(Vacuous, NothingSelectedIsNoVerdict) {
  EXPECT_EQ(exit_status(run_on_mock({}, {.only = {"no.such/check"}})), ExitStatus::no_verdict);
  Report empty;
  empty.complete = true;
  EXPECT_EQ(exit_status(empty), ExitStatus::no_verdict);
}

}  // namespace
}  // namespace flowlog::mutation
