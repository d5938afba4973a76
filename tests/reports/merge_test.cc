#include "reports/merge.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/json_node.h"
#include "reports/exit_status.h"
#include "reports/json.h"
#include "sample.h"

namespace flowlog {
namespace {

using testing::HasSubstr;
using Shards = std::vector<std::pair<std::string, Report>>;

// Every second check of the sample.
Report half(int which) {
  Report report = sample_report();
  report.shard = which == 1 ? "1/2" : "2/2";
  std::vector<CheckResult> mine;
  for (std::size_t i = 0; i < report.checks.size(); ++i) {
    if (static_cast<int>(i % 2) + 1 == which) mine.push_back(report.checks[i]);
  }
  report.checks = mine;
  report.requests = which == 1 ? 10 : 6;
  report.created = which;
  report.throttled = 1;
  report.seconds = which == 1 ? 12.5 : 3;
  tally_rows(report);
  return report;
}

std::string complaint(const Shards& shards) {
  try {
    merge(shards);
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

TEST(Merge, ShardsInAnyOrderGiveTheWholeRun) {
  Report whole = sample_report();
  whole.merged = 2;
  EXPECT_EQ(json(merge({{"a", half(1)}, {"b", half(2)}})), json(whole));
  EXPECT_EQ(json(merge({{"b", half(2)}, {"a", half(1)}})), json(whole));
}

TEST(Merge, AMissingShardIsNamedAndTheRunIsNotComplete) {
  const Report report = merge({{"a", half(1)}});
  EXPECT_FALSE(report.complete);
  EXPECT_EQ(report.trouble, "shard 2/2 is missing");
}

TEST(Merge, BesideADeviationAMissingShardIsANotice) {
  const Report report = merge({{"b", half(2)}});
  EXPECT_FALSE(report.complete);
  EXPECT_EQ(report.trouble, "");
  EXPECT_THAT(report.notices, testing::Contains("shard 1/2 is missing"));
}

TEST(Merge, OneShardCutShortMakesTheWholeIncomplete) {
  Report cut = half(2);
  cut.complete = false;
  EXPECT_FALSE(merge({{"a", half(1)}, {"b", cut}}).complete);
}

TEST(Merge, LeftoversAndTroubleOfAnyShardAreTold) {
  Report bad = half(2);
  bad.leftover.push_back({"default", "fl-9", "vpc-1", "n", "r"});
  bad.trouble = "refused";
  const Report report = merge({{"a", half(1)}, {"b", bad}});
  EXPECT_EQ(report.leftover.size(), 1U);
  // The deviations of the other shard are proven all the same.
  EXPECT_THAT(report.notices, testing::Contains("shard 2/2 (b): refused"));
  EXPECT_EQ(exit_status(report), ExitStatus::left_behind);
  bad.leftover.clear();
  EXPECT_EQ(exit_status(merge({{"a", half(1)}, {"b", bad}})), ExitStatus::deviating);
}

// As when the endpoint is down: the job that merges has to say so, and not that shards overlap.
TEST(Merge, ShardsThatCouldNotBeginGiveOneReportThatSaysWhy) {
  const auto stopped = [](const std::string& shard, Verdict verdict) {
    Report report = half(1);
    report.shard = shard;
    report.trouble = "No answer";
    CheckResult check;
    check.id = "run.preflight";
    check.verdict = verdict;
    report.checks = {check};
    return report;
  };
  const Report report = merge({{"a", stopped("1/3", Verdict::inconclusive)},
                               {"b", stopped("2/3", Verdict::deviating)},
                               {"c", stopped("3/3", Verdict::inconclusive)}});
  ASSERT_EQ(report.checks.size(), 1U);
  EXPECT_EQ(name(report.checks[0].verdict), name(Verdict::deviating));
  EXPECT_THAT(report.notices,
              testing::Contains("shard 1/3 (a), shard 2/3 (b), shard 3/3 (c): No answer"));
}

// Without a deviation there is no verdict on a whole of which a part is missing.
TEST(Merge, WhatIsMissingOrInterruptedLeavesNoVerdict) {
  Report good = half(1);
  for (CheckResult& check : good.checks) check.verdict = Verdict::conformant;
  const Report alone = merge({{"a", good}});
  EXPECT_EQ(exit_status(alone), ExitStatus::no_verdict);
  EXPECT_EQ(verdict_line(alone), "NO VERDICT: shard 2/2 is missing");
  Report cut = half(2);
  for (CheckResult& check : cut.checks) check.verdict = Verdict::conformant;
  cut.complete = false;
  cut.planned = 9;
  const Report whole = merge({{"a", good}, {"b", cut}});
  EXPECT_EQ(exit_status(whole), ExitStatus::no_verdict);
  EXPECT_THAT(verdict_line(whole),
              HasSubstr("shard 2/2 (b) was interrupted, with 3 of 9 checks judged"));
}

TEST(Merge, RefusesWhatIsNotOneRun) {
  EXPECT_THAT(complaint({}), HasSubstr("no report to merge"));
  EXPECT_THAT(complaint({{"a", half(1)}, {"b", half(1)}}), HasSubstr("a and b are both shard 1/2"));
  Report other = half(2);
  other.seed = "8";
  EXPECT_THAT(complaint({{"a", half(1)}, {"b", other}}),
              HasSubstr("the seed is \"7\" in one and \"8\" in the other"));
  other = half(2);
  other.program_version = "9.9.9";
  EXPECT_THAT(complaint({{"a", half(1)}, {"b", other}}), HasSubstr("the program's version"));
  other = half(2);
  other.endpoint = "http://elsewhere";
  EXPECT_THAT(complaint({{"a", half(1)}, {"b", other}}), HasSubstr("the endpoint"));
  other = half(2);
  other.shard = "2/3";
  EXPECT_THAT(complaint({{"a", half(1)}, {"b", other}}), HasSubstr("b is shard 2/3"));
  other = half(1);
  other.shard = "2/2";
  EXPECT_THAT(complaint({{"a", half(1)}, {"b", other}}), HasSubstr("both hold"));
}

TEST(Merge, EmbeddedMocksMayStandOnDifferentPorts) {
  Report a = half(1);
  Report b = half(2);
  a.embedded = b.embedded = true;
  b.endpoint = "http://127.0.0.1:9";
  EXPECT_EQ(merge({{"a", a}, {"b", b}}).checks.size(), 7U);
}

}  // namespace
}  // namespace flowlog
