#include "score/sitting.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "reports/ending.h"
#include "specs/load.h"

namespace flowlog::score {
namespace {

constexpr const char* kOverMax = "param.FlowLogName.length/over-max";

const CheckResult& check_of(const Report& report, const std::string& id) {
  return *std::ranges::find(report.checks, id, &CheckResult::id);
}

std::string sent(const Evidence& evidence, const std::string& name) {
  for (const auto& [key, value] : evidence.params) {
    if (key == name) return value;
  }
  return "(none)";
}

Sight only(const std::string& glob) {
  Sight sight;
  sight.only = {glob};
  return sight;
}

Api allowing_129() {
  Api api = built_in_api();
  for (Parameter& parameter : api.create.parameters) {
    for (Rule& rule : parameter.rules) {
      if (rule.address == "FlowLogName/length") rule.max = 129;
    }
  }
  return api;
}

TEST(Sitting, AccusesNoHonestMock) {
  EXPECT_EQ(ending(sit({}, only("param.FlowLogName.length/*"))), Ending::conformant);
}

TEST(Sitting, CatchesALimitThatIsOneTooHigh) {
  const Api served = allowing_129();
  const Report report = sit({.served = &served}, only(kOverMax));
  EXPECT_EQ(check_of(report, kOverMax).verdict, Verdict::deviating);
  EXPECT_EQ(ending(report), Ending::deviating);
  EXPECT_TRUE(report.leftover.empty());
}

TEST(Sitting, RepeatsItselfTwentyTimesAtAnyConcurrency) {
  const Api served = allowing_129();
  Sight sight = only("param.FlowLogName.length/*");
  const Report first = sit({.served = &served}, sight);
  for (int i = 0; i < 20; ++i) {
    sight.concurrency = 1 + i % 8;
    const Report again = sit({.served = &served}, sight);
    EXPECT_EQ(verdicts(again), verdicts(first));
    EXPECT_EQ(sent(*check_of(again, kOverMax).example, "FlowLogName"),
              sent(*check_of(first, kOverMax).example, "FlowLogName"));
  }
}

TEST(Sitting, IsNeverGreenWhereNothingWasSelected) {
  EXPECT_EQ(ending(sit({}, only("no.such/check"))), Ending::no_verdict);
}

TEST(Sitting, IsNeverGreenWhereEverythingIsRefusedAlike) {
  const Report report = sit({.deviation = "row.every-error-is-500"}, only("error.*"));
  EXPECT_NE(ending(report), Ending::conformant);
}

}  // namespace
}  // namespace flowlog::score
