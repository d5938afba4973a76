#include "reports/html/page_data.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "sample.h"

namespace flowlog {
namespace {

using Data = nlohmann::json;
using testing::HasSubstr;
using testing::Not;

Data data_of(const Report& report, Language say = {}) {
  return Data::parse(page::page_data(report, say));
}

TEST(PageData, HoldsEveryCheckAndRowInOrder) {
  const Report report = sample_report();
  const Data data = data_of(report);
  ASSERT_EQ(data["checks"].size(), report.checks.size());
  for (std::size_t i = 0; i < report.checks.size(); ++i) {
    EXPECT_EQ(data["checks"][i]["id"], report.checks[i].id);
    EXPECT_EQ(data["checks"][i]["verdict"], name(report.checks[i].verdict));
  }
  ASSERT_EQ(data["rows"].size(), report.rows.size());
  EXPECT_EQ(data["rows"][2]["id"], report.rows[2].id);
}

TEST(PageData, ShowsAParameterAsAPersonReadsIt) {
  const Data data = data_of(sample_report());
  const Data& params = data["checks"][1]["example"]["params"];
  EXPECT_EQ(data["pairs"][params[2].get<std::size_t>()], Data({"FlowLogName", "\"a\" × 129"}));
}

TEST(PageData, ThePlaceOfAPairTellsWhetherItsBytesAreTheSame) {
  Report report = sample_report();
  Evidence& now = *report.checks[1].example;
  report.checks[1].original = now;
  report.checks[1].original->params[2].second += std::string(500, 'b');
  now.params[2].second += std::string(500, 'b');
  const auto place = [](const Data& data, const char* which) {
    return data["checks"][1][which]["params"][2].get<int>();
  };
  Data data = data_of(report);
  EXPECT_EQ(place(data, "example"), place(data, "original"));
  // Beyond what is shown of either.
  std::string mixed;
  for (int i = 0; i < 300; ++i) mixed += static_cast<char>('a' + i % 20);
  now.params[2].second = mixed + "1";
  report.checks[1].original->params[2].second = mixed + "2";
  data = data_of(report);
  EXPECT_NE(place(data, "example"), place(data, "original"));
}

TEST(PageData, ABodyIsCutWithinABoundThatIsTold) {
  Report report = sample_report();
  report.checks[1].example->body = std::string(64U << 10U, 'x');
  report.checks[1].example->body_size = 1U << 20U;
  const Data example = data_of(report)["checks"][1]["example"];
  EXPECT_EQ(example["body"].get<std::string>().size(), 4096U);
  EXPECT_EQ(example["body_shown"], 4096);
  EXPECT_EQ(example["body_size"], 1U << 20U);
}

TEST(PageData, ACommandIsWholeOrCounted) {
  Report report = sample_report();
  EXPECT_THAT(data_of(report)["checks"][1]["example"]["curl"].get<std::string>(),
              HasSubstr(std::string(129, 'a')));
  report.checks[1].command = std::string(70'000, 'x');
  const Data check = data_of(report)["checks"][1];
  EXPECT_FALSE(check.contains("command"));
  EXPECT_EQ(check["command_size"], 70'000);
}

TEST(PageData, KeepsEveryStepAndMarksTheOneThatTells) {
  Report report = sample_report();
  CheckResult& check = report.checks[1];
  Evidence before = *check.example;
  before.target += "&Description=first";
  Evidence after = *check.example;
  after.target = "/?Action=DescribeFlowLogs";
  check.steps = {before, *check.example, after};
  const Data steps = data_of(report)["checks"][1]["steps"];
  ASSERT_EQ(steps.size(), 3U);
  EXPECT_FALSE(steps[0].contains("telling"));
  EXPECT_EQ(steps[1]["telling"], true);
  EXPECT_FALSE(steps[2].contains("telling"));
  for (const Data& step : steps) EXPECT_THAT(step["curl"].get<std::string>(), HasSubstr("curl"));
}

TEST(PageData, NamesEachCauseWithItsChecks) {
  Report report = sample_report();
  report.checks.push_back(report.checks[1]);
  const Data causes = data_of(report)["causes"]["deviating"];
  ASSERT_EQ(causes.size(), 1U);
  EXPECT_EQ(causes[0]["text"], "The endpoint takes a name longer than the page allows.");
  EXPECT_EQ(causes[0]["checks"], Data({1, 7}));
}

TEST(PageData, TakesTheVerdictLineApartInBothLanguages) {
  for (const char* lang : {"en", "zh"}) {
    const Data data = data_of(sample_report(), lang);
    EXPECT_EQ(data["ending"], "deviating");
    EXPECT_EQ(data["word"], Language(lang)("DEVIATING", "偏离"));
    EXPECT_THAT(data["sentence"].get<std::string>(), HasSubstr("CreateFlowLog 2020-04-01"));
    EXPECT_THAT(data["sentence"].get<std::string>(), Not(testing::StartsWith(":")));
  }
}

TEST(PageData, NothingInItEndsTheElement) {
  const std::string text = page::page_data(hostile_report(), {});
  EXPECT_EQ(text.find('<'), std::string::npos);
  EXPECT_THAT(Data::parse(text)["checks"][1]["message"].get<std::string>(),
              HasSubstr("<script>alert(1)</script>"));
}

RC_GTEST_PROP(PageData, AnyBytesMakeJsonWithoutAControl, (const std::vector<char>& bytes)) {
  const std::string any(bytes.begin(), bytes.end());
  Report report = sample_report();
  CheckResult& check = report.checks[1];
  check.title = {any, any};
  check.expected = check.observed = check.message = check.command = any;
  check.example->body = check.example->target = check.example->method = any;
  check.example->params = check.example->response_headers = {{any, any}};
  report.notices = {any};
  const std::string text = page::page_data(report, {});
  RC_ASSERT(is_utf8(text));
  RC_ASSERT(!Data::parse(text).is_discarded());
  RC_ASSERT(std::none_of(text.begin(), text.end(), [](char c) {
    return c == '<' || (static_cast<unsigned char>(c) < 0x20);
  }));
}

}  // namespace
}  // namespace flowlog
