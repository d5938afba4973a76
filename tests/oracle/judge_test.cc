#include "oracle/judge.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "specs/load.h"
#include "tests/oracle/answers.h"
#include "tests/oracle/requests.h"

namespace flowlog {
namespace {

using Json = nlohmann::json;
using test::error;
using test::expected;
using test::name_too_long;
using test::success;
using test::verdict;
using testing::HasSubstr;

constexpr const char* kNameTooLong =
    "The specified name is malformed. Ensure the maximum length of name is 128.";
constexpr const char* kNameMalformed = "The specified name is malformed.";

Expectation malformed_log_project() {
  return expected(good_request_with({{"LogProjectName", "A"}}));
}

TEST(Judge, ASuccessfulGoodRequestConforms) {
  EXPECT_EQ(verdict(expected(good_request()), success(200)), Verdict::conformant);
  EXPECT_EQ(verdict(expected(good_request()), success(202)), Verdict::conformant);
}

TEST(Judge, ASuccessOutside2xxDeviates) {
  EXPECT_EQ(verdict(expected(good_request()), success(404)), Verdict::deviating);
}

TEST(Judge, AnErrorInside2xxDeviatesWhateverItSays) {
  EXPECT_EQ(verdict(name_too_long(), error(200, "InvalidName.Malformed", kNameTooLong)),
            Verdict::deviating);
  EXPECT_EQ(verdict(malformed_log_project(), error(200, "InvalidName.Malformed")),
            Verdict::deviating);
}

TEST(Judge, TheDocumentedRefusalConformsAndNamesItsRow) {
  Judgement j = judge(name_too_long(), error(400, "InvalidName.Malformed", kNameTooLong));
  EXPECT_EQ(j.verdict, Verdict::conformant);
  EXPECT_EQ(j.chosen_row, "errors/7");
  EXPECT_EQ(j.message, "");
}

TEST(Judge, AcceptingABreachDeviatesAndNamesTheRule) {
  Judgement j = judge(name_too_long(), success());
  EXPECT_EQ(j.verdict, Verdict::deviating);
  EXPECT_THAT(j.message, HasSubstr("FlowLogName/length"));
}

TEST(Judge, TheRightCodeWithAnotherHttpDeviates) {
  EXPECT_EQ(verdict(name_too_long(), error(403, "InvalidName.Malformed", kNameTooLong)),
            Verdict::deviating);
}

TEST(Judge, AnotherCodeDeviatesWhetherDocumentedOrNot) {
  EXPECT_EQ(verdict(name_too_long(), error(400, "InvalidDescription.Malformed")),
            Verdict::deviating);
  EXPECT_EQ(verdict(name_too_long(), error(400, "InvalidName.TooLong")), Verdict::deviating);
  EXPECT_EQ(verdict(name_too_long(), error(400, "invalidname.malformed", kNameTooLong)),
            Verdict::deviating);
}

TEST(Judge, OneMessageForTwoRowsIsAFinding) {
  Judgement j = judge(name_too_long(), error(400, "InvalidName.Malformed", kNameMalformed));
  EXPECT_EQ(j.verdict, Verdict::finding);
  EXPECT_THAT(j.message, HasSubstr("errors/8"));
}

TEST(Judge, TheMessageOfALimitThatWasKeptDeviates) {
  Params params = good_request();
  set(params, "FlowLogName", "a#");
  EXPECT_EQ(verdict(expected(params), error(400, "InvalidName.Malformed", kNameTooLong)),
            Verdict::deviating);
}

TEST(Judge, AMessageThatNoCallerWasMeantToSeeDeviates) {
  for (const char* message :
       {"", " ", "<nil>", "null", "The specified name %s is malformed.",
        "Traceback (most recent call last)", "goroutine 1 [running]", "SQLSTATE 42000"}) {
    EXPECT_EQ(verdict(name_too_long(), error(400, "InvalidName.Malformed", message)),
              Verdict::deviating)
        << message;
  }
}

TEST(Judge, AnotherMessageIsAFindingAndDeviatesWhenStrict) {
  Response answer = error(400, "InvalidName.Malformed", "name too long");
  EXPECT_EQ(verdict(name_too_long(), answer), Verdict::finding);
  EXPECT_EQ(verdict(name_too_long(), answer, true), Verdict::deviating);
}

TEST(Judge, WhereTwoRowsOfOneCodeAreLawfulTheMessageTellsWhichCame) {
  Expectation both = expected(good_request_with({{"FlowLogName", "_" + std::string(128, 'a')}}));
  EXPECT_EQ(judge(both, error(400, "InvalidName.Malformed", kNameMalformed)).chosen_row,
            "errors/8");
  EXPECT_EQ(judge(both, error(400, "InvalidName.Malformed", kNameTooLong)).chosen_row, "errors/7");
}

TEST(Judge, AmongSeveralLawfulRowsThePreferredOneIsReported) {
  Expectation e = expected(good_request_with({{"TrafficType", "x"}, {"ResourceId", "none"}}));
  Judgement j =
      judge(e, error(404, "InvalidResource.NotFound", "The specified resource does not exist."));
  EXPECT_EQ(j.verdict, Verdict::conformant);
  EXPECT_EQ(j.chosen_row, "errors/32");
}

TEST(Judge, APlaceholderInTheMessageStandsForAnyText) {
  Expectation e = expected(good_request_without("TrafficType"));
  EXPECT_EQ(
      verdict(e, error(400, "MissingParameter", "The request is missing TrafficType parameter.")),
      Verdict::conformant);
  EXPECT_EQ(verdict(e, error(400, "MissingParameter", "TrafficType is missing.")),
            Verdict::finding);
}

TEST(Judge, MatchesPlaceholdersAtEveryPlace) {
  EXPECT_TRUE(matches_message("a %s for %s.", "a b for c."));
  EXPECT_TRUE(matches_message("%s", ""));
  EXPECT_TRUE(matches_message("%s.", "a.b."));
  EXPECT_TRUE(matches_message("plain", "plain"));
  EXPECT_FALSE(matches_message("a %s for %s.", "a b c."));
  EXPECT_FALSE(matches_message("a%sa", "a"));
  EXPECT_FALSE(matches_message("a %s.", "a b. "));
  EXPECT_FALSE(matches_message("plain", "plain."));
  EXPECT_FALSE(matches_message("", "x"));
}

TEST(Judge, AWrongNumberBesideTheCodeDeviates) {
  Expectation e = expected(good_request_without("TrafficType"));
  Json body = R"({"ResponseMetadata":{"Error":{"Code":"MissingParameter",
    "Message":"The request is missing TrafficType parameter."}}})"_json;
  body["ResponseMetadata"]["Error"]["CodeN"] = 100003;
  EXPECT_EQ(verdict(e, parse_response(400, {}, body.dump())), Verdict::deviating);
  body["ResponseMetadata"]["Error"]["CodeN"] = 100002;
  EXPECT_EQ(verdict(e, parse_response(400, {}, body.dump())), Verdict::conformant);
}

