#include "oracle/response.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <nlohmann/json.hpp>

namespace flowlog {
namespace {

using Kind = Response::Kind;
using testing::HasSubstr;

const char* const kSuccess = R"({"ResponseMetadata":{"RequestId":"R1","Action":"CreateFlowLog"},)"
                             R"("Result":{"RequestId":"R2","FlowLogId":"fl-1"}})";
const char* const kError = R"({"ResponseMetadata":{"RequestId":"R1",)"
                           R"("Error":{"CodeN":100002,"Code":"MissingParameter","Message":"m"}}})";

Response parse(int http, std::string_view body) {
  return parse_response(http, {{"Content-Type", "application/json"}}, body, "Result.FlowLogId");
}

std::string trouble(int http, std::string_view body) {
  Response answer = parse(http, body);
  EXPECT_EQ(answer.kind, Kind::alien) << body.substr(0, 80);
  return answer.trouble;
}

TEST(Response, UnderstandsASuccess) {
  Response answer = parse(200, kSuccess);
  EXPECT_EQ(answer.kind, Kind::success);
  EXPECT_EQ(answer.http, 200);
  EXPECT_EQ(answer.request_id, "R1");
  EXPECT_EQ(answer.result_request_id, "R2");
  EXPECT_EQ(answer.thing_id, "fl-1");
  EXPECT_EQ(answer.thing_member, "FlowLogId");
  EXPECT_EQ(answer.trouble, "");
}

TEST(Response, UnderstandsAnError) {
  Response answer = parse(400, kError);
  EXPECT_EQ(answer.kind, Kind::error);
  EXPECT_EQ(answer.code, "MissingParameter");
  EXPECT_EQ(answer.message, "m");
  EXPECT_EQ(answer.code_n, 100002);
  EXPECT_EQ(answer.request_id, "R1");
}

TEST(Response, UnderstandsAGatewaysFlatError) {
  Response answer = parse(404, R"({"HTTPCode":404,"errorcode":"ServiceNotFound","message":"m"})");
  EXPECT_EQ(answer.kind, Kind::error);
  EXPECT_TRUE(answer.flat);
  EXPECT_EQ(answer.code, "ServiceNotFound");
  EXPECT_EQ(answer.message, "m");
}

TEST(Response, UnknownMembersAreLawful) {
  Response answer = parse(200, R"({"Result":{"FlowLogId":"fl-1","More":[1,{"a":null}]},)"
                               R"("ResponseMetadata":{"New":1},"Extra":{}})");
  EXPECT_EQ(answer.kind, Kind::success);
}

TEST(Response, NullIsAsGoodAsLeftOut) {
  EXPECT_EQ(parse(400, R"({"ResponseMetadata":{"Error":{"Code":"A","Message":null}},)"
                       R"("Result":null})")
                .kind,
            Kind::error);
  EXPECT_EQ(parse(200, R"({"ResponseMetadata":{"Error":null},"Result":{}})").kind, Kind::success);
}

TEST(Response, AnErrorWithHttp200IsStillAnError) {
  Response answer = parse(200, kError);
  EXPECT_EQ(answer.kind, Kind::error);
  EXPECT_EQ(answer.http, 200);
}

TEST(Response, ASuccessWithHttp404KeepsItsId) {
  Response answer = parse(404, kSuccess);
  EXPECT_EQ(answer.kind, Kind::success);
  EXPECT_EQ(answer.thing_id, "fl-1");
}

TEST(Response, ErrorBesideResultIsNoAnswerButKeepsTheIdForCleaningUp) {
  std::string body = R"({"ResponseMetadata":{"Error":{"Code":"A","Message":"m"}},)"
                     R"("Result":{"FlowLogId":"fl-1"}})";
  EXPECT_THAT(trouble(200, body), HasSubstr("Error stands beside Result"));
  EXPECT_EQ(parse(200, body).thing_id, "fl-1");
}

TEST(Response, NamesWhatTheBodyReallyIs) {
  EXPECT_THAT(trouble(200, ""), HasSubstr("empty"));
  EXPECT_THAT(trouble(200, " \r\n"), HasSubstr("empty"));
  EXPECT_THAT(trouble(204, ""), HasSubstr("empty"));
  EXPECT_THAT(trouble(502, "<html><body>Bad Gateway"), HasSubstr("HTML"));
  EXPECT_THAT(trouble(502, "\n<!DOCTYPE html>"), HasSubstr("HTML"));
  EXPECT_THAT(trouble(502, "<Error/>"), HasSubstr("markup"));
  EXPECT_THAT(trouble(200, std::string("\xEF\xBB\xBF") + kSuccess), HasSubstr("byte order mark"));
  EXPECT_THAT(trouble(200, "\x1F\x8B\x08"), HasSubstr("gzip"));
  EXPECT_THAT(trouble(200, "{\"a\":"), HasSubstr("not valid JSON"));
  EXPECT_THAT(trouble(200, "{\"a\":\"\xFF\"}"), HasSubstr("not valid UTF-8"));
  EXPECT_THAT(trouble(200, std::string("{\0}", 3)), HasSubstr("not valid JSON"));
  EXPECT_THAT(trouble(200, "null"), HasSubstr("null"));
  EXPECT_THAT(trouble(200, "[]"), HasSubstr("array"));
  EXPECT_THAT(trouble(200, "\"\""), HasSubstr("string"));
  EXPECT_THAT(trouble(200, "{}"), HasSubstr("without ResponseMetadata"));
  EXPECT_THAT(trouble(302, kSuccess), HasSubstr("redirect"));
  EXPECT_THAT(trouble(100, ""), HasSubstr("no final answer"));
  EXPECT_THAT(trouble(404, R"({"ResponseMetadata":{}})"), HasSubstr("without an Error"));
}

TEST(Response, NamesAMislabelledEncoding) {
  Response answer = parse_response(200, {{"content-encoding", "br"}}, kSuccess);
  EXPECT_EQ(answer.kind, Kind::alien);
  EXPECT_THAT(answer.trouble, HasSubstr("br"));
}

TEST(Response, NamesWrongTypes) {
  EXPECT_THAT(trouble(400, R"({"ResponseMetadata":{"Error":"no"}})"), HasSubstr("Error is string"));
  EXPECT_THAT(trouble(400, R"({"ResponseMetadata":{"Error":{"Code":1}}})"),
              HasSubstr("Error.Code is number"));
  EXPECT_THAT(trouble(400, R"({"ResponseMetadata":{"Error":{"Message":"m"}}})"),
              HasSubstr("Error has no Code"));
  EXPECT_THAT(trouble(400, R"({"ResponseMetadata":{"Error":{"Code":"A","Message":[]}}})"),
              HasSubstr("Error.Message is array"));
  EXPECT_THAT(trouble(200, R"({"ResponseMetadata":[],"Result":{}})"),
              HasSubstr("ResponseMetadata is array"));
  EXPECT_THAT(trouble(200, R"({"ResponseMetadata":{},"Result":"fl-1"})"),
              HasSubstr("Result is string"));
}

TEST(Response, RefusesMembersThatStandTwice) {
  EXPECT_THAT(trouble(200, R"({"Result":{"FlowLogId":"a","FlowLogId":"b"}})"),
              HasSubstr("\"FlowLogId\" stands twice"));
  EXPECT_EQ(parse(200, R"({"Result":{"A":{"B":1},"B":[{"B":1},{"B":2}]}})").kind, Kind::success);
}

TEST(Response, SurvivesAHundredThousandBrackets) {
  std::string deep(100'000, '[');
  EXPECT_THAT(trouble(200, deep), HasSubstr("nested deeper"));
  std::string objects;
  for (int i = 0; i < 100'000; ++i) objects += "{\"a\":";
  EXPECT_THAT(trouble(200, objects), HasSubstr("nested deeper"));
}

TEST(Response, ReadsNoMoreValuesThanAnyAnswerHas) {
  std::string zeros = R"({"Result":{"A":[0)";
  for (int i = 0; i < 20'000; ++i) zeros += ",0";
  EXPECT_THAT(trouble(200, zeros + "]}}"), HasSubstr("more than 20000 values"));
  std::string names = R"({"Result":{"A":0)";
  for (int i = 0; i < 10'000; ++i) names += ",\"a" + std::to_string(i) + "\":0";
  EXPECT_THAT(trouble(200, names + "}}"), HasSubstr("more than 20000 values"));
}

TEST(Response, TakesNumbersBeyondSixtyFourBits) {
  Response answer = parse(400, R"({"ResponseMetadata":{"Error":{"Code":"A","Message":"m",)"
                               R"("CodeN":123456789012345678901234567890}}})");
  EXPECT_EQ(answer.kind, Kind::error);
  EXPECT_EQ(answer.code_n, std::nullopt);
}

TEST(Response, FollowsDottedPathsThroughArrays) {
  Response answer = parse(200, R"({"Result":{"FlowLogs":[{"Status":"Active"},7]}})");
  EXPECT_EQ(answer.text("Result.FlowLogs.0.Status"), "Active");
  ASSERT_NE(answer.at("Result.FlowLogs.1"), nullptr);
  EXPECT_EQ(*answer.at("Result.FlowLogs.1"), 7);
  for (const char* path : {"Result.FlowLogs.2", "Result.FlowLogs.x", "Result.FlowLogs.-1",
                           "Result.FlowLogs.1.Status", "Result.None", "", "Result."}) {
    EXPECT_EQ(answer.at(path), nullptr) << path;
  }
  EXPECT_EQ(answer.text("Result.FlowLogs.1"), "");
}

TEST(Response, NoAnswerSaysWhy) {
  Response answer = no_response("connection refused");
  EXPECT_EQ(answer.kind, Kind::none);
  EXPECT_EQ(answer.trouble, "connection refused");
  EXPECT_EQ(answer.at("Result"), nullptr);
}

RC_GTEST_PROP(Response, NeverThrowsAndAlwaysSaysWhatIsWrong, (const std::string& bytes)) {
  Response answer = parse_response(200, {}, bytes);
  RC_ASSERT((answer.kind == Kind::alien) == !answer.trouble.empty());
}

RC_GTEST_PROP(Response, NeverThrowsForAnEnvelopeWithABrokenByte, ()) {
  std::string body = *rc::gen::element<std::string>(kSuccess, kError);
  auto at = *rc::gen::inRange<std::size_t>(0, body.size());
  body[at] = *rc::gen::arbitrary<char>();
  int http = *rc::gen::element(200, 400, 500);
  Response answer = parse_response(http, {}, body);
  RC_ASSERT((answer.kind == Kind::alien) == !answer.trouble.empty());
}

}  // namespace
}  // namespace flowlog
