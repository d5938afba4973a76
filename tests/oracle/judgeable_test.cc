#include "oracle/judgeable.h"

#include <gtest/gtest.h>

#include <type_traits>

#include "oracle/judge.h"
#include "specs/load.h"

namespace flowlog {
namespace {

static_assert(!std::is_constructible_v<Judgeable, Response>);
static_assert(!std::is_default_constructible_v<Judgeable>);
static_assert(!std::is_convertible_v<Response, Judgeable>);

Response answer(int http, const std::string& code) {
  return parse_response(
      http, {}, R"({"ResponseMetadata":{"Error":{"Code":")" + code + R"(","Message":"m"}}})");
}

bool judgeable(const Response& response) {
  return Judgeable::of(built_in_service(), response).has_value();
}

TEST(Judgeable, IsNeitherNothingNorARequestToWait) {
  EXPECT_FALSE(judgeable(no_response("the connection ended")));
  EXPECT_FALSE(judgeable(answer(429, "FlowLimitExceeded")));
  EXPECT_FALSE(judgeable(answer(400, "FlowLimitExceeded")));
  EXPECT_FALSE(judgeable(parse_response(503, {}, "<html>come again</html>")));
}

TEST(Judgeable, IsWhateverElseWasAnswered) {
  EXPECT_TRUE(judgeable(answer(400, "InvalidName.Malformed")));
  EXPECT_TRUE(judgeable(answer(500, "InternalError")));
  EXPECT_TRUE(judgeable(parse_response(502, {}, "<html>")));
  EXPECT_TRUE(judgeable(parse_response(200, {}, "")));
}

TEST(Judgeable, NothingElseIsEverHeldAgainstARequest) {
  const Service& service = built_in_service();
  const Params sent = {{"Action", service.creator().contract.action},
                       {"Version", service.creator().contract.version}};
  const Expectation expectation = expect(service, sent, {});
  for (const Response& response :
       {no_response("the time ran out"), answer(429, "X"), parse_response(503, {}, "")}) {
    const Judgement judgement = judge(expectation, response);
    EXPECT_EQ(judgement.verdict, Verdict::inconclusive);
    EXPECT_NE(judgement.message, "");
  }
}

}  // namespace
}  // namespace flowlog
