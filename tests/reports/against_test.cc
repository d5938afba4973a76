#include "reports/against.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "sample.h"

namespace flowlog {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* kId = "a/b";

Report of(Verdict verdict, int status, const std::string& code, const std::string& request_id) {
  Report report = clean_report();
  report.checks.clear();
  report.rows.resize(1);
  report.rows[0].id = "errors/7";
  CheckResult check;
  check.id = kId;
  check.title = {"<b> must be refused", "应被拒绝"};
  check.rows = {"errors/7"};
  check.verdict = verdict;
  check.observed = "HTTP 400, RequestId \"" + request_id + "\"";
  Evidence example;
  example.status = status;
  example.request_id = request_id;
  example.body =
      nlohmann::json{{"ResponseMetadata", {{"RequestId", request_id}, {"Error", {{"Code", code}}}}}}
          .dump();
  check.example = example;
  report.checks.push_back(check);
  tally_rows(report);
  return report;
}

const Report kFirst = of(Verdict::conformant, 400, "InvalidX", "request-1");

TEST(AgainstReport, IsTheSameWhereIdsAloneDiffer) {
  const Against same = against(kFirst, of(Verdict::conformant, 400, "InvalidX", "request-2"), {});
  EXPECT_FALSE(same.differs());
  EXPECT_EQ(same.compared, 1U);
  EXPECT_THAT(text(same, {}, 0),
              HasSubstr("SAME: 1 check came to the same at both (exit status 0)\n"));
}

TEST(AgainstReport, TellsTheRowWhereVerdictsDiffer) {
  const Against other = against(kFirst, of(Verdict::deviating, 200, "", "request-2"), {});
  ASSERT_EQ(other.rows.size(), 1U);
  EXPECT_EQ(other.rows[0].id, "errors/7");
  EXPECT_EQ(other.rows[0].first, Verdict::conformant);
  EXPECT_EQ(other.rows[0].second, Verdict::deviating);
  EXPECT_EQ(other.rows[0].checks, std::vector<std::string>{kId});
  const std::string told = text(other, {}, 1);
  EXPECT_THAT(told, HasSubstr("row errors/7: conformant / deviating"));
  EXPECT_THAT(told, HasSubstr("DIFFERENT: 1 row and 1 of 1 check differ (exit status 1)\n"));
}

TEST(AgainstReport, TellsTwoLawfulAnswersApartUnlessOnlyVerdictsCount) {
  const Report chosen_otherwise = of(Verdict::conformant, 400, "MissingParameter", "request-2");
  EXPECT_TRUE(against(kFirst, chosen_otherwise, {}).differs());
  EXPECT_FALSE(against(kFirst, chosen_otherwise, {kId}).differs());
}

TEST(AgainstReport, ComparesNothingThatWasJudgedAtOneOnly) {
  for (const Verdict verdict : {Verdict::skipped, Verdict::inconclusive}) {
    const Against once = against(kFirst, of(verdict, 400, "InvalidX", "request-2"), {});
    EXPECT_FALSE(once.differs());
    EXPECT_EQ(once.compared, 0U);
    EXPECT_EQ(once.judged_once, std::vector<std::string>{kId});
    EXPECT_THAT(text(once, {}, 3), HasSubstr("NOT COMPARED: "));
    EXPECT_THAT(text(once, {}, 3), Not(HasSubstr("SAME: ")));
    EXPECT_THAT(html(once, "en"), HasSubstr("1 check judged at one of them only:"));
    EXPECT_THAT(html(once, "en"), HasSubstr("<li>a/b</li>"));
    EXPECT_THAT(html(once, "zh"), HasSubstr("1 项检查仅在一处得到判定："));
  }
}

TEST(AgainstReport, IsJsonAndAPageWithoutMarkupOfOthers) {
  const Against other = against(kFirst, of(Verdict::deviating, 200, "", "request-2"), {});
  const auto read = nlohmann::json::parse(json(other));
  EXPECT_EQ(read["differs"], true);
  EXPECT_EQ(read["rows"][0]["id"], "errors/7");
  EXPECT_EQ(read["rows"][0]["second"], "deviating");
  EXPECT_EQ(read["checks"][0]["first"]["verdict"], "conformant");
  const std::string page = html(other, "zh");
  EXPECT_THAT(page, HasSubstr("errors/7"));
  EXPECT_THAT(page, HasSubstr("偏离"));
  EXPECT_THAT(html(other, "en"), Not(HasSubstr("<b>")));
}

}  // namespace
}  // namespace flowlog