TEST(Judge, EitherHttpOfARowWithTwoConforms) {
  Situation situation;
  situation.authentication = "expired";
  Expectation e = expected(good_request(), situation);
  EXPECT_EQ(verdict(e, error(400, "InvalidTimestamp")), Verdict::conformant);
  EXPECT_EQ(verdict(e, error(403, "InvalidTimestamp")), Verdict::conformant);
  EXPECT_EQ(verdict(e, error(401, "InvalidTimestamp")), Verdict::deviating);
}

TEST(Judge, AServersFaultDeviatesAndIsMarked) {
  for (const Response& answer :
       {error(500, "InternalError"), error(502, "X"), error(400, "InternalError"),
        parse_response(500, {}, "<html>"), parse_response(504, {}, "")}) {
    for (const Expectation& e : {expected(good_request()), name_too_long(),
                                 expected(good_request_without("FlowLogName"))}) {
      Judgement j = judge(e, answer);
      EXPECT_EQ(j.verdict, Verdict::deviating) << j.observed;
      EXPECT_TRUE(j.service_fault) << j.observed;
    }
  }
}

TEST(Judge, OneKeyTwiceToldOfAsAConflictIsAFinding) {
  Params params = good_request();
  set(params, "Tags.1.Key", "k");
  set(params, "Tags.2.Key", "k");
  EXPECT_EQ(verdict(expected(params), error(409, "InvalidOperation.Conflict",
                                            "The specified resource operation conflicts.")),
            Verdict::finding);
}

TEST(Judge, AMalformedLogNameMayBeRefusedWithAnyDocumented400) {
  EXPECT_EQ(verdict(malformed_log_project(), error(400, "InvalidName.Malformed", kNameMalformed)),
            Verdict::conformant);
  EXPECT_EQ(verdict(malformed_log_project(), success()), Verdict::deviating);
}

TEST(Judge, WhichRefusalAMalformedLogNameGetsIsAFindingAtMost) {
  EXPECT_EQ(verdict(malformed_log_project(), error(400, "InvalidLogProject.Malformed")),
            Verdict::finding);
  EXPECT_EQ(verdict(malformed_log_project(), error(404, "InvalidResource.NotFound")),
            Verdict::finding);
  EXPECT_EQ(verdict(malformed_log_project(), error(403, "InvalidName.Malformed")),
            Verdict::finding);
  EXPECT_EQ(verdict(malformed_log_project(), error(500, "InternalError")), Verdict::deviating);
}

