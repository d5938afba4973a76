#include "reports/cause.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sample.h"

namespace flowlog {
namespace {

using testing::ElementsAre;

CheckResult deviating(std::string id, std::string message, std::string observed) {
  CheckResult check;
  check.id = std::move(id);
  check.verdict = Verdict::deviating;
  check.message = std::move(message);
  check.observed = std::move(observed);
  return check;
}

std::vector<std::size_t> sizes(const std::vector<Cause>& causes) {
  std::vector<std::size_t> out;
  for (const Cause& cause : causes) out.push_back(cause.checks.size());
  return out;
}

TEST(Causes, OneMeaningAndOneCodeIsOneCause) {
  Report report;
  report.checks = {
      deviating("a.b/x", "Refused.", R"(HTTP 400 A.B: no, RequestId "1")"),
      deviating("a.b/y", "Refused.", R"(HTTP 400 C.D: no, RequestId "2")"),
      deviating("a.c/z", "Refused.", R"(HTTP 400 C.D: not so, RequestId "3")"),
      deviating("a.d/z", "Accepted.", R"(HTTP 200, a success, FlowLogId "fl-1", RequestId "4")"),
      deviating("a.e/z", "Accepted.", R"(HTTP 201, a success, FlowLogId "fl-2", RequestId "5")")};
  const auto found = causes(report, Verdict::deviating);
  EXPECT_THAT(sizes(found), ElementsAre(2, 2, 1));
  EXPECT_EQ(found[0].text, "Refused. · HTTP 400 C.D");
  EXPECT_EQ(found[1].text, "Accepted.");
  EXPECT_EQ(found[0].checks[0], &report.checks[1]);
  EXPECT_THAT(group_of(found[0]).where, ElementsAre("a.b/y", "a.c/z"));
}

TEST(Causes, TheOneWithMostChecksComesFirst) {
  Report report;
  report.checks = {deviating("a/1", "Rare.", ""), deviating("a/2", "Usual.", ""),
                   deviating("a/3", "Usual.", ""), deviating("a/4", "As rare.", "")};
  const auto found = causes(report, Verdict::deviating);
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0].text, "Usual.");
  EXPECT_EQ(found[1].text, "Rare.");
  EXPECT_EQ(found[2].text, "As rare.");
}

CheckResult finding(std::string id, std::string message, std::vector<std::string> rows) {
  CheckResult check = deviating(std::move(id), std::move(message), "");
  check.verdict = Verdict::finding;
  check.rows = std::move(rows);
  return check;
}

TEST(Causes, WhatAClientMeetsComesBeforeWhatThePageContradictsAndWhereItIsSilent) {
  Report report;
  report.checks = {finding("param.A.length/empty", "Silent.", {"parameters/A", "gaps/empty"}),
                   finding("param.B.length/empty", "Silent.", {"parameters/B", "gaps/empty"}),
                   finding("param.A.edges/blank", "Contradictory.", {"contradictions/edges"}),
                   finding("error.A.B/x", "Other words.", {"errors/1"}),
                   finding("wire.request/form", "Not read.", {"gaps/method"})};
  const auto found = causes(report, Verdict::finding);
  ASSERT_EQ(found.size(), 4U);
  EXPECT_EQ(found[0].text, "Not read.");
  EXPECT_EQ(found[1].text, "Other words.");
  EXPECT_EQ(found[2].text, "Contradictory.");
  EXPECT_EQ(found[3].text, "Silent.");
  EXPECT_EQ(found[3].checks.size(), 2U);
}

TEST(Causes, AStrictRunFailsForItsFindingsToo) {
  Report report = sample_report();
  EXPECT_THAT(sizes(failures(report)), ElementsAre(1));
  report.strict = true;
  EXPECT_THAT(sizes(failures(report)), ElementsAre(1, 1));
}

TEST(Causes, EveryCheckOfTheVerdictHasOne) {
  const Report report = hostile_report();
  for (const Verdict verdict : {Verdict::conformant, Verdict::deviating, Verdict::skipped}) {
    std::size_t n = 0;
    for (const Cause& cause : causes(report, verdict)) n += cause.checks.size();
    EXPECT_EQ(n, static_cast<std::size_t>(report.totals()[verdict]));
  }
}

TEST(Causes, WhatBreaksNoClientAndWhatHardlyAnyoneSendsComesLast) {
  Report report;
  report.checks = {finding("wire.request/go.json", "A body is read.", {"gaps/method"}),
                   finding("param.A.first/grey-symbol", "Refused.", {"gaps/characters"}),
                   finding("param.B.first/grey-symbol", "Refused.", {"gaps/characters"}),
                   finding("param.A.length/empty", "Silent.", {"gaps/empty"}),
                   finding("wire.request/java.json", "A body is refused.", {"gaps/method"})};
  report.checks[0].example.emplace().status = 200;
  report.checks[4].example.emplace().status = 400;
  const auto found = causes(report, Verdict::finding);
  ASSERT_EQ(found.size(), 4U);
  EXPECT_EQ(found[0].text, "A body is refused.");
  EXPECT_EQ(found[1].text, "Silent.");
  EXPECT_EQ(found[2].text, "Refused.");
  EXPECT_EQ(found[3].text, "A body is read.");
}

TEST(Causes, OneWeighsWhatItsGravestCheckDoes) {
  Report report;
  report.checks = {finding("param.A.first/grey-symbol", "Refused.", {"gaps/characters"}),
                   finding("param.A.index/text", "Other.", {"gaps/index"}),
                   finding("param.A.edges/blank", "Refused.", {"contradictions/edges"})};
  const auto found = causes(report, Verdict::finding);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].text, "Refused.");
  EXPECT_EQ(found[0].weight, Weight::contradiction);
}

}  // namespace
}  // namespace flowlog
