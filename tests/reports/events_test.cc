#include "reports/events.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/json_node.h"
#include "base/text.h"
#include "reports/exit_status.h"
#include "reports/files.h"
#include "reports/json.h"
#include "sample.h"
#include "scratch.h"

namespace flowlog {
namespace {

using testing::HasSubstr;

// The events of a run as they are written: a header without results, checks, a footer.
std::string events_of(const Report& report, const std::string& path) {
  Report beginning = report;
  beginning.checks.clear();
  beginning.requests = beginning.created = beginning.throttled = 0;
  beginning.complete = false;
  beginning.leftover.clear();
  beginning.stale.clear();
  beginning.notices.clear();
  EventWriter writer(path, beginning);
  for (const CheckResult& check : report.checks) writer.check(check);
  writer.end(report);
  EXPECT_EQ(writer.failure(), "");
  return read_whole_file(path);
}

std::string events_complaint(const std::string& text) {
  try {
    read_events(text, "e.ndjson");
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

TEST(Events, AWholeFileGivesTheWholeReport) {
  const Scratch scratch;
  for (const Report& report : {sample_report(), hostile_report()}) {
    const std::string text = events_of(report, scratch.path("events.ndjson"));
    EXPECT_EQ(json(read_events(text, "e")), json(report));
  }
}

TEST(Events, AreOneObjectALine) {
  const Scratch scratch;
  const auto lines = split(events_of(hostile_report(), scratch.path("e")), '\n');
  ASSERT_EQ(lines.size(), 10U);  // header, 7 checks, footer, nothing after the last newline
  EXPECT_THAT(lines[0], testing::StartsWith(R"({"event":"run",)"));
  EXPECT_THAT(lines[1], testing::StartsWith(R"({"event":"check",)"));
  EXPECT_THAT(lines[8], testing::StartsWith(R"({"event":"end",)"));
}

TEST(Events, AreReadableWhileTheRunGoesOn) {
  const Scratch scratch;
  Report report = sample_report();
  const std::vector<CheckResult> checks = report.checks;
  report.checks.clear();
  EventWriter writer(scratch.path("e"), report);
  writer.check(checks[1]);
  const Report seen = load_report(scratch.path("e"));
  ASSERT_EQ(seen.checks.size(), 1U);
  EXPECT_EQ(seen.checks[0].id, checks[1].id);
  EXPECT_FALSE(seen.complete);
}

TEST(Events, AFileCutAnywhereGivesWhatWasWhole) {
  const Scratch scratch;
  Report report = sample_report();
  report.checks.resize(3);
  const std::string text = events_of(report, scratch.path("e"));
  std::vector<std::size_t> ends;  // of the lines
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n') ends.push_back(i);
  }
  ASSERT_EQ(ends.size(), 5U);
  for (std::size_t cut = 0; cut <= text.size(); ++cut) {
    const std::string part = text.substr(0, cut);
    if (cut < ends[0]) {
      EXPECT_THAT(events_complaint(part), HasSubstr("holds no run")) << cut;
      continue;
    }
    std::size_t whole = 0;
    while (whole + 1 < ends.size() && ends[whole + 1] <= cut) ++whole;
    const Report seen = read_events(part, "e");
    EXPECT_EQ(seen.checks.size(), std::min<std::size_t>(whole, 3)) << cut;
    EXPECT_EQ(seen.complete, whole == 4) << cut;
  }
}

TEST(Events, ACutRunStillCountsItsRequestsAndTalliesItsRows) {
  const Scratch scratch;
  const std::string text = events_of(sample_report(), scratch.path("e"));
  const std::size_t footer = text.find("{\"event\":\"end\"");
  const Report seen = read_events(text.substr(0, footer), "e");
  EXPECT_EQ(seen.requests, 2 + 9 + 2 + 2 + 1);
  EXPECT_EQ(seen.created, 1);
  const auto row = std::find_if(seen.rows.begin(), seen.rows.end(),
                                [](const RowResult& r) { return r.id == "errors/7"; });
  EXPECT_EQ(row->verdict, Verdict::deviating);
}

TEST(Events, ACutRunSaysHowLongItRanAndWhatMayStand) {
  const std::string text =
      "{\"event\":\"run\",\"schema\":1,\"planned\":9}\n"
      "{\"event\":\"check\",\"id\":\"a/"
      "b\",\"verdict\":\"conformant\",\"seconds\":1,\"elapsed\":31.5}\n";
  const Report seen = read_events(text, "e");
  EXPECT_EQ(seen.seconds, 31.5);
  ASSERT_EQ(seen.notices.size(), 1U);
  EXPECT_THAT(seen.notices[0], HasSubstr("flowlog-conformance sweep"));
  EXPECT_THAT(verdict_line(seen), HasSubstr("1 of 9 checks judged"));
}

TEST(Events, ALaterLineReplacesTheEarlierOfTheSameCheck) {
  const Scratch scratch;
  Report report = sample_report();
  EventWriter writer(scratch.path("e"), report);
  CheckResult check = report.checks[1];
  writer.check(check);
  check.verdict = Verdict::known;
  writer.check(check);
  const Report seen = load_report(scratch.path("e"));
  ASSERT_EQ(seen.checks.size(), 1U);
  EXPECT_EQ(seen.checks[0].verdict, Verdict::known);
}

TEST(Events, ChecksStandInThePlansOrderWhateverEndedFirst) {
  const Scratch scratch;
  Report report = sample_report();
  std::reverse(report.checks.begin(), report.checks.end());
  const Report seen = read_events(events_of(report, scratch.path("e")), "e");
  EXPECT_EQ(seen.checks.front().id, sample_report().checks.front().id);
  EXPECT_EQ(seen.checks.back().id, sample_report().checks.back().id);
}

TEST(Events, AMalformedLineInTheMiddleIsNamed) {
  const Scratch scratch;
  auto lines = split(events_of(sample_report(), scratch.path("e")), '\n');
  lines[2] = lines[2].substr(0, 40);
  EXPECT_THAT(events_complaint(join(lines, "\n")), HasSubstr("e.ndjson line 3"));
  EXPECT_THAT(events_complaint("{\"event\":\"chek\"}\n"), HasSubstr("check"));
  EXPECT_THAT(events_complaint("{\"event\":\"check\",\"id\":\"a\",\"verdict\":\"known\"}\n"),
              HasSubstr("header"));
}

TEST(Events, SayWhyTheyCannotBeWritten) {
  EventWriter writer("/dev/null/at/all/e.ndjson", sample_report());
  EXPECT_THAT(writer.failure(), HasSubstr("cannot write /dev/null/at/all/e.ndjson"));
  writer.check(sample_report().checks[0]);
  writer.end(sample_report());
}

TEST(Events, LoadingTakesAReportAsWell) {
  const Scratch scratch;
  EXPECT_EQ(json(load_report(scratch.put("report.json", json(sample_report())))),
            json(sample_report()));
  EXPECT_THROW(load_report(scratch.path("none")), InputError);
}

}  // namespace
}  // namespace flowlog
