#include "engine/evidence.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace flowlog {
namespace {

using testing::HasSubstr;
using testing::Not;

Exchange exchange_of(const std::string& body) {
  Exchange exchange;
  exchange.request.target = "/?Action=CreateFlowLog&FlowLogName=a%20b";
  exchange.request.headers = {
      {"Host", "localhost"},
      {"X-Security-Token", "the-token"},
      {"Authorization", "HMAC-SHA256 Credential=AK/x, SignedHeaders=host, Signature=abcdef0123"}};
  exchange.answer = WireResponse{200, {{"X-Echo", "abcdef0123"}}, body};
  return exchange;
}

TEST(Redactor, RemovesEverySecretWhereverItStands) {
  const Redactor redact({"hush", "", "hush-longer"});
  const std::string clean = redact("a hush b hush-longer c");
  EXPECT_THAT(clean, Not(HasSubstr("hush")));
  EXPECT_THAT(clean, Not(HasSubstr("longer")));
  EXPECT_THAT(clean, HasSubstr("a "));
  EXPECT_EQ(redact("nothing here"), "nothing here");
}

TEST(EvidenceOf, KeepsHeaderNamesButNotTheirSecrets) {
  const Evidence shown = evidence(exchange_of("{}"), Redactor({}));
  ASSERT_EQ(shown.request_headers.size(), 3U);
  EXPECT_EQ(shown.request_headers[0].second, "localhost");
  EXPECT_EQ(shown.request_headers[1].first, "X-Security-Token");
  EXPECT_THAT(shown.request_headers[1].second, Not(HasSubstr("the-token")));
  EXPECT_THAT(shown.request_headers[2].second, Not(HasSubstr("Signature=")));
}

TEST(EvidenceOf, RemovesASignatureThatTheServerEchoes) {
  const Evidence shown = evidence(exchange_of("you sent abcdef0123"), Redactor({}));
  EXPECT_THAT(shown.body, Not(HasSubstr("abcdef0123")));
  EXPECT_THAT(shown.response_headers[0].second, Not(HasSubstr("abcdef0123")));
}

TEST(EvidenceOf, RemovesTheSignatureFromOtherHeadersOfTheRequest) {
  Exchange exchange = exchange_of("{}");
  exchange.request.headers.emplace_back("X-Note", "signed abcdef0123");
  const Evidence shown = evidence(exchange, Redactor({}));
  EXPECT_THAT(shown.request_headers.back().second, Not(HasSubstr("abcdef0123")));
  EXPECT_THAT(shown.request_headers.back().second, HasSubstr("signed "));
}

TEST(EvidenceOf, RemovesWhatASignedQueryCarries) {
  Exchange exchange = exchange_of("the signature 0badf00d is wrong");
  exchange.request.target =
      "/?Action=A&X-Credential=AK%2Fscope&X-Security-Token=to%2Bken&X-Signature=0badf00d&Z=1";
  const Evidence shown = evidence(exchange, Redactor({"AK", "to+ken"}));
  EXPECT_EQ(
      shown.target,
      "/?Action=A&X-Credential=(removed)&X-Security-Token=(removed)&X-Signature=(removed)&Z=1");
  EXPECT_THAT(shown.body, Not(HasSubstr("0badf00d")));
}

TEST(EvidenceOf, HoldsTheBodyOfARequestWithoutItsSecrets) {
  Exchange exchange = exchange_of("{}");
  exchange.request.method = "POST";
  exchange.request.body = "FlowLogName=a+b&Note=topsecret";
  EXPECT_EQ(evidence(exchange, Redactor({"topsecret"})).request_body,
            "FlowLogName=a+b&Note=(removed)");
}

TEST(EvidenceOf, FindsTheRequestIdBeyondTheCut) {
  const std::string body = R"({"Padding":"xxxxxxxx","RequestId":"the-id"})";
  EXPECT_EQ(evidence(exchange_of(body), Redactor({}), 10).request_id, "the-id");
}

TEST(EvidenceOf, CutsTheBodyAndTellsItsSize) {
  const Evidence shown = evidence(exchange_of(std::string(1000, 'x')), Redactor({}), 10);
  EXPECT_EQ(shown.body, std::string(10, 'x'));
  EXPECT_EQ(shown.body_size, 1000U);
}

TEST(EvidenceOf, KeepsNoMemoryOfWhatItCutOff) {
  const Evidence e = evidence(exchange_of(std::string(1'000'000, 'x')), Redactor({}), 1000);
  EXPECT_EQ(e.body.size(), 1000u);
  EXPECT_LT(e.body.capacity(), 2000u);
}

TEST(EvidenceOf, RemovesASecretThatTheCutDivides) {
  const Redactor redact({"topsecret"});
  const Evidence shown = evidence(exchange_of("12345topsecret"), redact, 10);
  EXPECT_THAT(shown.body, Not(HasSubstr("topse")));
}

TEST(EvidenceOf, DecodesTheQueryOnce) {
  const Evidence shown = evidence(exchange_of("{}"), Redactor({}));
  EXPECT_THAT(shown.params,
              testing::Contains(std::pair<std::string, std::string>("FlowLogName", "a b")));
  EXPECT_EQ(decode_query("/?a=%2541").at(0).second, "%41");
  EXPECT_TRUE(decode_query("/").empty());
}

TEST(EvidenceOf, TellsWhyThereIsNoAnswer) {
  Exchange exchange = exchange_of("");
  exchange.answer = Failure{Failure::Kind::reset, "it hung up", true};
  const Evidence shown = evidence(exchange, Redactor({}));
  EXPECT_EQ(shown.status, 0);
  EXPECT_EQ(shown.failure, "it hung up");
}

TEST(EvidenceOf, RemovesTokensOfOtherCloudsHeaders) {
  Exchange exchange = exchange_of("{}");
  exchange.request.headers.emplace_back("X-Amz-Security-Token", "another-token");
  const Evidence shown = evidence(exchange, Redactor({}));
  EXPECT_THAT(shown.request_headers.back().second, Not(HasSubstr("another-token")));
}

}  // namespace
}  // namespace flowlog
