#include "reports/chinese.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "reports/console.h"
#include "reports/diff.h"
#include "reports/exit_status.h"
#include "reports/github.h"
#include "reports/junit.h"
#include "reports/markdown.h"
#include "reports/sentences.h"
#include "sample.h"

namespace flowlog {
namespace {

TEST(Chinese, KeepsWhatASentenceNames) {
  EXPECT_EQ(chinese("the request was accepted, although it breaks FlowLogName/length"),
            "请求被接受，但它违反了 FlowLogName/length");
  EXPECT_EQ(chinese("CodeN is 7, documented is 100002"), "CodeN 为 7，文档为 100002");
  EXPECT_EQ(chinese("the message differs from the documented one, \"a, b\""),
            "错误信息与文档不同，文档为 \"a, b\"");
  EXPECT_EQ(chinese("HTTP 200, a success, FlowLogId \"fl-1\""),
            "HTTP 200，成功，FlowLogId \"fl-1\"");
}

TEST(Chinese, TakesTheNarrowerOfTwoSentencesThatBeginAlike) {
  EXPECT_EQ(chinese("the documentation leaves this open, and the endpoint refuses with a code that "
                    "no page lists, \"X\""),
            "文档未明确，该接口以文档未列出的错误码 \"X\" 拒绝");
  EXPECT_EQ(
      chinese("the documentation leaves this open, and the endpoint refuses with A (errors/8)"),
      "文档未明确，该接口以 A（errors/8）拒绝");
}

TEST(Chinese, KeepsWhatAServerSaidAsItIs) {
  EXPECT_EQ(chinese(R"(HTTP 400 "A", "x, RequestId y: no page lists this code", RequestId "R")"),
            R"(HTTP 400 "A"，"x, RequestId y: no page lists this code"，RequestId "R")");
  EXPECT_EQ(chinese(R"(HTTP 400 "A", "a \": b": no page lists this code)"),
            R"(HTTP 400 "A"，"a \": b"：文档未列出该错误码)");
}

TEST(Chinese, TellsWhyThereIsNoAnswer) {
  EXPECT_EQ(chinese("no answer: through the proxy p:3128 (HTTPS_PROXY): no connection to h:443: it "
                    "does not answer"),
            "没有应答：经代理 p:3128（HTTPS_PROXY）：无法连接到 h:443：没有响应");
  EXPECT_EQ(chinese("no answer: the connection was reset after 3 of 10 bytes of the body"),
            "没有应答：连接被重置（已收到响应体 3 字节，共 10 字节）");
  EXPECT_EQ(chinese("HTTP 502, the body is an HTML page, not JSON: this is no answer of the API: "
                    "the body is an HTML page, not JSON"),
            "HTTP 502，响应体是 HTML 页面，而非 JSON：这不是该 API 的应答：响应体是 HTML "
            "页面，而非 JSON");
}

TEST(Chinese, TellsOfTheAnswersShape) {
  EXPECT_EQ(chinese("Result.FlowLogId, String, in every success and in no failure, of the form "
                    "fl-…"),
            "Result.FlowLogId，String，仅出现且必须出现在成功应答中，形如 fl-…");
  EXPECT_EQ(chinese(R"(Result.FlowLogId is "x y", not of the form fl-… (2 of 9 answers, first in )"
                    "run.preflight)"),
            "Result.FlowLogId 为 \"x y\"，不是 fl-… 的形式（2 个应答，共 9 个，首见于 "
            "run.preflight）");
}

TEST(Chinese, TellsStepsAndLists) {
  EXPECT_EQ(chinese("HTTP 200, a success, RequestId \"2\", by these steps: create on resource 1 "
                    "with token 2; describe on resource 1"),
            "HTTP 200，成功，RequestId \"2\"，步骤：在资源 1 上创建（Token 2）；查询资源 1");
  EXPECT_EQ(
      chinese("The profile lists resources for the suite alone, but flow logs stand there "
              "that this machine's journal does not know: fl-1 on vpc-1 (/resources/vpc/0), "
              "fl-2 on vpc-2 and 3 more. Delete them, or list other resources."),
      "配置列出的资源应仅供本套件使用，但其上存在本机日志库未记录的流日志：fl-1（资源 "
      "vpc-1，/resources/vpc/0），fl-2（资源 vpc-2），以及另外 3 个。请删除它们，或列出其他资源。");
}

TEST(Chinese, GoesIntoSentencesWithinSentences) {
  EXPECT_EQ(chinese("Not repeatable: it came 1 of 2 times. A deleted flow log stays."),
            "不可稳定重现：出现 1 次，共 2 次。已删除的流日志仍然存在。");
  EXPECT_EQ(chinese("3 × HTTP 400 A: no page lists this code"),
            "3 × HTTP 400 A：文档未列出该错误码");
  EXPECT_EQ(chinese("HTTP 400 A (errors/8), or HTTP 2xx, a success"),
            "HTTP 400 A (errors/8)，或 HTTP 2xx，成功");
}

TEST(Chinese, LeavesWhatItDoesNotKnow) {
  for (const char* text :
       {"", "HTTP 400 A (errors/8)", "a server said: *~", "流日志", ": , or × "}) {
    EXPECT_EQ(chinese(text), text);
  }
}

TEST(Chinese, ChangesNothingOfAReportButWhatItSays) {
  Report report = sample_report();
  ASSERT_FALSE(report.checks.empty());
  CheckResult& check = report.checks.front();
  check.expected = "HTTP 2xx, a success";
  check.observed = "no answer: it slept";
  check.message = "nothing to judge: it slept";
  check.known = "on its way (VPC-1, until 2026-12-31)";
  check.remarks = {"it is gone"};
  check.example = Evidence{};
  check.example->failure = "the run is being stopped";
  report.notices = {"the limit of 5 requests is reached"};
  report.trouble = "No answer from http://h: it does not answer.";
  report.leftover = {{"default", "fl-1", "vpc-1", "n", "not deleted yet"}};
  report.stale = {{"a/b", "k.json: a/b (VPC-1) no longer deviates; remove its entry"}};
  const Report turned = in_chinese(report);
  const CheckResult& said = turned.checks.front();
  EXPECT_EQ(said.expected, "HTTP 2xx，成功");
  EXPECT_EQ(said.observed, "没有应答：it slept");
  EXPECT_EQ(said.message, "没有可判定的应答：it slept");
  EXPECT_EQ(said.known, "on its way（VPC-1，有效期至 2026-12-31）");
  EXPECT_EQ(said.remarks, std::vector<std::string>{"已消失"});
  EXPECT_EQ(said.example->failure, "运行正在停止");
  EXPECT_EQ(turned.notices, std::vector<std::string>{"已达到请求数上限 5"});
  EXPECT_EQ(turned.trouble, "http://h 没有应答：没有响应。");
  EXPECT_EQ(turned.leftover.front().reason, "尚未删除");
  EXPECT_EQ(turned.leftover.front().name, "n");
  EXPECT_EQ(turned.stale.front().sentence, "k.json：a/b（VPC-1）不再偏离；请删除其条目");
  EXPECT_EQ(said.id, check.id);
  EXPECT_EQ(turned.checks.size(), report.checks.size());
}

// Every sentence of the sample that the catalogue knows, wherever it stands in the report.
TEST(Chinese, LeavesNoSentenceOfASampleInEnglishThatTheCatalogueKnows) {
  const Report english = sample_report();
  const Report turned = in_chinese(english);
  int known = 0;
  const auto compare = [&](const std::string& before, const std::string& after) {
    for (const Sentence& sentence : sentences()) {
      if (!holes_of(sentence.en, before)) continue;
      ++known;
      EXPECT_NE(before, after);
      break;
    }
  };
  for (std::size_t i = 0; i < english.notices.size(); ++i) {
    compare(english.notices[i], turned.notices[i]);
  }
  for (std::size_t i = 0; i < english.checks.size(); ++i) {
    const CheckResult& before = english.checks[i];
    const CheckResult& after = turned.checks[i];
    compare(before.expected, after.expected);
    compare(before.observed, after.observed);
    compare(before.message, after.message);
    compare(before.known, after.known);
    for (std::size_t n = 0; n < before.remarks.size(); ++n) {
      compare(before.remarks[n], after.remarks[n]);
    }
  }
  EXPECT_GT(known, 0);
}

// A half-width mark beside Chinese, with what surrounds it; "" where there is none.
std::string half_width(const std::string& text) {
  const auto points = decode_utf8(text).value_or(U"");
  const auto han = [](char32_t point) { return point >= 0x3400 && point <= 0x9FFF; };
  constexpr std::u32string_view kMarks = U",:;()";
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (kMarks.find(points[i]) == std::u32string_view::npos) continue;
    const auto at = [&](std::size_t k) { return k < points.size() ? points[k] : U' '; };
    const bool before =
        i > 0 && (han(points[i - 1]) || (points[i - 1] == U' ' && i > 1 && han(points[i - 2])));
    const bool after = han(at(i + 1)) || (at(i + 1) == U' ' && han(at(i + 2)));
    if (before || after) return encode_utf8(points.substr(i < 12 ? 0 : i - 12, 24));
  }
  return "";
}

TEST(Chinese, IsFullWidthInEveryReport) {
  Report report = sample_report();
  for (RowResult& row : report.rows) row.title.zh = "名称：String，必选";
  for (CheckResult& check : report.checks) check.message = "the message is empty";
  for (int i = 0; i < 9; ++i) {
    CheckResult more = report.checks[1];
    more.id = "param.P" + std::to_string(i) + ".length/over-max";
    report.checks.push_back(more);
    more.verdict = Verdict::finding;
    report.checks.push_back(more);
  }
  Report before = report;
  before.checks[1].verdict = Verdict::conformant;
  Report kept;
  const Report& told = as_told(report, "zh", kept);
  Style style;
  style.say = "zh";
  EXPECT_EQ(half_width("偏离 (3)"), "偏离 (3)");
  EXPECT_EQ(half_width(closing(told, style, 1, "out")), "");
  EXPECT_EQ(half_width(markdown(told, "zh")), "");
  EXPECT_EQ(half_width(junit(told, "zh")), "");
  EXPECT_EQ(half_width(annotations(told, "zh")), "");
  EXPECT_EQ(half_width(verdict_line(told, "zh")), "");
  EXPECT_EQ(half_width(text(diff(before, report), style)), "");
}

}  // namespace
}  // namespace flowlog
