#include "reports/known.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/json_node.h"
#include "reports/exit_status.h"
#include "sample.h"

namespace flowlog {
namespace {

using testing::AllOf;
using testing::HasSubstr;

constexpr const char* kDeviating = "param.FlowLogName.length/over-max";

Known known(const std::string& check, const std::string& expires = "2026-12-31") {
  return parse_known(
      fmt::format(
          R"({{"known":[{{"check":"{}","reason":"being fixed","ticket":"VPC-1","expires":"{}"}}]}})",
          check, expires),
      "known.json");
}

std::string known_complaint(const std::string& text) {
  try {
    parse_known(text, "known.json");
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

TEST(Known, AListedDeviationNoLongerFailsTheRun) {
  Report report = sample_report();
  apply(known(kDeviating), "2026-11-25", report);
  EXPECT_EQ(report.checks[1].verdict, Verdict::known);
  EXPECT_EQ(report.checks[1].known, "being fixed (VPC-1, until 2026-12-31)");
  EXPECT_TRUE(report.stale.empty());
  for (const RowResult& row : report.rows) EXPECT_NE(row.verdict, Verdict::deviating) << row.id;
}

TEST(Known, AnEntryWhoseCheckConformsFailsTheRun) {
  Report report = clean_report();
  apply(known("param.TrafficType.values/valid"), "2026-11-25", report);
  ASSERT_EQ(report.stale.size(), 1U);
  EXPECT_EQ(report.stale[0].sentence,
            "known.json: param.TrafficType.values/valid (VPC-1) no longer deviates; "
            "remove its entry");
  EXPECT_EQ(exit_status(report), ExitStatus::deviating);
}

TEST(Known, AnExpiredEntryFailsTheRunAndHidesNothing) {
  Report report = sample_report();
  apply(known(kDeviating, "2026-11-24"), "2026-11-25", report);
  EXPECT_EQ(report.checks[1].verdict, Verdict::deviating);
  ASSERT_EQ(report.stale.size(), 1U);
  EXPECT_THAT(report.stale[0].sentence, HasSubstr("expired on 2026-11-24"));
}

TEST(Known, TheLastDayStillCounts) {
  Report report = sample_report();
  apply(known(kDeviating, "2026-11-25"), "2026-11-25", report);
  EXPECT_EQ(report.checks[1].verdict, Verdict::known);
}

TEST(Known, ACheckThatWasNotJudgedIsNoProofOfAnything) {
  Report report = sample_report();
  apply(known("error.UnsupportedOperation/arrears"), "2026-11-25", report);
  EXPECT_TRUE(report.stale.empty());
  apply(known("error.InvalidVpc.InvalidStatus/vpc_invalid_status"), "2026-11-25", report);
  EXPECT_TRUE(report.stale.empty());
  apply(known("not.in/this-run"), "2026-11-25", report);
  EXPECT_TRUE(report.stale.empty());
}

TEST(Known, AFindingIsCoveredWhereItWouldFail) {
  Report report = sample_report();
  apply(known("param.FlowLogName.required/left-out"), "2026-11-25", report);
  EXPECT_EQ(report.checks[2].verdict, Verdict::finding);
  report.strict = true;
  apply(known("param.FlowLogName.required/left-out"), "2026-11-25", report);
  EXPECT_EQ(report.checks[2].verdict, Verdict::known);
}

TEST(Known, AFileMadeFromAReportCoversItsDeviations) {
  Report report = sample_report();
  const std::string file = known_file(report, "2026-12-25", "VPC-9");
  const Known made = parse_known(file, "known.json");
  ASSERT_EQ(made.entries.size(), 2U);  // the deviation, and the one known before
  EXPECT_EQ(made.entries[0].check, kDeviating);
  EXPECT_EQ(made.entries[0].reason, "The endpoint takes a name longer than the page allows.");
  EXPECT_EQ(made.entries[0].ticket, "VPC-9");
  apply(made, "2026-11-25", report);
  EXPECT_EQ(report.totals()[Verdict::deviating], 0);
  EXPECT_TRUE(report.stale.empty());
}

TEST(Known, AFileMadeFromHostileTextReadsBack) {
  Report report = hostile_report();
  EXPECT_NO_THROW(parse_known(known_file(report, "2026-12-25", "VPC-9"), "known.json"));
}

TEST(Known, RefusesWhatIsNotWholeOrNotExact) {
  const auto with = [](const std::string& entry) {
    return known_complaint("{\"known\":[" + entry + "]}");
  };
  EXPECT_THAT(known_complaint("{"), HasSubstr("known.json"));
  EXPECT_THAT(known_complaint(R"({"know":[]})"), HasSubstr("did you mean \"known\"?"));
  EXPECT_THAT(with(R"({"check":"a/b","reason":"r","ticket":"t"})"), HasSubstr("expires"));
  EXPECT_THAT(with(R"({"check":"a/b","reason":"","ticket":"t","expires":"2026-12-31"})"),
              HasSubstr("/known/0/reason"));
  EXPECT_THAT(with(R"({"check":"a/*","reason":"r","ticket":"t","expires":"2026-12-31"})"),
              HasSubstr("patterns are not taken"));
  for (const char* day : {"2026-02-30", "2026-13-01", "31.12.2026", "2026-1-1", "soon"}) {
    EXPECT_THAT(
        with(fmt::format(R"({{"check":"a/b","reason":"r","ticket":"t","expires":"{}"}})", day)),
        AllOf(HasSubstr("/known/0/expires"), HasSubstr("a day such as")))
        << day;
  }
  EXPECT_THAT(with(R"({"check":"a/b","reason":"r","ticket":"t","expires":"2026-12-31"},)"
                   R"({"check":"a/b","reason":"r","ticket":"t","expires":"2026-12-31"})"),
              HasSubstr("listed twice"));
  EXPECT_THAT(with(R"({"check":"a/b","reason":"r","tickets":"t","expires":"2026-12-31"})"),
              HasSubstr("did you mean \"ticket\"?"));
}

TEST(Known, AnIdThatNoCheckHasIsNamedWithTheNearest) {
  try {
    require_known_ids(known("param.FlowLogName.length/over-mx"), {"a/b", kDeviating});
    FAIL();
  } catch (const InputError& error) {
    EXPECT_STREQ(error.what(),
                 "known.json: there is no check \"param.FlowLogName.length/over-mx\"; did you mean "
                 "\"param.FlowLogName.length/over-max\"?");
  }
  EXPECT_NO_THROW(require_known_ids(known(kDeviating), {kDeviating}));
}

}  // namespace
}  // namespace flowlog
