#include "reports/console.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.h"
#include "golden.h"
#include "reports/exit_status.h"
#include "sample.h"

namespace flowlog {
namespace {

using testing::HasSubstr;
using testing::Not;

Intent intent() {
  Intent i;
  i.program_version = "0.1.0";
  i.endpoint = "http://127.0.0.1:18080";
  i.embedded = true;
  i.contract = "CreateFlowLog 2020-04-01 (page read 2026-11-25)";
  i.profile = "staging";
  i.region = "cn-beijing";
  i.seed = "7";
  i.checks = 7;
  i.rows = 8;
  i.requests = 20;
  i.creations = 3;
  i.max_requests = 5000;
  i.concurrency = 8;
  i.requests_per_second = 20;
  i.may_create = true;
  return i;
}

std::string last_line(const std::string& text) {
  const auto lines = split(text, '\n');
  return lines.size() < 2 ? "" : lines[lines.size() - 2];
}

TEST(Console, ASampleRunIsTheGoldenFile) {
  EXPECT_EQ(opening(intent(), Style()) + closing(sample_report(), Style(), 1, "conformance-report"),
            golden("console.txt"));
}

TEST(Console, ChineseOnATerminalIsTheGoldenFile) {
  Style style;
  style.say = "zh";
  style.width = 80;
  style.color = true;
  EXPECT_EQ(opening(intent(), style) + closing(sample_report(), style, 1, "out"),
            golden("console.zh.txt"));
}

TEST(Console, AGreenRunEndsInAFewLines) {
  EXPECT_EQ(
      closing(clean_report(), Style(), 0, "out"),
      "\n1 check: 1 conformant\n"
      "2 requests, 1 flow log created, 0 left behind, 12.5 s, seed 7\n"
      "Reports: out/report.html\n"
      "CONFORMANT: 1 of 1 check judged; 1 conforms to CreateFlowLog 2020-04-01 (exit status 0)\n");
}

TEST(Console, TheVerdictIsTheLastLineAndHoldsTheExitStatus) {
  Report report = sample_report();
  report.leftover.push_back({"default", "fl-9", "vpc-1", "conf-1", "409 each time"});
  EXPECT_THAT(
      last_line(closing(report, Style(), 4, "")),
      testing::AllOf(testing::StartsWith("LEFT BEHIND: "), testing::EndsWith("(exit status 4)")));
}

TEST(Console, SaysThatNothingWillBeCreated) {
  Intent i = intent();
  i.may_create = false;
  EXPECT_THAT(opening(i, Style()), HasSubstr("creations   none: may_create is false\n"));
}

TEST(Console, SaysWhatIsLeftBehindAndHowToDeleteIt) {
  Report report = clean_report();
  report.leftover.push_back({"default", "", "vpc-1", "conf-1", "the answer was lost"});
  EXPECT_THAT(closing(report, Style(), 4, ""),
              testing::AllOf(HasSubstr("flowlog-conformance sweep"),
                             HasSubstr("a flow log of unknown id on vpc-1")));
}

TEST(Console, GroupsSkipsByWhatTheyLack) {
  EXPECT_THAT(closing(sample_report(), Style(), 1, ""),
              HasSubstr("2 × account.arrears: name such an account"));
}

TEST(Console, AServerReachesNeitherTheTerminalNorTheCiSystem) {
  Style style;
  style.width = 60;
  Intent i = intent();
  i.endpoint = i.profile = hostile_text();
  const std::string text = opening(i, style) + closing(hostile_report(), style, 4, "");
  EXPECT_TRUE(is_utf8(text));
  for (const char c : text) {
    EXPECT_TRUE(c == '\n' || static_cast<unsigned char>(c) >= 0x20) << int{c};
  }
  EXPECT_THAT(text, Not(HasSubstr("\xC2\x9B")));
  EXPECT_THAT(text, Not(HasSubstr("##vso[")));
  for (const std::string& line : split(text, '\n')) {
    EXPECT_THAT(line.substr(std::min(line.find_first_not_of(' '), line.size())),
                Not(testing::StartsWith("::")));
  }
}

TEST(Console, ACauseIsToldOnceWithItsNumberBeforeItsChecks) {
  Report report = sample_report();
  for (int i = 0; i < 100; ++i) {
    report.checks.push_back(report.checks[1]);
    report.checks.back().id = "param.X.length/" + std::to_string(i);
  }
  const std::string text = closing(report, Style(), 1, "");
  EXPECT_THAT(text, HasSubstr("\nDeviating (101)\n"
                              "  101 × The endpoint takes a name longer than the page allows.\n"
                              "    param.FlowLogName.length/over-max, param.X.length/* (100)\n"
                              "\n✗ param.FlowLogName.length/over-max\n"));
  EXPECT_THAT(text, Not(HasSubstr("✗ param.X")));
}

TEST(Console, ManyCausesAreCountedBeyondTheFirst) {
  Report report = sample_report();
  for (int i = 0; i < 100; ++i) {
    report.checks.push_back(report.checks[1]);
    report.checks.back().message = "cause " + std::to_string(i);
  }
  const std::string text = closing(report, Style(), 1, "");
  EXPECT_THAT(text, HasSubstr("\n  cause 14\n"));
  EXPECT_THAT(text, Not(HasSubstr("\n  cause 15\n")));
  EXPECT_THAT(text, HasSubstr("\n  and 85 more, see report.html\n"));
}

// Runs of lines between empty ones, the longest.
std::size_t longest_list(const std::string& text) {
  std::size_t longest = 0;
  std::size_t run = 0;
  for (const std::string& line : split(text, '\n')) {
    run = line.empty() ? 0 : run + 1;
    longest = std::max(longest, run);
  }
  return longest;
}

TEST(Console, NoListIsLongerThanFortyLines) {
  Report report = sample_report();
  for (int i = 0; i < 200; ++i) {
    for (const std::size_t which : {1U, 2U, 3U, 4U, 6U}) {
      CheckResult check = report.checks[which];
      check.id = "a" + std::to_string(i) + ".b/" + std::to_string(which);
      check.message += std::to_string(i);
      check.known = check.message;
      check.remarks = {check.message};
      report.checks.push_back(std::move(check));
    }
    report.leftover.push_back({"default", "fl-" + std::to_string(i), "vpc-1", "n", "409"});
    report.stale.push_back({"a", "stale " + std::to_string(i)});
    report.notices.push_back("notice " + std::to_string(i));
  }
  EXPECT_LE(longest_list(closing(report, Style(), 4, "out")), 40U);
}

TEST(Console, AScriptIsToldRequestByRequest) {
  Report report = sample_report();
  CheckResult& check = report.checks[1];
  Evidence look = *check.example;
  look.params = {{"Action", "DescribeFlowLogs"}, {"ResourceId", "vpc-1"}};
  look.request_id = "LATER" + std::string(300, '0');
  check.steps = {*check.example, look};
  const std::string text = closing(report, Style(), 1, "");
  const std::size_t first = text.find("  1 of 2      CreateFlowLog\n");
  const std::size_t second = text.find("  2 of 2      DescribeFlowLogs\n");
  ASSERT_NE(first, std::string::npos);
  ASSERT_NE(second, std::string::npos);
  EXPECT_LT(first, second);
  EXPECT_THAT(text, HasSubstr("RequestId " + look.request_id + "\n"));
}

TEST(Console, AStrictRunTellsFindingsInFull) {
  Report report = sample_report();
  report.strict = true;
  const std::string text = closing(report, Style(), 1, "");
  EXPECT_THAT(text, HasSubstr("\nDeviating (2)\n"));
  EXPECT_THAT(text, HasSubstr("✗ param.FlowLogName.required/left-out"));
  EXPECT_THAT(text, Not(HasSubstr("Findings")));
}

TEST(Console, AVeryLongCommandIsLeftToTheOtherReports) {
  Report report = sample_report();
  report.checks[1].example->target += std::string(70'000, 'x');
  EXPECT_THAT(closing(report, Style(), 1, ""), Not(HasSubstr("curl -g")));
}

}  // namespace
}  // namespace flowlog
