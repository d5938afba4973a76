#include "reports/progress.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <thread>

#include "base/text.h"
#include "sample.h"

namespace flowlog {
namespace {

using testing::HasSubstr;
using testing::Not;

class StillClock : public Clock {
 public:
  WallTime wall() override { return {}; }
  Instant now() override { return at; }
  void sleep_until(Instant when) override { at = when; }
  Instant at{std::chrono::hours(1)};
};

class ProgressTest : public testing::Test {
 protected:
  ~ProgressTest() override { std::fclose(file_); }
  std::string written() {
    std::string out(static_cast<std::size_t>(std::ftell(file_)), '\0');
    std::rewind(file_);
    out.resize(std::fread(out.data(), 1, out.size(), file_));
    return out;
  }
  static CheckResult check(Verdict verdict, std::string id = "a/b") {
    CheckResult c;
    c.id = std::move(id);
    c.verdict = verdict;
    return c;
  }
  std::FILE* file_ = std::tmpfile();
  StillClock clock_;
};

TEST_F(ProgressTest, WritesALineForEachTenthInCi) {
  Progress progress(file_, Style(), 20, clock_);
  for (int i = 0; i < 20; ++i) progress.ended(check(Verdict::conformant));
  progress.finish();
  const auto lines = split(written(), '\n');
  ASSERT_EQ(lines.size(), 11U);  // and nothing after the last newline
  EXPECT_EQ(lines[0], "[2/20] 2 conformant · 0.0 s");
  EXPECT_EQ(lines[9], "[20/20] 20 conformant · 0.0 s");
}

TEST_F(ProgressTest, SaysHowFarItIsAfterTenSecondsOfSilence) {
  Progress progress(file_, Style(), 100, clock_);
  progress.ended(check(Verdict::conformant));
  EXPECT_EQ(written(), "");
  clock_.at += std::chrono::seconds(10);
  progress.ended(check(Verdict::conformant));
  progress.ended(check(Verdict::conformant));
  EXPECT_EQ(written(), "[2/100] 2 conformant · 10.0 s\n");
}

TEST_F(ProgressTest, NamesADeviationAtOnce) {
  Progress progress(file_, Style(), 100, clock_);
  progress.ended(check(Verdict::deviating, "param.X/y\x1b[2J"));
  EXPECT_EQ(written(), "✗ param.X/y\\u{1B}[2J\n");
}

TEST_F(ProgressTest, DrawsOneLineOverAgainOnATerminal) {
  Style style;
  style.rewrite = true;
  style.width = 30;
  Progress progress(file_, style, 3, clock_);
  progress.ended(check(Verdict::conformant));
  progress.ended(check(Verdict::conformant));  // too soon to draw again
  clock_.at += std::chrono::seconds(2);
  progress.ended(check(Verdict::finding));
  progress.finish();
  EXPECT_EQ(written(),
            "\r\x1b[2K[1/3] 1 conformant · 0.0 s  a"
            "\r\x1b[2K[3/3] 2 conformant · 1 findin"
            "\r\x1b[2K");
}

TEST_F(ProgressTest, WritesNothingAfterItsEnd) {
  Progress progress(file_, Style(), 1, clock_);
  progress.finish();
  progress.ended(check(Verdict::deviating));
  EXPECT_EQ(written(), "");
}

TEST_F(ProgressTest, CountsFromSeveralThreads) {
  Progress progress(file_, Style(), 400, clock_);
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 100; ++i) progress.ended(check(Verdict::conformant));
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(written(), HasSubstr("[400/400] 400 conformant"));
}

TEST_F(ProgressTest, NamesAFewOfOneCauseAndCountsTheRest) {
  Progress progress(file_, Style(), 1000, clock_);
  for (int i = 0; i < 90; ++i) {
    CheckResult one = check(Verdict::deviating, fmt::format("a/{}", i));
    one.message = "the message is empty";
    progress.ended(one);
  }
  progress.ended(check(Verdict::deviating, "b/other"));
  progress.finish();
  EXPECT_EQ(written(),
            "✗ a/0  the message is empty\n✗ a/1  the message is empty\n"
            "✗ a/2  the message is empty\n✗ b/other\n✗ and 87 more like these\n");
}

TEST_F(ProgressTest, NamesNoMoreThanAScreenful) {
  Progress progress(file_, Style(), 1000, clock_);
  for (int i = 0; i < 90; ++i) {
    CheckResult one = check(Verdict::deviating, fmt::format("a/{}", i));
    one.message = fmt::format("cause {}", i);
    progress.ended(one);
  }
  progress.finish();
  const std::string text = written();
  EXPECT_LT(std::ranges::count(text, '\n'), 40);
  EXPECT_THAT(text, testing::EndsWith("more like these\n"));
}

TEST_F(ProgressTest, SpeaksChinese) {
  Style style;
  style.say = "zh";
  CheckResult one = check(Verdict::deviating);
  one.message = "the message is empty";
  {
    Progress progress(file_, style, 1000, clock_);
    progress.ended(one);
  }
  std::string each;
  Progress verbose([&](const std::string& text) { each += text; }, style, 2, clock_, true);
  verbose.ended(one);
  EXPECT_EQ(written(), "✗ a/b  错误信息为空\n");
  EXPECT_EQ(each, "[1/2] 偏离          a/b  0.0 s\n");
}

}  // namespace
}  // namespace flowlog
