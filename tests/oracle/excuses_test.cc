// What says nothing of the rule that was tried: no answer, what stands in front of the API, the
// state of the account.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "oracle/judge.h"
#include "specs/load.h"
#include "tests/oracle/answers.h"
#include "tests/oracle/requests.h"

namespace flowlog {
namespace {

using test::error;
using test::expected;
using test::name_too_long;
using test::success;
using test::verdict;
using testing::HasSubstr;

TEST(Excuses, ThrottlingProvesNothing) {
  for (const Response& answer :
       {error(429, "FlowLimitExceeded"), parse_response(429, {}, "<html>"),
        error(400, "FlowLimitExceeded"), parse_response(503, {}, "busy")}) {
    Judgement j = judge(name_too_long(), answer);
    EXPECT_EQ(j.verdict, Verdict::inconclusive) << j.observed;
    EXPECT_FALSE(j.environment);
  }
}

TEST(Excuses, NoAnswerIsInconclusiveAndSaysWhy) {
  Judgement j = judge(expected(good_request()), no_response("connection refused"));
  EXPECT_EQ(j.verdict, Verdict::inconclusive);
  EXPECT_THAT(j.message, HasSubstr("connection refused"));
}

TEST(Excuses, APageInFrontOfTheApiIsAFindingWhereTheRequestIsForbiddenAnyway) {
  Judgement j = judge(name_too_long(), parse_response(400, {}, "<html>"));
  EXPECT_EQ(j.verdict, Verdict::finding);
  EXPECT_THAT(j.message, HasSubstr("refused before it reached the API"));
  EXPECT_THAT(j.message, HasSubstr("HTML"));
}

TEST(Excuses, APageInFrontOfTheApiDeviatesWhereTheRequestIsLawful) {
  for (const int http : {400, 403, 404, 405}) {
    Judgement j = judge(expected(good_request()), parse_response(http, {}, "<html>"));
    EXPECT_EQ(j.verdict, Verdict::deviating) << http;
    EXPECT_THAT(j.message, HasSubstr("before it reached the API"));
  }
}

TEST(Excuses, ARequestThatIsTooLongToArriveSaysNothingOfItsRule) {
  for (const int http : {413, 414, 431}) {
    for (const char* body : {"<html>", ""}) {
      const Judgement j = judge(expected(good_request()), parse_response(http, {}, body));
      EXPECT_EQ(j.verdict, Verdict::finding);
      EXPECT_TRUE(j.too_long);
    }
  }
}

TEST(Excuses, APageForAShortRequestIsNoMatterOfItsLength) {
  EXPECT_FALSE(judge(expected(good_request()), parse_response(400, {}, "<html>")).too_long);
}

TEST(Excuses, AnAlienSuccessDeviatesAndSaysWhatItIs) {
  Judgement j = judge(name_too_long(), parse_response(200, {}, "<html>"));
  EXPECT_EQ(j.verdict, Verdict::deviating);
  EXPECT_THAT(j.message, HasSubstr("HTML"));
  EXPECT_FALSE(j.service_fault);
}

TEST(Excuses, TheAccountsStateInTheWayOfAGoodRequestIsTheEnvironment) {
  for (const ErrorRow& row : built_in_service().creator().contract.errors) {
    for (const Trigger& trigger : row.triggers) {
      if (!trigger.condition.starts_with("account.")) continue;
      Judgement j =
          judge(expected(good_request()), error(row.http.front(), row.code, row.message.en));
      EXPECT_EQ(j.verdict, Verdict::inconclusive) << row.id;
      EXPECT_TRUE(j.environment) << row.id;
    }
  }
  EXPECT_TRUE(judge(expected(good_request()), error(403, "AccessDenied")).environment);
}

TEST(Excuses, AUsedUpQuotaIsTheEnvironmentWhateverItsCode) {
  for (const char* code : {"LimitExceeded.FlowLog", "QuotaExceeded", "InvalidFlowLog.Quota"}) {
    EXPECT_TRUE(judge(expected(good_request()), error(400, code)).environment) << code;
  }
}

TEST(Excuses, AQuotaIsNoReasonToRefuseAListing) {
  const Service& service = built_in_service();
  const ContractView lister(service.lister().contract, service.common);
  const Params query = {{"Action", service.lister().name},
                        {"Version", service.lister().contract.version}};
  const Judgement j = judge(expect(lister, query, small_world()), error(400, "LimitExceeded.Ids"));
  EXPECT_EQ(j.verdict, Verdict::finding);  // the table is unread
  EXPECT_FALSE(j.environment);
}

TEST(Excuses, AFreeResourceThatIsBoundIsTheEnvironment) {
  Judgement j = judge(expected(good_request()),
                      error(400, "InvalidParameter.FlowLogResourceAlreadyBound",
                            "The specified resource is already bound to a flow log."));
  EXPECT_EQ(j.verdict, Verdict::inconclusive);
  EXPECT_TRUE(j.environment);
}

TEST(Excuses, AStateOfAFreeResourceDeviatesUnlessItIsPossible) {
  Response busy =
      error(409, "InvalidOperation.Conflict", "The specified resource operation conflicts.");
  EXPECT_EQ(verdict(expected(good_request()), busy), Verdict::deviating);
  Situation situation;
  situation.possible = {"resource.busy"};
  Judgement j = judge(expected(good_request(), situation), busy);
  EXPECT_EQ(j.verdict, Verdict::inconclusive);
  EXPECT_TRUE(j.environment);
}

TEST(Excuses, TheAccountsStateExcusesNoWrongAnswerToABreach) {
  EXPECT_EQ(verdict(name_too_long(), error(400, "OrderError")), Verdict::deviating);
  Situation situation;
  situation.possible = {"account.order_error"};
  Expectation e = expected(good_request_with({{"FlowLogName", "_"}}), situation);
  EXPECT_EQ(verdict(e, error(400, "OrderError")), Verdict::inconclusive);
}

TEST(Excuses, TheEnvironmentsCodeWithAnotherHttpIsNoEnvironment) {
  EXPECT_EQ(verdict(expected(good_request()), error(404, "OrderError")), Verdict::deviating);
}

TEST(Excuses, AConditionsOwnRowConformsAndItsSiblingDeviates) {
  Situation situation;
  situation.conditions = {"account.arrears"};
  Expectation e = expected(good_request(), situation);
  const Service& service = built_in_service();
  EXPECT_EQ(verdict(e, error(400, "UnsupportedOperation", service.row("errors/26")->message.en)),
            Verdict::conformant);
  EXPECT_EQ(verdict(e, error(400, "UnsupportedOperation", service.row("errors/25")->message.en)),
            Verdict::deviating);
  EXPECT_EQ(verdict(e, success()), Verdict::deviating);
}

}  // namespace
}  // namespace flowlog
