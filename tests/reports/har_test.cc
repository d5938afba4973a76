#include "reports/har.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "reports/base64.h"
#include "sample.h"

namespace flowlog {
namespace {

TEST(Har, HoldsEveryExchangeWithTheMembersThatViewersNeed) {
  const auto root = nlohmann::json::parse(har(sample_report()));
  EXPECT_EQ(root["log"]["version"], "1.2");
  EXPECT_EQ(root["log"]["creator"]["name"], "flowlog-conformance");
  ASSERT_EQ(root["log"]["entries"].size(), 2U);
  const auto& entry = root["log"]["entries"][0];
  EXPECT_EQ(entry["comment"], "param.FlowLogName.length/over-max");
  EXPECT_EQ(entry["startedDateTime"], "2026-11-25T03:04:05Z");
  EXPECT_EQ(entry["time"], 12.5);
  EXPECT_EQ(entry["request"]["method"], "GET");
  EXPECT_EQ(entry["request"]["url"].get<std::string>().substr(0, 45),
            "http://127.0.0.1:18080/?Action=CreateFlowLog&");
  EXPECT_EQ(entry["request"]["queryString"][2]["value"], std::string(129, 'a'));
  for (const char* member : {"httpVersion", "cookies", "headers", "headersSize", "bodySize"}) {
    EXPECT_TRUE(entry["request"].contains(member)) << member;
    EXPECT_TRUE(entry["response"].contains(member)) << member;
  }
  EXPECT_EQ(entry["response"]["status"], 200);
  EXPECT_EQ(entry["response"]["content"]["mimeType"], "application/json");
  EXPECT_TRUE(entry["timings"].contains("wait"));
  EXPECT_TRUE(entry["cache"].is_object());
}

TEST(Har, NoAnswerIsAStatusOfZeroWithItsReason) {
  const auto root = nlohmann::json::parse(har(sample_report()));
  const auto& response = root["log"]["entries"][1]["response"];
  EXPECT_EQ(response["status"], 0);
  EXPECT_EQ(response["comment"], "no answer within 10 s");
}

TEST(Har, ABodyThatIsNoTextStandsInBase64) {
  Report report = hostile_report();
  const auto root = nlohmann::json::parse(har(report));
  const auto& content = root["log"]["entries"][0]["response"]["content"];
  EXPECT_EQ(content["encoding"], "base64");
  EXPECT_EQ(from_base64(content["text"].get<std::string>()), hostile_text());
}

TEST(Har, KeepsTheExchangeBeforeItWasMadeSmaller) {
  Report report = sample_report();
  report.checks[1].original = report.checks[1].example;
  EXPECT_EQ(nlohmann::json::parse(har(report))["log"]["entries"].size(), 2U);
  report.checks[1].original->target += "&Description=x";
  const auto root = nlohmann::json::parse(har(report));
  ASSERT_EQ(root["log"]["entries"].size(), 3U);
  EXPECT_EQ(root["log"]["entries"][1]["comment"],
            "param.FlowLogName.length/over-max (before it was made smaller)");
}

TEST(Har, HoldsEveryRequestOfAScriptInOrder) {
  Report report = sample_report();
  CheckResult& check = report.checks[1];
  Evidence first = *check.example;
  first.target = "/?Action=CreateFlowLog&first";
  Evidence look = *check.example;
  look.target = "/?Action=DescribeFlowLogs";
  check.steps = {first, *check.example, look};
  const auto entries = nlohmann::json::parse(har(report))["log"]["entries"];
  ASSERT_EQ(entries.size(), 4U);  // and the other check's example
  EXPECT_EQ(entries[0]["comment"], "param.FlowLogName.length/over-max (request 1 of 3)");
  EXPECT_EQ(entries[0]["request"]["url"], "http://127.0.0.1:18080/?Action=CreateFlowLog&first");
  EXPECT_EQ(entries[1]["request"]["queryString"][2]["value"], std::string(129, 'a'));
  EXPECT_EQ(entries[2]["comment"], "param.FlowLogName.length/over-max (request 3 of 3)");
  EXPECT_EQ(entries[2]["request"]["url"], "http://127.0.0.1:18080/?Action=DescribeFlowLogs");
}

}  // namespace
}  // namespace flowlog
