#include "mutation/mock_run.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "reports/exit_status.h"
#include "specs/load.h"

namespace flowlog::mutation {
namespace {

constexpr const char* kOverMax = "param.FlowLogName.length/over-max";

const CheckResult& check_of(const Report& report, const std::string& id) {
  return *std::ranges::find(report.checks, id, &CheckResult::id);
}

std::string value_sent(const Evidence& evidence, const std::string& name) {
  for (const auto& [key, value] : evidence.params) {
    if (key == name) return value;
  }
  return "(none)";
}

SuiteSettings only(const std::string& glob) {
  SuiteSettings settings;
  settings.only = {glob};
  return settings;
}

Service allowing_129() {
  Service service = built_in_service();
  for (Parameter& parameter : service.contract_to_change().parameters) {
    for (Rule& rule : parameter.rules) {
      if (rule.address == "FlowLogName/length") rule.max = 129;
    }
  }
  return service;
}

TEST(Sitting, AccusesNoHonestMock) {
  EXPECT_EQ(exit_status(run_on_mock({}, only("param.FlowLogName.length/*"))),
            ExitStatus::conformant);
}

TEST(Sitting, CatchesALimitThatIsOneTooHigh) {
  const Service served = allowing_129();
  const Report report = run_on_mock({.served = &served}, only(kOverMax));
  EXPECT_EQ(check_of(report, kOverMax).verdict, Verdict::deviating);
  EXPECT_EQ(exit_status(report), ExitStatus::deviating);
  EXPECT_TRUE(report.leftover.empty());
}

TEST(Sitting, RepeatsItselfTwentyTimesAtAnyConcurrency) {
  const Service served = allowing_129();
  SuiteSettings settings = only("param.FlowLogName.length/*");
  const Report first = run_on_mock({.served = &served}, settings);
  for (int i = 0; i < 20; ++i) {
    settings.concurrency = 1 + i % 8;
    const Report again = run_on_mock({.served = &served}, settings);
    EXPECT_EQ(verdicts(again), verdicts(first));
    EXPECT_EQ(value_sent(*check_of(again, kOverMax).example, "FlowLogName"),
              value_sent(*check_of(first, kOverMax).example, "FlowLogName"));
  }
}

TEST(Sitting, IsNeverGreenWhereNothingWasSelected) {
  EXPECT_EQ(exit_status(run_on_mock({}, only("no.such/check"))), ExitStatus::no_verdict);
}

TEST(Sitting, IsNeverGreenWhereEverythingIsRefusedAlike) {
  const Report report = run_on_mock({.deviation = "row.every-error-is-500"}, only("error.*"));
  EXPECT_NE(exit_status(report), ExitStatus::conformant);
}

}  // namespace
}  // namespace flowlog::mutation
