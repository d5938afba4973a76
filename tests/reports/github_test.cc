#include "reports/github.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>  // NOLINT: setenv

#include "base/text.h"
#include "reports/files.h"
#include "reports/markdown.h"
#include "sample.h"
#include "scratch.h"

namespace flowlog {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

TEST(Github, AnErrorForADeviationAndAWarningForWhatIsOpen) {
  const auto lines = split(annotations(sample_report()), '\n');
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_EQ(lines[0],
            "::error title=param.FlowLogName.length/over-max::errors/7: 400 InvalidName.Malformed: "
            "The specified name is malformed. Ensure the maximum length of name is 128.%0A"
            "parameters/FlowLogName: FlowLogName: String, required%0A"
            "came back: 200, FlowLogId fl-7%0A"
            "meaning: The endpoint takes a name longer than the page allows.%0A"
            "repeat: flowlog-conformance run --only 'param.FlowLogName.length/over-max' --seed 7");
  EXPECT_THAT(lines[1], StartsWith("::warning title=error.InvalidVpc.InvalidStatus/"));
}

TEST(Github, AGreenRunAnnotatesNothing) {
  EXPECT_EQ(annotations(clean_report()), "");
}

TEST(Github, EscapesWhatWouldEndACommand) {
  Report report = sample_report();
  report.checks[1].id = "a,b:c%/d";
  report.checks[1].observed = "100%\n::stop-commands::x ##[error]y";
  const std::string text = annotations(report);
  EXPECT_THAT(text, StartsWith("::error title=a%2Cb%3Ac%25/d::"));
  EXPECT_THAT(text, HasSubstr("came back: 100%25\\n::stop-commands::x #\\u{23}[error]y%0A"));
  for (const std::string& line : split(annotations(hostile_report()), '\n')) {
    if (!line.empty()) {
      EXPECT_TRUE(line.starts_with("::error ") || line.starts_with("::warning "));
    }
  }
}

TEST(Github, CountsWhatIsBeyondTheLimitOfAStep) {
  Report report = sample_report();
  for (int i = 0; i < 20; ++i) {
    report.checks.push_back(report.checks[1]);
    report.checks.back().message = "cause " + std::to_string(i);
  }
  const auto lines = split(annotations(report), '\n');
  ASSERT_EQ(lines.size(), 12U);  // ten errors, a warning, nothing after the last newline
  EXPECT_EQ(lines[9], "::error::and 12 more");
}

TEST(Github, OneCauseIsOneAnnotation) {
  Report report = sample_report();
  for (int i = 0; i < 20; ++i) report.checks.push_back(report.checks[1]);
  const auto lines = split(annotations(report), '\n');
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_THAT(lines[0], testing::EndsWith("%0Athe same in 20 more"));
}

TEST(Github, TellsWhatTheEnvironmentAsksFor) {
  const Scratch scratch;
  const std::string summary = scratch.put("summary", "");
  const auto told = [&] {
    const std::string path = scratch.path("out");
    std::FILE* out = std::fopen(path.c_str(), "w");
    EXPECT_EQ(tell_github(sample_report(), {}, out), "");
    std::fclose(out);
    return read_whole_file(path);
  };
  ::unsetenv("GITHUB_ACTIONS");
  EXPECT_EQ(told(), "");
  ::setenv("GITHUB_ACTIONS", "true", 1);
  ::setenv("GITHUB_STEP_SUMMARY", summary.c_str(), 1);
  EXPECT_EQ(told(), annotations(sample_report()));
  EXPECT_EQ(read_whole_file(summary), markdown(sample_report()) + "\n");
  ::unsetenv("GITHUB_ACTIONS");
  ::unsetenv("GITHUB_STEP_SUMMARY");
}

TEST(Github, TroubleOfTheRunIsAnError) {
  Report report = clean_report();
  report.trouble = "the key is refused";
  EXPECT_EQ(annotations(report),
            "::error title=flowlog-conformance::NO VERDICT: the key is refused\n");
}

TEST(Github, AppendsToTheJobsSummary) {
  const Scratch scratch;
  const std::string file = scratch.put("summary", "before\n");
  ::setenv("GITHUB_STEP_SUMMARY", file.c_str(), 1);
  EXPECT_EQ(append_step_summary("## after"), "");
  EXPECT_EQ(read_whole_file(file), "before\n## after\n");
  ::setenv("GITHUB_STEP_SUMMARY", scratch.path("no/such").c_str(), 1);
  EXPECT_THAT(append_step_summary("x"), HasSubstr("cannot write the job's summary"));
  ::unsetenv("GITHUB_STEP_SUMMARY");
  EXPECT_EQ(append_step_summary("x"), "");
}

}  // namespace
}  // namespace flowlog
