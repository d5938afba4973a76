#include "reports/diff.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sample.h"

namespace flowlog {
namespace {

using testing::HasSubstr;

Report of(std::optional<Verdict> verdict) {
  Report report = clean_report();
  report.checks.clear();
  report.rows.resize(1);
  report.rows[0].id = "errors/7";
  if (verdict) {
    CheckResult check;
    check.id = "a/b";
    check.rows = {"errors/7"};
    check.verdict = *verdict;
    check.observed = "200";
    report.checks.push_back(check);
  }
  tally_rows(report);
  return report;
}

// How check a/b turned, or nothing.
std::optional<Turn> turn(std::optional<Verdict> before, std::optional<Verdict> after) {
  const Diff d = diff(of(before), of(after));
  if (d.checks.empty()) return std::nullopt;
  return d.checks[0].turn;
}

TEST(Diff, SaysWhatGotWorse) {
  EXPECT_EQ(turn(Verdict::conformant, Verdict::deviating), Turn::worse);
  EXPECT_EQ(turn(Verdict::conformant, Verdict::finding), Turn::worse);
  EXPECT_EQ(turn(Verdict::conformant, Verdict::inconclusive), Turn::worse);
  EXPECT_EQ(turn(Verdict::known, Verdict::deviating), Turn::worse);
}

TEST(Diff, SaysWhatGotBetter) {
  EXPECT_EQ(turn(Verdict::deviating, Verdict::conformant), Turn::better);
  EXPECT_EQ(turn(Verdict::finding, Verdict::conformant), Turn::better);
  EXPECT_EQ(turn(Verdict::deviating, Verdict::known), Turn::better);
}

TEST(Diff, SaysWhatCameWentOrIsNoLongerJudged) {
  EXPECT_EQ(turn(std::nullopt, Verdict::conformant), Turn::fresh);
  EXPECT_EQ(turn(std::nullopt, Verdict::deviating), Turn::fresh);
  EXPECT_EQ(turn(Verdict::skipped, Verdict::deviating), Turn::judged);
  EXPECT_EQ(turn(Verdict::conformant, std::nullopt), Turn::gone);
  EXPECT_EQ(turn(Verdict::conformant, Verdict::skipped), Turn::unjudged);
  EXPECT_EQ(turn(Verdict::deviating, Verdict::skipped), Turn::unjudged);
  EXPECT_EQ(turn(Verdict::skipped, Verdict::conformant), Turn::judged);
  EXPECT_EQ(turn(Verdict::deviating, Verdict::deviating), std::nullopt);
}

TEST(Diff, IsWorseOnlyWhenSomethingIs) {
  EXPECT_TRUE(diff(of(Verdict::conformant), of(Verdict::deviating)).worse());
  EXPECT_FALSE(diff(of(Verdict::deviating), of(Verdict::conformant)).worse());
  EXPECT_FALSE(diff(of(Verdict::conformant), of(Verdict::skipped)).worse());
  EXPECT_FALSE(diff(of(Verdict::conformant), of(std::nullopt)).worse());
  EXPECT_FALSE(diff(of(Verdict::deviating), of(Verdict::deviating)).worse());
}

TEST(Diff, RowsTurnWithTheirChecks) {
  const Diff d = diff(of(Verdict::conformant), of(Verdict::deviating));
  ASSERT_EQ(d.rows.size(), 1U);
  EXPECT_EQ(d.rows[0].id, "errors/7");
  EXPECT_EQ(d.rows[0].turn, Turn::worse);
}

// A whole run beside one of a single check, both ways round.
TEST(Diff, WhatOnlyOneOfThemRanIsNeitherBetterNorWorse) {
  Report whole = of(Verdict::conformant);
  CheckResult other = whole.checks[0];
  other.id = "a/c";
  other.verdict = Verdict::deviating;
  whole.checks.push_back(other);
  tally_rows(whole);
  const Report single = of(Verdict::conformant);
  EXPECT_FALSE(diff(single, whole).worse());
  EXPECT_TRUE(diff(single, whole).rows.empty());
  EXPECT_FALSE(diff(whole, single).worse());
  EXPECT_TRUE(diff(whole, single).rows.empty());
  ASSERT_EQ(diff(whole, single).checks.size(), 1U);
  EXPECT_EQ(diff(whole, single).checks[0].turn, Turn::gone);
}

TEST(Diff, ReadsAsText) {
  Report after = of(Verdict::deviating);
  after.endpoint = "https://open.volcengineapi.com";
  EXPECT_EQ(text(diff(of(Verdict::conformant), after), Style()),
            "endpoint: http://127.0.0.1:18080 → https://open.volcengineapi.com\n"
            "\n"
            "Worse: 1 row, 1 check\n"
            "  row errors/7: conformant → deviating\n"
            "      TrafficType: String, required\n"
            "  check a/b: conformant → deviating\n"
            "      200\n"
            "\n"
            "WORSE: 1 row and 1 check turned\n");
  EXPECT_EQ(text(diff(after, after), Style()), "NOTHING TURNED: both runs came to the same\n");
}

TEST(Diff, TwoEmbeddedMocksAreOneEndpoint) {
  Report a = clean_report();
  Report b = clean_report();
  a.embedded = b.embedded = true;
  b.endpoint = "http://127.0.0.1:18081";
  EXPECT_TRUE(diff(a, b).differs.empty());
  b.complete = false;
  EXPECT_THAT(diff(a, b).differs, testing::ElementsAre("the later run was not complete"));
}

TEST(Diff, ShowsNoEscapesOfAServer) {
  const std::string shown = text(diff(sample_report(), hostile_report()), Style());
  EXPECT_THAT(shown, testing::Not(HasSubstr("\x1b")));
}

}  // namespace
}  // namespace flowlog
