#include "reports/html.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "base/text.h"
#include "sample.h"

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

TEST(Html, NoTextOfAReportBecomesATag) {
  const std::string plain = html(filled_with("xxxx"), "en");
  const std::string hostile = html(filled_with("<b>\"'"), "en");
  EXPECT_EQ(std::count(hostile.begin(), hostile.end(), '<'),
            std::count(plain.begin(), plain.end(), '<'));
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

TEST(Html, ItsTitleHoldsTheVerdict) {
  EXPECT_THAT(html(sample_report(), "en"),
              HasSubstr("<title>DEVIATING: 1 of 7 checks deviates from CreateFlowLog 2020-04-01 · "
                        "http://127.0.0.1:18080</title>"));
  EXPECT_THAT(html(clean_report(), "en"), HasSubstr("<title>CONFORMANT: "));
}

TEST(Html, TellsTheSummaryToThoseWhoRunNoScripts) {
  const std::string page = html(sample_report(), "en");
  const std::size_t begin = page.find("<noscript>");
  const std::size_t end = page.find("</noscript>");
  ASSERT_LT(begin, end);
  const std::string summary = page.substr(begin, end - begin);
  for (const char* part : {"DEVIATING: 1 of 7 checks", "param.FlowLogName.length/over-max",
                           "The endpoint takes a name longer", "name such an account"}) {
    EXPECT_THAT(summary, HasSubstr(part));
  }
}

TEST(Html, AThousandLongExchangesStayBounded) {
  CheckResult check;
  check.id = "a.b/c";
  check.verdict = Verdict::deviating;
  check.example = exchange(std::string(1U << 16U, '<'));
  Report report;
  report.checks.resize(1000, check);
  EXPECT_LT(html(report, "en").size(), 60U << 20U);
}

TEST(Html, SpeaksChineseWhereThereIsSome) {
  Report report = filled_with("x");
  report.checks[1].title = {"English title", "中文标题"};
  const std::string page = html(report, "zh");
  EXPECT_THAT(page, HasSubstr("<html lang=\"zh-CN\">"));
  EXPECT_THAT(page, HasSubstr("中文标题"));
  EXPECT_THAT(page, Not(HasSubstr("English title")));
  report.checks[1].title.zh.clear();
  EXPECT_THAT(html(report, "zh"), HasSubstr("English title"));
}

TEST(Html, IsTheSameForTheSameReport) {
  EXPECT_EQ(html(filled_with("x"), "en"), html(filled_with("x"), "en"));
}

}  // namespace
}  // namespace flowlog
