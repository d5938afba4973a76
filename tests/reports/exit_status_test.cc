#include "reports/exit_status.h"

#include <gtest/gtest.h>

#include "sample.h"

namespace flowlog {
namespace {

Report with(Verdict verdict) {
  Report report = clean_report();
  report.checks.push_back(report.checks.front());
  report.checks.back().id = "another";
  report.checks.back().verdict = verdict;
  return report;
}

TEST(ExitStatus, FindingsSkipsAndKnownDeviationsAreAllowed) {
  for (const Verdict verdict :
       {Verdict::conformant, Verdict::finding, Verdict::skipped, Verdict::known}) {
    EXPECT_EQ(exit_status(with(verdict)), ExitStatus::conformant) << name(verdict);
  }
}

TEST(ExitStatus, ADeviationCountsMoreThanWhatIsInconclusive) {
  Report report = with(Verdict::inconclusive);
  EXPECT_EQ(exit_status(report), ExitStatus::no_verdict);
  report.checks.front().verdict = Verdict::deviating;
  EXPECT_EQ(exit_status(report), ExitStatus::deviating);
}

TEST(ExitStatus, AStrictRunFailsOnAFinding) {
  Report report = with(Verdict::finding);
  report.strict = true;
  EXPECT_EQ(exit_status(report), ExitStatus::deviating);
  EXPECT_EQ(verdict_line(report), "DEVIATING: 1 finding counts (--strict)");
}

TEST(ExitStatus, ARunThatJudgedNothingIsNeverGreen) {
  Report report = clean_report();
  report.checks.front().verdict = Verdict::skipped;
  EXPECT_EQ(exit_status(report), ExitStatus::no_verdict);
  EXPECT_EQ(verdict_line(report), "NO VERDICT: nothing was checked: 1 check skipped, 0 run");
  report.checks.clear();
  EXPECT_EQ(exit_status(report), ExitStatus::no_verdict);
  EXPECT_EQ(verdict_line(report), "NO VERDICT: nothing was checked");
}

TEST(ExitStatus, TroubleCountsMoreThanDeviations) {
  Report report = with(Verdict::deviating);
  report.trouble = "the endpoint refuses the key";
  EXPECT_EQ(exit_status(report), ExitStatus::no_verdict);
  EXPECT_EQ(verdict_line(report), "NO VERDICT: the endpoint refuses the key");
}

TEST(ExitStatus, WhatIsLeftBehindCountsMoreThanDeviationsButBothAreTold) {
  Report report = with(Verdict::deviating);
  report.leftover.emplace_back();
  EXPECT_EQ(exit_status(report), ExitStatus::left_behind);
  EXPECT_EQ(verdict_line(report),
            "LEFT BEHIND: 1 flow log could not be deleted; "
            "1 of 2 checks deviates from CreateFlowLog 2020-04-01");
}

TEST(ExitStatus, AnInterruptedRunSaysSoFirst) {
  Report report = with(Verdict::conformant);
  report.complete = false;
  report.leftover.resize(2);
  EXPECT_EQ(exit_status(report), ExitStatus::interrupted);
  EXPECT_EQ(verdict_line(report),
            "INTERRUPTED: the run ended early, with 2 of 2 checks judged; "
            "2 flow logs could not be deleted");
}

TEST(ExitStatus, AStaleKnownDeviationFailsTheRun) {
  Report report = clean_report();
  report.stale.push_back({"a", "expired"});
  EXPECT_EQ(exit_status(report), ExitStatus::deviating);
  EXPECT_EQ(verdict_line(report), "DEVIATING: 1 known-deviations entry is stale");
}

TEST(ExitStatus, AGreenRunCountsWhatConforms) {
  EXPECT_EQ(verdict_line(clean_report()),
            "CONFORMANT: 1 of 1 check judged; 1 conforms to CreateFlowLog 2020-04-01");
  EXPECT_EQ(verdict_line(with(Verdict::skipped)),
            "CONFORMANT: 1 of 2 checks judged, 1 skipped; 1 conforms to CreateFlowLog 2020-04-01");
}

TEST(ExitStatus, LessThanWhatIsRequiredIsNoVerdict) {
  Report report = with(Verdict::skipped);
  for (const char* met : {"50%", "49.9%", "1"}) {
    report.require = met;
    EXPECT_EQ(exit_status(report), ExitStatus::conformant) << met;
  }
  for (const char* missed : {"90%", "100%", "51%", "2"}) {
    report.require = missed;
    EXPECT_EQ(exit_status(report), ExitStatus::no_verdict) << missed;
  }
  EXPECT_EQ(verdict_line(report),
            "NO VERDICT: 1 of 2 checks judged, 1 skipped; 2 required (--require)");
  report.checks.front().verdict = Verdict::deviating;
  EXPECT_EQ(exit_status(report), ExitStatus::deviating);
}

TEST(ExitStatus, ARequirementIsAShareOrANumber) {
  for (const char* good : {"90%", "99.5%", "100%", "1", "500"}) {
    EXPECT_EQ(fault_of_requirement(good), "") << good;
  }
  for (const char* bad : {"", "0", "0%", "101%", "-1", "nan%", "1.5", "90 %", "all", "%", "1e99"}) {
    EXPECT_NE(fault_of_requirement(bad), "") << bad;
  }
}

TEST(ExitStatus, SpeaksChinese) {
  EXPECT_EQ(verdict_line(with(Verdict::deviating), "zh"),
            "偏离：2 项检查中有 1 项偏离 CreateFlowLog 2020-04-01");
}

TEST(ExitStatus, ExitStatusesAreTheDocumentedOnes) {
  EXPECT_EQ(static_cast<int>(ExitStatus::conformant), 0);
  EXPECT_EQ(static_cast<int>(ExitStatus::deviating), 1);
  EXPECT_EQ(static_cast<int>(ExitStatus::no_verdict), 3);
  EXPECT_EQ(static_cast<int>(ExitStatus::left_behind), 4);
  EXPECT_EQ(static_cast<int>(ExitStatus::interrupted), 130);
}

TEST(ExitStatus, TroubleCountsMoreThanWhatIsLeftBehind) {
  Report report = with(Verdict::inconclusive);
  report.trouble = "the endpoint stopped answering";
  report.leftover.emplace_back();
  EXPECT_EQ(exit_status(report), ExitStatus::no_verdict);
}

}  // namespace
}  // namespace flowlog
