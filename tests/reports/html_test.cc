#include "reports/html.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "base/text.h"

namespace flowlog {
namespace {

using testing::HasSubstr;
using testing::Not;

Evidence exchange(const std::string& text) {
  Evidence e;
  e.method = text;
  e.target = text;
  e.params = {{text, text}};
  e.request_headers = {{text, text}};
  e.status = 200;
  e.response_headers = {{text, text}};
  e.body = text;
  e.body_size = text.size();
  e.failure = text;
  return e;
}

// A report in which everything that can be text is `text`, with a check of every verdict.
Report filled_with(const std::string& text) {
  Report report;
  report.program_version = report.endpoint = report.profile = report.region = text;
  report.contract = report.seed = report.shard = report.started = report.trouble = text;
  report.notices = {text};
  report.leftover = {{text, text, text, text, text}};
  report.stale = {{text, text}};
  int number = 0;
  for (const Verdict verdict : {Verdict::conformant, Verdict::deviating, Verdict::finding,
                                Verdict::known, Verdict::skipped, Verdict::inconclusive}) {
    CheckResult check;
    check.id = "param.Name.length/" + std::to_string(++number);
    check.title = {text, text};
    check.rows = {"errors/1", "parameters/Name"};
    check.verdict = verdict;
    check.standing = check.expected = check.observed = check.message = text;
    check.command = check.known = text;
    check.remarks = {text};
    check.example = exchange(text);
    check.original = exchange(text);
    report.checks.push_back(std::move(check));
  }
  report.checks.back().example->status = 0;
  for (const std::string group : {"errors", "parameters"}) {
    const std::string id = group == "errors" ? "errors/1" : "parameters/Name";
    report.rows.push_back({id, {text, text}, group, Verdict::skipped, {}});
  }
  report.rows.push_back({"notes/alone", {text, text}, "notes", Verdict::skipped, {}});
  tally_rows(report);
  return report;
}

Report with(CheckResult check) {
  Report report;
  report.complete = true;
  report.checks.push_back(std::move(check));
  tally_rows(report);
  return report;
}

CheckResult deviation(Evidence example) {
  CheckResult check;
  check.id = "error.Some.Code/class";
  check.verdict = Verdict::deviating;
  check.expected = "400 Some.Code";
  check.example = std::move(example);
  return check;
}

TEST(Html, NoTextOfAReportBecomesATag) {
  // Neither text holds a mark after which a line may break, so that both pages have the same tags.
  const std::string plain = html(filled_with("xxxx"), "en");
  const std::string hostile = html(filled_with("<b>\"'"), "en");
  EXPECT_EQ(std::count(hostile.begin(), hostile.end(), '<'),
            std::count(plain.begin(), plain.end(), '<'));
  EXPECT_EQ(std::count(hostile.begin(), hostile.end(), '"'),
            std::count(plain.begin(), plain.end(), '"'));
}

TEST(Html, AScriptStaysText) {
  const std::string page = html(filled_with("</script><script>x()</script><!--"), "en");
  EXPECT_THAT(page, Not(HasSubstr("<script>x()")));
  EXPECT_THAT(page, Not(HasSubstr("<!--")));
}

TEST(Html, APlaceOfTheTemplateInTextStaysText) {
  const std::string page = html(filled_with("{{script}}"), "en");
  EXPECT_THAT(page, HasSubstr("{{script}}"));
}

RC_GTEST_PROP(Html, AnyBytesMakeValidUtf8, (const std::vector<char>& bytes)) {
  const std::string page = html(filled_with(std::string(bytes.begin(), bytes.end())), "en");
  RC_ASSERT(is_utf8(page));
  RC_ASSERT(page.find('\0') == std::string::npos);
}

TEST(Html, AnEmptyReportIsAWholePage) {
  const std::string page = html(Report{}, "en");
  EXPECT_TRUE(page.starts_with("<!doctype html>"));
  EXPECT_TRUE(page.ends_with("</html>"));
  EXPECT_THAT(page, Not(HasSubstr("{{")));
}

TEST(Html, AllowsItsOwnStyleAndScriptOnly) {
  const std::string page = html(Report{}, "en");
  EXPECT_THAT(page, HasSubstr("default-src 'none'; style-src 'sha256-"));
  EXPECT_THAT(page, HasSubstr("script-src 'sha256-"));
  EXPECT_THAT(page, Not(HasSubstr("unsafe-inline")));
}

TEST(Html, NamesNoOtherPlace) {
  Report report = filled_with("x");
  report.endpoint = "ENDPOINT";
  const std::string page = html(report, "en");
  EXPECT_THAT(page, Not(HasSubstr("https://")));
  std::size_t at = 0;
  while ((at = page.find("http://", at)) != std::string::npos) {
    EXPECT_EQ(page.substr(at, 26), "http://www.w3.org/2000/svg");
    ++at;
  }
}

TEST(Html, EveryCheckHasAnArticleAndEveryRowACell) {
  const Report report = filled_with("x");
  const std::string page = html(report, "en");
  for (const CheckResult& check : report.checks) {
    EXPECT_THAT(page, HasSubstr("id=\"c-" + check.id + "\""));
  }
  for (const RowResult& row : report.rows) {
    EXPECT_THAT(page, HasSubstr("id=\"r-" + row.id + "\""));
  }
}

TEST(Html, ARowThatNothingLookedAtIsToldFromASkippedOne) {
  const std::string page = html(filled_with("x"), "en");
  EXPECT_THAT(page, HasSubstr("<span class=\"tile none\" id=\"r-notes/alone\""));
}

TEST(Html, DeviationsComeBeforeEveryOtherCheck) {
  const std::string page = html(filled_with("x"), "en");
  const std::size_t deviating = page.find("id=\"c-param.Name.length/2\"");
  ASSERT_NE(deviating, std::string::npos);
  for (const char* other : {"1", "3", "4", "5", "6"}) {
    EXPECT_LT(deviating, page.find(std::string("id=\"c-param.Name.length/") + other + "\""));
  }
}

TEST(Html, SaysHowMuchOfALongBodyIsShown) {
  Evidence example;
  example.status = 200;
  example.body = std::string(64U << 10U, 'x');
  example.body_size = 1U << 20U;
  const std::string page = html(with(deviation(example)), "en");
  EXPECT_THAT(page, HasSubstr("The first 4,096 of 1,048,576 bytes."));
  EXPECT_THAT(page, Not(HasSubstr(std::string(4097, 'x'))));
}

TEST(Html, AThousandLongExchangesStayBounded) {
  Report report = with(deviation(exchange(std::string(1U << 16U, '<'))));
  report.checks.resize(1000, report.checks.front());
  EXPECT_LT(html(report, "en").size(), 60U << 20U);
}

TEST(Html, ManyParametersAreCutAndTheChangedOneIsKept) {
  Evidence original;
  for (int i = 0; i < 100; ++i) original.params.emplace_back("P" + std::to_string(i), "old");
  Evidence example = original;
  example.params[99].second = "new";
  CheckResult check = deviation(example);
  check.original = original;
  const std::string page = html(with(check), "en");
  EXPECT_THAT(page, HasSubstr("<mark>&quot;new&quot;</mark>"));
  EXPECT_THAT(page, HasSubstr("36 more parameters"));
}

TEST(Html, RepeatedNamesAreComparedInOrder) {
  Evidence original;
  original.params = {{"A", "1"}, {"A", "2"}};
  Evidence example;
  example.params = {{"A", "1"}, {"A", "3"}};
  CheckResult check = deviation(example);
  check.original = original;
  const std::string page = html(with(check), "en");
  EXPECT_THAT(page, HasSubstr("<mark>&quot;3&quot;</mark>"));
  EXPECT_THAT(page, Not(HasSubstr("<mark>&quot;1&quot;</mark>")));
}

TEST(Html, MarksOnlyAStatusThatWasNotDocumented) {
  Evidence example;
  example.status = 500;
  EXPECT_THAT(html(with(deviation(example)), "en"), HasSubstr("<mark>500</mark>"));
  example.status = 400;
  EXPECT_THAT(html(with(deviation(example)), "en"), Not(HasSubstr("<mark>400</mark>")));
}

TEST(Html, SkippedChecksStandUnderWhatTheyLack) {
  Report report;
  for (const char* id : {"error.A/x", "error.B/x"}) {
    CheckResult check;
    check.id = id;
    check.verdict = Verdict::skipped;
    check.message = "Needs account.arrears.";
    report.checks.push_back(check);
  }
  const std::string page = html(report, "en");
  EXPECT_THAT(page, HasSubstr("<span class=\"title\">Needs account.arrears.</span>"
                              "<span class=\"count\">2</span>"));
}

TEST(Html, RemarksOfAPassReachTheAuthors) {
  CheckResult check;
  check.id = "answer.x/y";
  check.verdict = Verdict::conformant;
  check.remarks = {"Table and example differ."};
  const std::string page = html(with(check), "en");
  const std::size_t findings = page.find("id=\"finding\"");
  ASSERT_NE(findings, std::string::npos);
  EXPECT_NE(page.find("Table and example differ.", findings), std::string::npos);
}

TEST(Html, AnUnfinishedRunSaysSoAtBothEnds) {
  Report report = with(deviation(Evidence{}));
  report.complete = false;
  const std::string page = html(report, "en");
  EXPECT_THAT(page, HasSubstr("INTERRUPTED"));
  EXPECT_THAT(page, HasSubstr("checks that had not begun are not listed"));
}

TEST(Html, SpeaksChineseWhereThereIsSome) {
  CheckResult check = deviation(Evidence{});
  check.title = {"English title", "中文标题"};
  const std::string page = html(with(check), "zh");
  EXPECT_THAT(page, HasSubstr("<html lang=\"zh-CN\">"));
  EXPECT_THAT(page, HasSubstr("中文标题"));
  EXPECT_THAT(page, Not(HasSubstr("English title")));
  check.title.zh.clear();
  EXPECT_THAT(html(with(check), "zh"), HasSubstr("English title"));
}

TEST(Html, IsTheSameForTheSameReport) {
  EXPECT_EQ(html(filled_with("x"), "en"), html(filled_with("x"), "en"));
}

}  // namespace
}  // namespace flowlog
