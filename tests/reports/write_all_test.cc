#include "reports/write_all.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "reports/files.h"
#include "reports/json.h"
#include "reports/junit.h"
#include "reports/markdown.h"
#include "sample.h"
#include "scratch.h"

namespace flowlog {
namespace {

using testing::HasSubstr;

TEST(WriteAll, LeavesTheFiveFilesAndNothingElse) {
  const Scratch scratch;
  const Written written = write_all(sample_report(), scratch.path("out"));
  EXPECT_TRUE(written.failures.empty());
  EXPECT_EQ(written.files.size(), 5U);
  EXPECT_EQ(run("ls " + scratch.path("out")),
            "exchanges.har\njunit.xml\nreport.html\nreport.json\nsummary.md\n");
  EXPECT_EQ(read_whole_file(scratch.path("out/report.json")), json(sample_report()));
  EXPECT_EQ(read_whole_file(scratch.path("out/junit.xml")), junit(sample_report()));
  EXPECT_EQ(read_whole_file(scratch.path("out/summary.md")), markdown(sample_report()));
}

TEST(WriteAll, ReplacesYesterdaysReports) {
  const Scratch scratch;
  write_all(sample_report(), scratch.path("out"));
  write_all(clean_report(), scratch.path("out"));
  EXPECT_EQ(read_whole_file(scratch.path("out/junit.xml")), junit(clean_report()));
}

TEST(Clear, LeavesNoReportOfYesterdayAndTouchesNothingElse) {
  const Scratch scratch;
  const Written written = write_all(sample_report(), scratch.path("out"));
  scratch.put("out/notes.txt", "mine");
  clear(scratch.path("out"));
  for (const std::string& file : written.files) {
    EXPECT_FALSE(std::filesystem::exists(file)) << file;
  }
  EXPECT_EQ(read_whole_file(scratch.path("out/notes.txt")), "mine");
  clear(scratch.path("no-such-folder"));
}

TEST(WriteAll, OneFileThatCannotBeWrittenKeepsNoOtherFromIt) {
  const Scratch scratch;
  scratch.put("out/report.json/in-the-way", "");
  const Written written = write_all(sample_report(), scratch.path("out"));
  ASSERT_EQ(written.failures.size(), 1U);
  EXPECT_THAT(written.failures[0], HasSubstr("out/report.json: Is a directory"));
  EXPECT_EQ(written.files.size(), 4U);
}

TEST(WriteAll, TellsPeopleInTheirLanguageAndProgramsInOne) {
  const Scratch scratch;
  Report report = sample_report();
  for (CheckResult& check : report.checks) {
    if (check.verdict != Verdict::conformant) check.message = "no page lists this code";
  }
  write_all(report, scratch.path("out"), "zh");
  for (const char* file : {"junit.xml", "summary.md", "report.html"}) {
    const std::string text = read_whole_file(scratch.path(std::string("out/") + file));
    EXPECT_THAT(text, HasSubstr("文档未列出该错误码")) << file;
    EXPECT_THAT(text, testing::Not(HasSubstr("no page lists this code"))) << file;
  }
  EXPECT_EQ(read_whole_file(scratch.path("out/report.json")), json(report, "zh"));
}

TEST(WriteAll, HoldsForHostileText) {
  const Scratch scratch;
  EXPECT_TRUE(write_all(hostile_report(), scratch.path("out"), "zh").failures.empty());
}

}  // namespace
}  // namespace flowlog