TEST(Judge, WhatTheDocumentationLeavesOpenIsAFindingEitherWay) {
  Expectation e = expected(good_request_with({{"FlowLogName", "é"}}));
  Judgement accepted = judge(e, success());
  EXPECT_EQ(accepted.verdict, Verdict::finding);
  EXPECT_THAT(accepted.message, HasSubstr("accepts"));
  Judgement refused = judge(e, error(400, "InvalidName.Malformed", kNameMalformed));
  EXPECT_EQ(refused.verdict, Verdict::finding);
  EXPECT_THAT(refused.message, HasSubstr("refuses with InvalidName.Malformed"));
  EXPECT_EQ(verdict(e, error(400, "InvalidName.Charset")), Verdict::finding);
  EXPECT_EQ(verdict(e, error(400, "InvalidTag.Disorder")), Verdict::deviating);
}

TEST(Judge, AnInferredRuleIsNeverMoreThanAFinding) {
  Service service = built_in_service();
  for (Parameter& parameter : service.contract_to_change().parameters) {
    for (Rule& rule : parameter.rules) {
      if (rule.address == "TrafficType/values") rule.standing = Standing::inferred;
    }
  }
  Expectation e = expect(service, good_request_with({{"TrafficType", "x"}}), small_world());
  EXPECT_EQ(verdict(e, success()), Verdict::finding);
  EXPECT_EQ(verdict(e, error(400, "Other")), Verdict::finding);
}

TEST(Judge, AGoodRequestRefusedForADocumentedRuleDeviates) {
  EXPECT_EQ(verdict(expected(good_request()), error(400, "InvalidName.Malformed")),
            Verdict::deviating);
  EXPECT_EQ(verdict(expected(good_request()), error(400, "LimitExceeded.Tags")),
            Verdict::deviating);
  EXPECT_EQ(verdict(expected(good_request()), error(400, "Unheard.Of")), Verdict::deviating);
  EXPECT_EQ(verdict(expected(good_request()), error(401, "SignatureDoesNotMatch")),
            Verdict::deviating);
}

TEST(Judge, ARaceMayBeWonOrLostButNotOtherwise) {
  Situation situation;
  situation.race = "one-token";
  Expectation e = expected(good_request(), situation);
  EXPECT_EQ(verdict(e, success()), Verdict::conformant);
  EXPECT_EQ(verdict(e, error(412, "IdempotentProcessing",
                             built_in_service().row("errors/34")->message.en)),
            Verdict::conformant);
  EXPECT_EQ(verdict(e, error(409, "InvalidOperation.Conflict")), Verdict::deviating);
}

TEST(Judge, SaysWhatWasExpectedInOneLine) {
  EXPECT_EQ(expected_line(expected(good_request())), "HTTP 2xx, a success");
  EXPECT_EQ(expected_line(name_too_long()), "HTTP 400 InvalidName.Malformed (errors/7)");
  EXPECT_EQ(expected_line(expected(good_request_without("TrafficType"))),
            "HTTP 400 MissingParameter (common/MissingParameter), or "
            "HTTP 400 InvalidParameter.FlowLogTrafficType (errors/13)");
  EXPECT_EQ(expected_line(malformed_log_project()), "HTTP 400 with any documented code");
}

TEST(Judge, SaysWhatCameInOneLine) {
  EXPECT_EQ(observed_line(error(400, "A.B", "two\nlines")),
            "HTTP 400 \"A.B\", \"two\\nlines\", RequestId \"R1\"");
  EXPECT_EQ(observed_line(success()), "HTTP 200, a success, FlowLogId \"fl-1\", RequestId \"R1\"");
  EXPECT_EQ(observed_line(no_response("timeout")), "no answer: timeout");
  Response long_id = success();
  long_id.request_id = "2026112513523" + std::string(170, '0') + "15";
  EXPECT_THAT(observed_line(long_id),
              testing::EndsWith("RequestId \"" + long_id.request_id + "\""));
  EXPECT_EQ(observed_line(parse_response(200, {}, "")), "HTTP 200, the body is empty");
}

TEST(Judge, EveryRowOfThePageIsTheDocumentedAnswerToItsOwnCondition) {
  for (const ErrorRow& row : built_in_service().creator().contract.errors) {
    for (const Trigger& trigger : row.triggers) {
      if (trigger.condition.empty()) continue;
      Situation situation;
      situation.conditions = {trigger.condition};
      Expectation e = expected(good_request(), situation);
      EXPECT_EQ(verdict(e, error(row.http.front(), row.code, row.message.en)), Verdict::conformant);
      EXPECT_EQ(verdict(e, error(row.http.front() + 5, row.code, row.message.en)),
                Verdict::deviating);
      EXPECT_EQ(verdict(e, error(row.http.front(), row.code + "x", row.message.en)),
                Verdict::deviating);
    }
  }
}

}  // namespace
}  // namespace flowlog
