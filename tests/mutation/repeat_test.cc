// The same seed gives the same verdicts, and what does not come back is told as such.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mutation/mock_run.h"
#include "reports/exit_status.h"
#include "specs/load.h"
#include "tests/mutation/plans.h"

namespace flowlog::mutation {
namespace {

constexpr int kTimes = 3;
constexpr const char* kRepeated = "param.FlowLogName.length/over-max";

Report told(std::vector<CheckResult> results) {
  Report report;
  report.complete = true;
  report.checks = std::move(results);
  return report;
}

// The smallest request of each deviating check, but for what every run has of its own.
std::map<std::string, Sent> smallest(const Report& report) {
  std::map<std::string, Sent> all;
  for (const CheckResult& check : report.checks) {
    if (check.verdict != Verdict::deviating) continue;
    Sent params = sent(check.example);
    for (const char* own : {"ResourceId", "ClientToken"}) params.erase(own);
    all[check.id] = params;
  }
  return all;
}

TEST(Repeat, TheSameSeedGivesTheSameAtAnyConcurrency) {
  SimulationOptions options;
  options.max_shrinks = 30;
  options.deviation = "length.FlowLogName.cut-silently";
  const Plan plan = part_of("param.*Name.*", options);
  const Report first = told(Simulation(built_in_service(), options).run(plan));
  ASSERT_FALSE(smallest(first).empty());
  for (int i = 0; i < kTimes; ++i) {
    for (const int concurrency : {1, 8}) {
      const Report again = told(Simulation(built_in_service(), options).run(plan, concurrency));
      EXPECT_EQ(verdicts(again), verdicts(first)) << "at " << concurrency;
      EXPECT_EQ(smallest(again), smallest(first)) << "at " << concurrency;
    }
  }
}

TEST(Repeat, OneCheckByItselfFailsAsItDidAmongAll) {
  SimulationOptions options;
  options.max_shrinks = 30;
  options.deviation = "length.FlowLogName.cut-silently";
  options.seed = 42;
  const Plan all = part_of("param.FlowLogName.*", options);
  const Plan one = part_of(kRepeated, options);
  const Report among = told(Simulation(built_in_service(), options).run(all));
  const Report alone = told(Simulation(built_in_service(), options).run(one));
  ASSERT_FALSE(smallest(alone).empty());
  EXPECT_EQ(smallest(alone)[kRepeated], smallest(among)[kRepeated]);
}

// In one world: what the first try created, and did not delete, still stands.
TEST(Repeat, LeftoversOfTheFirstTryChangeNothing) {
  SimulationOptions options;
  options.max_shrinks = 30;
  options.deviation = "length.FlowLogName.cut-silently";
  Simulation simulation(built_in_service(), options);
  const Plan plan = part_of(kRepeated, options);
  const Report first = told(simulation.run(plan));
  ASSERT_FALSE(smallest(first).empty());
  for (const char* type : {"vpc", "subnet", "eni"}) simulation.leave_one_standing(type);
  EXPECT_EQ(smallest(told(simulation.run(plan))), smallest(first));
}

Report with(const std::string& deviation, const std::string& pattern) {
  SimulationOptions options;
  options.deviation = deviation;
  return told(Simulation(built_in_service(), options).run(part_of(pattern, options)));
}

std::vector<std::string> not_repeatable(const Report& report) {
  std::vector<std::string> ids;
  for (const CheckResult& check : report.checks) {
    if (check.message.find("Not repeatable: it came 1 of 3 times.") == std::string::npos) continue;
    EXPECT_EQ(check.verdict, Verdict::finding) << check.id;
    EXPECT_TRUE(check.example) << check.id << " has no evidence";
    ids.push_back(check.id);
  }
  return ids;
}

TEST(Flaky, OneWrongAnswerInFiftyIsAFindingWithItsRate) {
  for (const char* deviation : {"disorder.one-in-fifty-500", "disorder.one-in-fifty-wrong-code"}) {
    const Report report = with(deviation, "param.FlowLogName.*");
    EXPECT_FALSE(not_repeatable(report).empty()) << deviation;
    EXPECT_NE(exit_status(report), ExitStatus::deviating) << deviation;
  }
}

TEST(Flaky, AFirstAnswerThatIsWrongIsAFinding) {
  const Report report = with("disorder.first-creation-500", "request.smallest/accepted");
  EXPECT_EQ(not_repeatable(report), std::vector<std::string>{"request.smallest/accepted"});
}

TEST(Flaky, AServersFaultThatComesBackDeviates) {
  const Report report = with("status.success-is-500", "request.smallest/accepted");
  ASSERT_EQ(report.checks.size(), 1u);
  EXPECT_EQ(report.checks.front().verdict, Verdict::deviating) << report.checks.front().message;
  EXPECT_EQ(exit_status(report), ExitStatus::deviating);
}

TEST(Flaky, TheHonestMockIsNeverCalledSo) {
  EXPECT_TRUE(not_repeatable(with("", "param.FlowLogName.*")).empty());
}

}  // namespace
}  // namespace flowlog::mutation
