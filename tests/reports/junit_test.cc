#include "reports/junit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <pugixml.hpp>
#include <set>

#include "golden.h"
#include "sample.h"
#include "scratch.h"

namespace flowlog {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

pugi::xml_document parse(const std::string& xml) {
  pugi::xml_document document;
  EXPECT_TRUE(document.load_string(xml.c_str(), pugi::parse_full));
  return document;
}

pugi::xml_node find_case(const pugi::xml_document& document, const std::string& id) {
  return document.select_node(("//testcase[@name='" + id + "']").c_str()).node();
}

std::string property_of(const pugi::xml_document& document, const std::string& name) {
  return document.select_node(("//property[@name='" + name + "']").c_str())
      .node()
      .attribute("value")
      .value();
}

TEST(Junit, IsTheGoldenFile) {
  EXPECT_EQ(junit(sample_report()), golden("junit.xml"));
}

TEST(Junit, TheGoldenFileHoldsTheSchemaAndAddsUp) {
  EXPECT_EQ(complaint_about_junit(golden("junit.xml")), "");
}

TEST(Junit, TheSchemaAndTheSumsCanComplain) {
  std::string xml = golden("junit.xml");
  xml.replace(xml.find("tests=\"7\""), 9, "tests=\"8\"");
  EXPECT_THAT(complaint_about_junit(xml), HasSubstr("tests is 8, not 7"));
  xml = golden("junit.xml");
  xml.replace(xml.find("time=\"0.002\""), 12, "time=\"2,0\"");
  EXPECT_THAT(complaint_about_junit(xml), HasSubstr("[exit 3]"));
}

TEST(Junit, EachVerdictIsWhatReadersTakeItFor) {
  const auto document = parse(junit(sample_report()));
  EXPECT_STREQ(find_case(document, "param.FlowLogName.length/over-max")
                   .child("failure")
                   .attribute("type")
                   .value(),
               "deviating");
  EXPECT_TRUE(
      find_case(document, "error.InvalidVpc.InvalidStatus/vpc_invalid_status").child("error"));
  EXPECT_THAT(find_case(document, "error.UnsupportedOperation/arrears")
                  .child("skipped")
                  .attribute("message")
                  .value(),
              StartsWith("account.arrears"));
  for (const char* id : {"param.FlowLogName.required/left-out", "answer.Result.FlowLogId/prefix",
                         "param.TrafficType.values/valid"}) {
    const auto node = find_case(document, id);
    EXPECT_TRUE(node) << id;
    EXPECT_FALSE(node.child("failure") || node.child("error") || node.child("skipped")) << id;
  }
}

TEST(Junit, ClassnameIsTheIdWithoutTheClassOfInput) {
  const auto document = parse(junit(sample_report()));
  EXPECT_STREQ(
      find_case(document, "param.FlowLogName.length/over-max").attribute("classname").value(),
      "flowlog.param.FlowLogName.length");
}

TEST(Junit, AFailureBeginsWithWhatWasDocumentedAndWhatCameBack) {
  const auto document = parse(junit(sample_report()));
  EXPECT_THAT(
      find_case(document, "param.FlowLogName.length/over-max").child("failure").text().get(),
      StartsWith("documented: errors/7: 400 InvalidName.Malformed: The specified name is "
                 "malformed. Ensure the maximum length of name is 128.; "
                 "parameters/FlowLogName: FlowLogName: String, required\n"
                 "expected: 400 InvalidName.Malformed\n"
                 "came back: 200, FlowLogId fl-7\n"));
}

TEST(Junit, PropertiesNameSeedEndpointContractAndRows) {
  const auto document = parse(junit(sample_report()));
  EXPECT_EQ(property_of(document, "seed"), "7");
  EXPECT_EQ(property_of(document, "endpoint"), "http://127.0.0.1:18080");
  EXPECT_EQ(property_of(document, "contract"), "CreateFlowLog 2020-04-01 (page read 2026-11-25)");
  EXPECT_EQ(property_of(document, "rows.param.FlowLogName.length/over-max"),
            "errors/7 parameters/FlowLogName");
  EXPECT_EQ(property_of(document, "finding.param.FlowLogName.required/left-out"),
            "A request without a name: Two pages differ; the endpoint takes a request without a "
            "name.");
}

TEST(Junit, AStrictRunFailsItsFindings) {
  Report report = sample_report();
  report.strict = true;
  const std::string xml = junit(report);
  EXPECT_TRUE(find_case(parse(xml), "param.FlowLogName.required/left-out").child("failure"));
  EXPECT_EQ(complaint_about_junit(xml), "");
}

TEST(Junit, WhateverAServerSendsIsWellFormedAndShown) {
  const std::string xml = junit(hostile_report());
  EXPECT_EQ(complaint_about_junit(xml), "");
  EXPECT_THAT(xml, Not(HasSubstr("\x1b")));
  const auto document = parse(xml);
  const std::string text =
      find_case(document, "param.FlowLogName.length/over-max").child("failure").text().get();
  EXPECT_THAT(text, HasSubstr("\\u{1B}[31mred"));
  EXPECT_THAT(text, HasSubstr("]]> <![CDATA[x]]> &amp; <b>"));
  EXPECT_THAT(text, HasSubstr("\\u{FFFE}"));
  EXPECT_THAT(text, HasSubstr("\\xED\\xA0\\x80"));
}

RC_GTEST_PROP(Junit, AnyByteReadsBackThroughAParser, (const std::vector<unsigned char>& bytes)) {
  Report report = sample_report();
  report.checks[1].observed = std::string(bytes.begin(), bytes.end());
  report.checks[1].example->body = report.checks[1].observed;
  pugi::xml_document document;
  RC_ASSERT(bool(document.load_string(junit(report).c_str(), pugi::parse_full)));
}

TEST(Junit, ABodyOfAMegabyteIsCutAndTheCutIsTold) {
  Report report = sample_report();
  for (int i = 0; i < 20; ++i) {
    CheckResult check = report.checks[1];
    check.id += std::to_string(i);
    check.example->body = std::string(1 << 20, '<');
    check.observed = check.example->body;
    report.checks.push_back(check);
  }
  const std::string xml = junit(report);
  EXPECT_LT(xml.size(), std::size_t{400'000});
  EXPECT_THAT(xml, HasSubstr("bytes more)"));
  EXPECT_EQ(complaint_about_junit(xml), "");
}

TEST(Junit, TroubleOfTheRunIsNeverGreen) {
  Report trouble = clean_report();
  trouble.trouble = "the endpoint refuses every request";
  Report cut = clean_report();
  cut.complete = false;
  Report skipped = clean_report();
  skipped.checks[0].verdict = Verdict::skipped;
  Report nothing = clean_report();
  nothing.checks.clear();
  for (const Report& report : {trouble, cut, skipped, nothing}) {
    const std::string xml = junit(report);
    EXPECT_STREQ(parse(xml).child("testsuites").attribute("errors").value(), "1") << xml;
    EXPECT_EQ(complaint_about_junit(xml), "");
  }
}

TEST(Junit, LeftoversAreAFailureThatNamesThem) {
  Report report = clean_report();
  report.leftover.push_back({"default", "fl-9", "vpc-1", "conf-1", "409 each time"});
  const std::string xml = junit(report);
  EXPECT_THAT(find_case(parse(xml), "run/nothing-left-behind").child("failure").text().get(),
              HasSubstr("left behind: fl-9 on vpc-1 (account default, name \"conf-1\"): "
                        "409 each time"));
  EXPECT_EQ(complaint_about_junit(xml), "");
}

TEST(Junit, AStaleKnownDeviationIsAFailureOfItsOwn) {
  Report report = clean_report();
  report.stale.push_back({"param.X/y", "known.json: param.X/y no longer deviates"});
  EXPECT_TRUE(find_case(parse(junit(report)), "run/known/param.X/y").child("failure"));
}

TEST(Junit, AGreenRunHoldsNothingButItsChecks) {
  const auto document = parse(junit(clean_report()));
  EXPECT_STREQ(document.child("testsuites").attribute("tests").value(), "1");
  EXPECT_STREQ(document.child("testsuites").attribute("failures").value(), "0");
}

TEST(Junit, NamesAreTheSameForAnotherRunAndLanguage) {
  Report later = sample_report();
  later.seed = "8";
  later.started = "2026-11-26T03:04:00Z";
  std::set<std::string> names[2];
  std::size_t which = 0;
  for (const std::string& xml : {junit(sample_report()), junit(later, "zh")}) {
    const pugi::xml_document document = parse(xml);
    for (const auto& found : document.select_nodes("//testcase")) {
      names[which].insert(std::string(found.node().attribute("classname").value()) + " " +
                          found.node().attribute("name").value());
    }
    ++which;
  }
  EXPECT_EQ(names[0].size(), 7U);
  EXPECT_EQ(names[0], names[1]);
}

TEST(Junit, OddTimesAreZero) {
  Report report = clean_report();
  report.checks[0].seconds = -5;
  report.checks.push_back(report.checks[0]);
  report.checks[1].id = "b/c";
  report.checks[1].seconds = std::numeric_limits<double>::infinity();
  EXPECT_EQ(complaint_about_junit(junit(report)), "");
}

TEST(Junit, AMessageSaysTitleAndMeaning) {
  const auto document = parse(junit(sample_report()));
  EXPECT_STREQ(find_case(document, "param.FlowLogName.length/over-max")
                   .child("failure")
                   .attribute("message")
                   .value(),
               "A name of one character too many is refused: The endpoint takes a name longer than "
               "the page allows.");
}

TEST(Junit, AMessageIsTheSameInEveryRun) {
  const auto message = [](const std::string& number) {
    Report report = sample_report();
    CheckResult& check = report.checks[1];
    check.example->request_id = "2026112503040500000000000000" + number;
    check.example->body = R"({"Result":{"FlowLogId":"fl-mock)" + number + R"("}})";
    check.message = "Made fl-mock" + number + " on vpc-1, RequestId \"" +
                    check.example->request_id + "\"; see " + check.example->request_id + ".";
    return std::string(
        find_case(parse(junit(report)), check.id).child("failure").attribute("message").value());
  };
  EXPECT_EQ(message("0001"), message("0002"));
  EXPECT_THAT(message("0001"), HasSubstr("Made … on vpc-1; see …."));
}

TEST(Junit, TheTextHoldsEveryRequestOfAScript) {
  Report report = sample_report();
  CheckResult& check = report.checks[1];
  Evidence look = *check.example;
  look.params = {{"Action", "DescribeFlowLogs"}, {"ResourceId", "vpc-looked-up"}};
  look.request_id = "LATER" + std::string(300, '0');
  check.steps = {*check.example, look};
  const std::string text = find_case(parse(junit(report)), check.id).child("failure").text().get();
  const std::size_t first = text.find("request 1 of 2:");
  const std::size_t second = text.find("request 2 of 2:");
  ASSERT_NE(first, std::string::npos);
  ASSERT_NE(second, std::string::npos);
  EXPECT_LT(text.find("\"a\" × 129"), second);
  EXPECT_GT(text.find("vpc-looked-up"), second);
  EXPECT_THAT(text, HasSubstr("RequestId " + look.request_id + "\n"));
}

TEST(Junit, SkippedIsCountedAtBothLevels) {
  const auto document = parse(junit(sample_report()));
  EXPECT_STREQ(document.child("testsuites").attribute("skipped").value(), "2");
  EXPECT_STREQ(document.select_node("//testsuite[@name='flowlog.error']")
                   .node()
                   .attribute("skipped")
                   .value(),
               "2");
}

}  // namespace
}  // namespace flowlog
