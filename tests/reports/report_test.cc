#include "reports/report.h"

#include <gtest/gtest.h>

namespace flowlog {
namespace {

constexpr Verdict kByWeight[] = {Verdict::skipped, Verdict::conformant,   Verdict::finding,
                                 Verdict::known,   Verdict::inconclusive, Verdict::deviating};

CheckResult check(std::string id, Verdict verdict, std::vector<std::string> rows) {
  CheckResult c;
  c.id = std::move(id);
  c.verdict = verdict;
  c.rows = std::move(rows);
  return c;
}

TEST(Report, ReadsEveryVerdictBackFromItsName) {
  for (const Verdict verdict : kByWeight) EXPECT_EQ(parse_verdict(name(verdict)), verdict);
  EXPECT_EQ(name(Verdict::inconclusive), "inconclusive");
  EXPECT_EQ(parse_verdict("Deviating"), std::nullopt);
  EXPECT_EQ(parse_verdict(""), std::nullopt);
}

TEST(Report, WorseIsTheMoreTellingWhateverTheOrder) {
  for (std::size_t i = 0; i < 6; ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      EXPECT_EQ(worse(kByWeight[i], kByWeight[j]), kByWeight[i]);
      EXPECT_EQ(worse(kByWeight[j], kByWeight[i]), kByWeight[i]);
    }
  }
}

TEST(Report, TotalsHoldEveryVerdictAlsoTheAbsent) {
  Report report;
  report.checks = {check("a", Verdict::deviating, {}), check("b", Verdict::deviating, {}),
                   check("c", Verdict::skipped, {})};
  const std::map<Verdict, int> expected = {{Verdict::conformant, 0}, {Verdict::deviating, 2},
                                           {Verdict::finding, 0},    {Verdict::known, 0},
                                           {Verdict::skipped, 1},    {Verdict::inconclusive, 0}};
  EXPECT_EQ(report.totals(), expected);
}

TEST(Report, ARowTakesTheWorstVerdictOfItsChecks) {
  Report report;
  report.checks = {check("a", Verdict::conformant, {"errors/7"}),
                   check("b", Verdict::deviating, {"errors/7", "errors/8"}),
                   check("c", Verdict::skipped, {"errors/8"})};
  report.rows.resize(3);
  report.rows[0].id = "errors/7";
  report.rows[1].id = "errors/8";
  report.rows[2].id = "errors/9";
  tally_rows(report);
  EXPECT_EQ(report.rows[0].verdict, Verdict::deviating);
  EXPECT_EQ(report.rows[0].checks, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(report.rows[1].verdict, Verdict::deviating);
  EXPECT_EQ(report.rows[2].verdict, Verdict::skipped);
  EXPECT_TRUE(report.rows[2].checks.empty());
}

TEST(Report, TallyingAgainChangesNothing) {
  Report report;
  report.checks = {check("a", Verdict::finding, {"notes/quota", "notes/quota"})};
  report.rows.resize(1);
  report.rows[0].id = "notes/quota";
  tally_rows(report);
  tally_rows(report);
  EXPECT_EQ(report.rows[0].checks, (std::vector<std::string>{"a"}));
  EXPECT_EQ(report.rows[0].verdict, Verdict::finding);
}

}  // namespace
}  // namespace flowlog
