#include "oracle/expectation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "specs/load.h"
#include "tests/oracle/answers.h"
#include "tests/oracle/requests.h"

namespace flowlog {
namespace {

using test::expected;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;
using testing::UnorderedElementsAre;

Situation under(const std::string& condition) {
  Situation situation;
  situation.conditions = {condition};
  return situation;
}

// The lawful rows, "success" for a success.
std::vector<std::string> rows(const Expectation& expectation) {
  std::vector<std::string> result;
  for (const Outcome& outcome : expectation.outcomes) {
    result.push_back(outcome.success ? "success" : outcome.row);
  }
  return result;
}

TEST(Expectation, AGoodRequestSucceedsAndNothingElse) {
  Expectation e = expected(good_request());
  EXPECT_THAT(rows(e), ElementsAre("success"));
  EXPECT_EQ(e.strength, Strength::exact);
  EXPECT_EQ(e.standing, Standing::documented);
  EXPECT_TRUE(e.valid);
  EXPECT_FALSE(e.grey);
}

TEST(Expectation, OneBreachGetsItsRowWithHttpCodeAndMessage) {
  Expectation e = expected(good_request_with({{"FlowLogName", std::string(129, 'a')}}));
  ASSERT_THAT(rows(e), ElementsAre("errors/7"));
  EXPECT_EQ(e.strength, Strength::exact);
  EXPECT_THAT(e.outcomes[0].http, ElementsAre(400));
  EXPECT_EQ(e.outcomes[0].code, "InvalidName.Malformed");
  EXPECT_EQ(e.outcomes[0].message,
            "The specified name is malformed. Ensure the maximum length of name is 128.");
  EXPECT_THAT(e.rows, ElementsAre("parameters/FlowLogName", "errors/7"));
  EXPECT_THAT(e.broken, ElementsAre("FlowLogName/length"));
  EXPECT_FALSE(e.valid);
}

TEST(Expectation, SeveralBreachesMakeEachOfTheirRowsLawful) {
  Expectation e = expected(
      good_request_with({{"TrafficType", "x"}, {"ResourceId", "vpc-none"}, {"FlowLogName", "_"}}));
  EXPECT_THAT(rows(e), UnorderedElementsAre("errors/8", "errors/13", "errors/32"));
  EXPECT_EQ(e.strength, Strength::one_of);
}

TEST(Expectation, AMissingNameIsOpenBecausePagesContradict) {
  Expectation e = expected(good_request_without("FlowLogName"));
  EXPECT_THAT(rows(e), UnorderedElementsAre("success", "errors/8", "common/MissingParameter"));
  EXPECT_TRUE(e.grey);
}

TEST(Expectation, AMissingNameCannotExcuseAnotherBreach) {
  Params params = good_request_without("FlowLogName");
  set(params, "TrafficType", "x");
  Expectation e = expected(params);
  EXPECT_EQ(e.success(), nullptr);
  EXPECT_FALSE(e.grey);
}

TEST(Expectation, AMalformedLogProjectMayGetAnyDocumented400) {
  Expectation e = expected(good_request_with({{"LogProjectName", "A"}}));
  EXPECT_EQ(e.strength, Strength::any_documented_error);
  EXPECT_EQ(e.success(), nullptr);
  // Acceptance breaks a rule of a related page; which refusal comes is only inferred.
  EXPECT_EQ(e.standing, Standing::related);
  EXPECT_EQ(e.answer_standing, Standing::inferred);
  EXPECT_THAT(rows(e), Contains("errors/8"));
  EXPECT_THAT(rows(e), Contains("common/MissingParameter"));
  EXPECT_THAT(rows(e), Not(Contains("errors/32")));                 // 404
  EXPECT_THAT(rows(e), Not(Contains("common/InvalidCredential")));  // before the action is reached
}

TEST(Expectation, AnEmptyValueIsReadAsItStandsAndAsLeftOut) {
  Expectation required = expected(good_request_with({{"TrafficType", ""}}));
  EXPECT_THAT(rows(required), UnorderedElementsAre("errors/13", "common/MissingParameter"));
  EXPECT_FALSE(required.grey);
  Expectation optional = expected(good_request_with({{"ClientToken", ""}}));
  EXPECT_THAT(rows(optional), UnorderedElementsAre("success", "errors/9"));
  EXPECT_TRUE(optional.grey);
  Expectation lawful = expected(good_request_with({{"Description", ""}}));
  EXPECT_THAT(rows(lawful), ElementsAre("success"));
  EXPECT_FALSE(lawful.grey);
}

TEST(Expectation, AnEmptyKeyLeftOutMakesAGap) {
  Expectation e = expected(good_request_with({{"Tags.1.Key", ""}, {"Tags.2.Key", "b"}}));
  EXPECT_THAT(rows(e), UnorderedElementsAre("errors/18", "errors/17"));
}

TEST(Expectation, AnUnknownParameterIsIgnoredOrRefusedWithAny400) {
  Expectation e = expected(good_request_with({{"EnableIndex", "true"}}));
  EXPECT_NE(e.success(), nullptr);
  EXPECT_TRUE(e.grey);
  EXPECT_EQ(e.strength, Strength::any_documented_error);
}

TEST(Expectation, AnUnknownParameterExcusesNoBreach) {
  Expectation e = expected(good_request_with({{"EnableIndex", "true"}, {"ProjectName", "none"}}));
  EXPECT_EQ(e.success(), nullptr);
  EXPECT_THAT(rows(e), Contains("errors/31"));
}

// An earlier run, or anyone else of the account, may have sent "a" with other arguments.
TEST(Expectation, AShortTokenMayHaveBeenUsedBefore) {
  const Expectation e = expected(good_request_with({{"ClientToken", "a"}}));
  EXPECT_THAT(rows(e), ElementsAre("success", "errors/1"));
  EXPECT_FALSE(e.grey);
  EXPECT_THAT(rows(expected(good_request_with({{"ClientToken", "8 of one"}}))),
              ElementsAre("success", "errors/9"));
  EXPECT_THAT(rows(expected(good_request_with({{"ClientToken", "12345678"}}))),
              ElementsAre("success"));
}

TEST(Expectation, ARepeatedNameIsOpen) {
  Expectation e = expected(good_request_and({{"FlowLogName", "b"}}));
  EXPECT_TRUE(e.grey);
  EXPECT_NE(e.success(), nullptr);
}

TEST(Expectation, BytesThatAreNoUtf8AreOpen) {
  Expectation e = expected(good_request_with({{"FlowLogName", "a\xFF"}}));
  EXPECT_TRUE(e.grey);
  EXPECT_THAT(rows(e), Contains("success"));
  EXPECT_THAT(rows(e), Contains("errors/8"));
}

TEST(Expectation, AGreyLengthIsOpenWithItsRow) {
  Expectation e =
      expected(good_request_with({{"Tags.1.Key", "k"}, {"Tags.1.Value", std::string(256, 'v')}}));
  EXPECT_THAT(rows(e), ElementsAre("success", "errors/19"));
  EXPECT_TRUE(e.grey);
}

TEST(Expectation, AResourceOfAnotherTypeIsNotFoundOrNotAllowed) {
  EXPECT_THAT(rows(expected(good_request_with({{"ResourceId", "subnet-a"}}))),
              ElementsAre("errors/32", "errors/11"));
  EXPECT_THAT(rows(expected(good_request_with({{"ResourceId", "vpc-none"}}))),
              ElementsAre("errors/32"));
}

TEST(Expectation, ACertainConditionForbidsSuccess) {
  Expectation e = expected(good_request(), under("account.arrears"));
  EXPECT_THAT(rows(e), ElementsAre("errors/26"));
  EXPECT_EQ(e.strength, Strength::exact);
  EXPECT_FALSE(e.valid);
}

TEST(Expectation, ConditionsAndBreachesAreBothLawful) {
  Expectation e = expected(good_request_with({{"TrafficType", "x"}}), under("resource.eni_shared"));
  EXPECT_THAT(rows(e), UnorderedElementsAre("errors/13", "errors/29"));
}

TEST(Expectation, AConditionThatTheContractDoesNotKnowIsOpen) {
  Expectation e = expected(good_request(), under("account.on_holiday"));
  EXPECT_NE(e.success(), nullptr);
  EXPECT_TRUE(e.grey);
}

TEST(Expectation, EveryConditionOfTheContractHasExactlyItsRows) {
  for (const ErrorRow& row : built_in_service().creator().contract.errors) {
    for (const Trigger& trigger : row.triggers) {
      if (trigger.condition.empty()) continue;
      EXPECT_THAT(rows(expected(good_request(), under(trigger.condition))), ElementsAre(row.id));
    }
  }
}

TEST(Expectation, AReplayWithOtherArgumentsGetsItsRow) {
  Situation situation;
  situation.replay = "other-arguments";
  EXPECT_THAT(rows(expected(good_request(), situation)), ElementsAre("errors/1"));
}

TEST(Expectation, ARaceMayBeWonOrLostWithoutBeingGrey) {
  Situation situation;
  situation.race = "one-resource";
  Expectation e = expected(good_request(), situation);
  EXPECT_THAT(rows(e), ElementsAre("success", "errors/12", "errors/33"));
  EXPECT_FALSE(e.grey);
}

TEST(Expectation, ABrokenSignatureGetsTheCommonRow) {
  Situation situation;
  situation.authentication = "unknown-key";
  EXPECT_THAT(rows(expected(good_request(), situation)), ElementsAre("common/InvalidAccessKey"));
  situation.authentication = "expired";
  Expectation expired = expected(good_request(), situation);
  ASSERT_THAT(rows(expired), ElementsAre("common/InvalidTimestamp"));
  EXPECT_THAT(expired.outcomes[0].http, UnorderedElementsAre(400, 403));
  EXPECT_EQ(expired.outcomes[0].code_n, 100006);
}

TEST(Expectation, KeepsWhatIsPossibleApartFromWhatIsLawful) {
  Situation situation;
  situation.possible = {"resource.busy"};
  Expectation e = expected(good_request(), situation);
  EXPECT_THAT(rows(e), ElementsAre("success"));
  EXPECT_THAT(e.possible, ElementsAre("resource.busy"));
}

TEST(Expectation, StandingIsThatOfTheStrongestBrokenRule) {
  Expectation e = expected(good_request_with({{"LogProjectName", "A"}, {"ProjectName", "none"}}));
  EXPECT_EQ(e.standing, Standing::documented);  // ProjectName must exist
}

TEST(Expectation, AnInferredRuleAloneGivesAnInferredExpectation) {
  Service service = built_in_service();
  for (Parameter& parameter : service.contract_to_change().parameters) {
    for (Rule& rule : parameter.rules) {
      if (rule.address == "TrafficType/values") rule.standing = Standing::inferred;
    }
  }
  Expectation e = expect(service, good_request_with({{"TrafficType", "x"}}), small_world());
  EXPECT_EQ(e.standing, Standing::inferred);
}

TEST(Expectation, ARuleThatNoRowAnswersMayGetAny400) {
  Service service = built_in_service();
  for (ErrorRow& row : service.contract_to_change().errors) {
    if (row.id == "errors/13") row.triggers.clear();
  }
  Expectation e = expect(service, good_request_with({{"TrafficType", "x"}}), small_world());
  EXPECT_EQ(e.strength, Strength::any_documented_error);
  EXPECT_EQ(e.success(), nullptr);
}

}  // namespace
}  // namespace flowlog
