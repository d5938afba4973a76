#include "reports/chinese.h"

#include <gtest/gtest.h>

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
            "HTTP 200，成功, FlowLogId \"fl-1\"");
}

TEST(Chinese, TakesTheNarrowerOfTwoSentencesThatBeginAlike) {
  EXPECT_EQ(chinese("the documentation leaves this open, and the endpoint refuses with a code that "
                    "no page lists, \"X\""),
            "文档未明确，该接口以文档未列出的错误码 \"X\" 拒绝");
  EXPECT_EQ(
      chinese("the documentation leaves this open, and the endpoint refuses with A (errors/8)"),
      "文档未明确，该接口以 A (errors/8) 拒绝");
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

TEST(Chinese, ChangesNothingOfAReportButWhatItsChecksSay) {
  Report report = sample_report();
  ASSERT_FALSE(report.checks.empty());
  CheckResult& check = report.checks.front();
  check.expected = "HTTP 2xx, a success";
  check.observed = "no answer: it slept";
  check.message = "nothing to judge: it slept";
  check.remarks = {"it is gone"};
  const Report turned = in_chinese(report);
  const CheckResult& said = turned.checks.front();
  EXPECT_EQ(said.expected, "HTTP 2xx，成功");
  EXPECT_EQ(said.observed, "没有应答：it slept");
  EXPECT_EQ(said.message, "没有可判定的应答：it slept");
  EXPECT_EQ(said.remarks, std::vector<std::string>{"已消失"});
  EXPECT_EQ(said.id, check.id);
  EXPECT_EQ(turned.checks.size(), report.checks.size());
}

}  // namespace
}  // namespace flowlog
