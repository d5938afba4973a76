#include "reports/markdown.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.h"
#include "golden.h"
#include "sample.h"

namespace flowlog {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

// Lines outside of fenced blocks.
std::vector<std::string> outside(const std::string& text) {
  std::vector<std::string> out;
  std::string fence;
  for (const std::string& line : split(text, '\n')) {
    const std::size_t ticks = std::min(line.find_first_not_of('`'), line.size());
    if (!fence.empty()) {
      if (line == fence) fence.clear();
    } else if (ticks >= 3) {
      fence = line.substr(0, ticks);
    } else {
      out.push_back(line);
    }
  }
  EXPECT_EQ(fence, "") << "a block is left open";
  return out;
}

int cells(const std::string& line) {
  int count = -1;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '|' && (i == 0 || line[i - 1] != '\\')) ++count;
  }
  return count;
}

TEST(Markdown, IsTheGoldenFile) {
  EXPECT_EQ(markdown(sample_report()), golden("summary.md"));
}

TEST(Markdown, TheGoldenFilesTablesAndBlocksAreWhole) {
  int rows = 0;
  int wanted = 0;  // cells of the table's first line
  for (const std::string& line : outside(golden("summary.md"))) {
    if (!line.starts_with('|')) {
      wanted = 0;
      continue;
    }
    if (wanted == 0) wanted = cells(line);
    EXPECT_EQ(cells(line), wanted) << line;
    ++rows;
  }
  EXPECT_EQ(rows, 8 + 5 * 3);
}

TEST(Markdown, BeginsWithTheVerdict) {
  EXPECT_THAT(
      markdown(clean_report()),
      StartsWith("## ✅ CONFORMANT: 1 of 1 check judged; 1 conforms to CreateFlowLog 2020-04-01\n"));
  Report cut = clean_report();
  cut.complete = false;
  EXPECT_THAT(markdown(cut), StartsWith("## ⚠️ INTERRUPTED: "));
}

TEST(Markdown, AServersTextIsNeverMarkup) {
  const std::string text = markdown(hostile_report());
  EXPECT_TRUE(is_utf8(text));
  EXPECT_THAT(text, Not(HasSubstr("\x1b")));
  int wanted = 0;  // cells of the table's first line
  for (const std::string& line : outside(text)) {
    if (!line.starts_with('|')) {
      wanted = 0;
    } else if (wanted == 0) {
      wanted = cells(line);
    } else {
      EXPECT_EQ(cells(line), wanted) << line;
    }
    std::string prose;     // without code spans
    std::size_t code = 0;  // ticks of the span's fence
    for (std::size_t i = 0; i < line.size(); ++i) {
      std::size_t run = 0;
      // Within a span a backslash is a backslash.
      const bool plain = code == 0 && i > 0 && line[i - 1] == '\\';
      while (i + run < line.size() && line[i + run] == '`' && !plain) ++run;
      if (run > 0) {
        if (code == 0) {
          code = run;
        } else if (code == run) {
          code = 0;
        }
        i += run - 1;
      } else if (code == 0) {
        prose.push_back(line[i]);
      }
    }
    EXPECT_THAT(prose, Not(HasSubstr("<script")));
    EXPECT_THAT(prose, Not(HasSubstr("@everyone")));
    EXPECT_THAT(prose, Not(HasSubstr("https://evil")));
  }
}

TEST(Markdown, StaysUnderTheSizeOfAComment) {
  Report report = hostile_report();
  const std::vector<CheckResult> some = report.checks;
  for (int i = 0; i < 500; ++i) {
    for (CheckResult check : some) {
      check.id += "-" + std::to_string(i);
      check.message = check.id + std::string(5000, '<');
      report.checks.push_back(std::move(check));
    }
    report.leftover.push_back(report.leftover[0]);
    report.stale.push_back(report.stale[0]);
    report.notices.emplace_back(1000, '*');
  }
  const std::string text = markdown(report);
  EXPECT_LT(text.size(), std::size_t{60'000});
  outside(text);
}

TEST(Markdown, ACauseIsToldOnceWithItsNumber) {
  Report report = sample_report();
  for (int i = 0; i < 100; ++i) {
    report.checks.push_back(report.checks[1]);
    report.checks.back().id = "param.X.length/" + std::to_string(i);
  }
  const std::string text = markdown(report);
  EXPECT_THAT(text, HasSubstr("| 101 | The endpoint takes a name longer than the page allows. | "
                              "`param.FlowLogName.length/over-max, param.X.length/* (100)` |\n"));
  EXPECT_THAT(text, HasSubstr("<details><summary><code>param.FlowLogName.length/over-max</code>"));
  EXPECT_THAT(text, Not(HasSubstr("<code>param.X")));
}

TEST(Markdown, NoListIsLongerThanFortyLines) {
  Report report = sample_report();
  for (int i = 0; i < 200; ++i) {
    CheckResult check = report.checks[1];
    check.message = "cause " + std::to_string(i);
    report.checks.push_back(check);
    check.verdict = Verdict::finding;
    report.checks.push_back(check);
    report.notices.push_back("notice " + std::to_string(i));
  }
  const std::string text = markdown(report);
  std::size_t run = 0;
  for (const std::string& line : split(text, '\n')) {
    run = line.starts_with("| ") || line.starts_with("- ") ? run + 1 : 0;
    EXPECT_LE(run, 39U) << line;  // and what separates a table's head
  }
  EXPECT_THAT(text, HasSubstr("\nand 163 more, see report.html\n"));
}

TEST(Markdown, AScriptIsToldRequestByRequest) {
  Report report = sample_report();
  CheckResult& check = report.checks[1];
  Evidence look = *check.example;
  look.params = {{"Action", "DescribeFlowLogs"}, {"ResourceId", "vpc-looked-up"}};
  check.steps = {*check.example, look};
  const std::string text = markdown(report);
  EXPECT_LT(text.find("Request 1 of 2: `HTTP 200 · RequestId"), text.find("Request 2 of 2: "));
  EXPECT_THAT(text, HasSubstr("ResourceId = \"vpc-looked-up\""));
}

TEST(Markdown, SpeaksChinese) {
  const std::string text = markdown(sample_report(), "zh");
  EXPECT_THAT(text, StartsWith("## ❌ 偏离：7 项检查中有 1 项偏离"));
  EXPECT_THAT(text, HasSubstr("名称长度不能超过128个字符"));
  EXPECT_THAT(text, HasSubstr("### 给文档作者的发现（1）"));
}

}  // namespace
}  // namespace flowlog
