#include "reports/json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <nlohmann/json.hpp>

#include "base/json_node.h"
#include "base/text.h"
#include "golden.h"
#include "sample.h"
#include "scratch.h"

namespace flowlog {
namespace {

using testing::HasSubstr;

TEST(Json, IsTheGoldenFile) {
  EXPECT_EQ(json(sample_report()), golden("report.json"));
}

TEST(Json, TheGoldenFileReadsBackAsTheReport) {
  const Report report = parse_report(golden("report.json"), "report.json");
  EXPECT_EQ(json(report), json(sample_report()));
  ASSERT_EQ(report.checks.size(), 7U);
  EXPECT_EQ(report.checks[1].title.zh, "名称多一个字符时被拒绝");
  EXPECT_EQ(report.checks[1].example->params[2].second, std::string(129, 'a'));
  EXPECT_EQ(report.checks[6].example->failure, "no answer within 10 s");
  EXPECT_EQ(report.totals(), sample_report().totals());
}

TEST(Json, HoldsThePublishedSchema) {
  EXPECT_EQ(complaint_about_report(json(sample_report())), "");
  EXPECT_EQ(complaint_about_report(json(clean_report(), "zh")), "");
  EXPECT_EQ(complaint_about_report(json(Report())), "");
  EXPECT_EQ(complaint_about_report(json(hostile_report())), "");
}

TEST(Json, TheSchemaRefusesAReportWithoutAMember) {
  nlohmann::json broken = nlohmann::json::parse(json(sample_report()));
  broken.erase("complete");
  EXPECT_THAT(complaint_about_report(broken.dump()),
              HasSubstr("'complete' is a required property"));
}

TEST(Json, TheSchemaRefusesAnUnknownVerdict) {
  nlohmann::json broken = nlohmann::json::parse(json(sample_report()));
  broken["checks"][1]["verdict"] = "failed";
  EXPECT_THAT(complaint_about_report(broken.dump()), HasSubstr("$.checks[1].verdict"));
}

TEST(Json, TitlesStandInTheLanguageOfTheReport) {
  const auto zh = nlohmann::json::parse(json(sample_report(), "zh"));
  EXPECT_EQ(zh["checks"][1]["title"], "名称多一个字符时被拒绝");
  EXPECT_EQ(zh["checks"][1]["titles"]["en"], "A name of one character too many is refused");
}

TEST(Json, BytesThatAreNoTextSurvive) {
  const Report before = hostile_report();
  const std::string text = json(before);
  EXPECT_TRUE(is_utf8(text));
  const Report after = parse_report(text, "report.json");
  for (std::size_t i = 0; i < before.checks.size(); ++i) {
    EXPECT_EQ(after.checks[i].observed, before.checks[i].observed);
    EXPECT_EQ(after.checks[i].example->body, before.checks[i].example->body);
    EXPECT_EQ(after.checks[i].example->target, before.checks[i].example->target);
    EXPECT_EQ(after.checks[i].example->params, before.checks[i].example->params);
    EXPECT_EQ(after.checks[i].original->response_headers,
              before.checks[i].original->response_headers);
  }
  EXPECT_EQ(after.endpoint, before.endpoint);
  EXPECT_EQ(after.leftover[0].resource_id, before.leftover[0].resource_id);
  EXPECT_EQ(json(after), text);
}

RC_GTEST_PROP(Json, AnyBodyReadsBack, (const std::vector<unsigned char>& bytes)) {
  Report report = sample_report();
  report.checks[1].example->body = std::string(bytes.begin(), bytes.end());
  const Report after = parse_report(json(report), "report.json");
  RC_ASSERT(after.checks[1].example->body == report.checks[1].example->body);
}

TEST(Json, KeepsEveryStepOfAScript) {
  Report report = sample_report();
  EXPECT_FALSE(nlohmann::json::parse(json(report))["checks"][1].contains("steps"));
  Evidence look = *report.checks[1].example;
  look.target = "/?Action=DescribeFlowLogs";
  Evidence lost = look;
  lost.status = 0;
  lost.failure = "the connection was closed";
  report.checks[1].steps = {*report.checks[1].example, look, lost};
  EXPECT_EQ(complaint_about_report(json(report)), "");
  const Report after = parse_report(json(report), "report.json");
  ASSERT_EQ(after.checks[1].steps.size(), 3U);
  EXPECT_EQ(after.checks[1].steps[1].target, "/?Action=DescribeFlowLogs");
  EXPECT_EQ(after.checks[1].steps[2].failure, "the connection was closed");
  EXPECT_EQ(json(after), json(report));
}

TEST(Json, ReadsAFileOfNothingButTheFirmMembers) {
  const Report report = parse_report(
      R"({"schema":1,"endpoint":"http://h","seed":"7","started":"","seconds":1,"complete":true,
          "requests":2,"created":0,"leftover":[],"totals":{},"rows":[],"something":"new",
          "checks":[{"id":"a","title":"t","rows":["errors/7"],"verdict":"finding"}]})",
      "other.json");
  EXPECT_EQ(report.checks[0].verdict, Verdict::finding);
  EXPECT_EQ(report.checks[0].title.en, "t");
}

std::string report_complaint(const std::string& text) {
  try {
    parse_report(text, "r.json");
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

TEST(Json, RefusesWhatIsNoReport) {
  EXPECT_THAT(report_complaint("{}"), HasSubstr("r.json"));
  EXPECT_THAT(report_complaint("[]"), HasSubstr("r.json"));
  EXPECT_THAT(report_complaint(""), HasSubstr("r.json"));
  EXPECT_THAT(report_complaint(R"({"schema":2,"checks":[]})"), HasSubstr("/schema"));
  EXPECT_THAT(report_complaint(R"({"schema":1,"checks":[{"id":"a","verdict":"conform"}]})"),
              testing::AllOf(HasSubstr("/checks/0/verdict"), HasSubstr("conformant")));
  EXPECT_THAT(report_complaint(R"({"schema":1,"checks":[{"id":"","verdict":"known"}]})"),
              HasSubstr("/checks/0/id"));
  EXPECT_THAT(report_complaint(R"({"schema":1,"checks":[],"endpoint_base64":"%"})"),
              HasSubstr("base64"));
}

TEST(Json, TimesThatAreNoneBecomeZero) {
  Report report = clean_report();
  report.seconds = std::numeric_limits<double>::quiet_NaN();
  report.checks[0].seconds = -1;
  const auto root = nlohmann::json::parse(json(report));
  EXPECT_EQ(root["seconds"], 0.0);
  EXPECT_EQ(root["checks"][0]["seconds"], 0.0);
}

}  // namespace
}  // namespace flowlog
