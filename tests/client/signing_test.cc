#include "client/signing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <nlohmann/json.hpp>

namespace flowlog {
namespace {

using std::chrono::sys_days;
using namespace std::chrono_literals;

const WallTime vector_time = sys_days(2026y / 1 / 2) + 3h + 4min + 5s;
const Credentials keys{"AK", "SK", ""};
const Scope scope{"cn-beijing", "vpc"};

std::vector<nlohmann::json> signing_vectors() {
  std::ifstream file(FLOWLOG_SOURCE_DIR "/tests/client/data/signing.json");
  return nlohmann::json::parse(file).at("vectors").get<std::vector<nlohmann::json>>();
}

class SigningVector : public testing::TestWithParam<nlohmann::json> {
 protected:
  std::string text(const char* member) const { return GetParam().at(member).get<std::string>(); }
  Params query() const {
    Params params;
    for (const auto& [name, value] : GetParam().at("query").items()) {
      // A list stands for a repeated name.
      for (const auto& one : value.is_array() ? value : nlohmann::json::array({value})) {
        params.emplace_back(name, one.get<std::string>());
      }
    }
    return params;
  }
  Headers headers() const {
    Headers list;
    for (const auto& [name, value] : GetParam().at("headers").items()) {
      list.emplace_back(name, value.get<std::string>());
    }
    return list;
  }
  Scope vector_scope() const { return {text("region"), text("service")}; }
};

TEST_P(SigningVector, GivesEveryIntermediateText) {
  const std::string canonical = canonical_query(query());
  EXPECT_EQ(canonical, text("canonical_query"));
  const std::string request = canonical_request(text("method"), text("path"), canonical, headers(),
                                                sha256_hex(text("body")));
  EXPECT_EQ(request, text("canonical_request"));
  const std::string date = header(headers(), "X-Date");
  const std::string to_sign = string_to_sign(date, vector_scope(), request);
  EXPECT_EQ(to_sign, text("string_to_sign"));
  EXPECT_EQ(signature(text("secret_key"), date, vector_scope(), to_sign), text("signature"));
}

TEST_P(SigningVector, IsReproducedByAWholeRequest) {
  const Credentials credentials{text("access_key"), text("secret_key"),
                                header(headers(), "X-Security-Token")};
  Headers extra;
  if (GetParam().contains("content_type")) extra.emplace_back("Content-Type", text("content_type"));
  const WireRequest request = sign(text("method"), header(headers(), "Host"), text("path"), query(),
                                   text("body"), extra, credentials, vector_scope(), vector_time);
  EXPECT_EQ(header(request.headers, "Authorization"), text("authorization"));
  EXPECT_EQ(request.target, text("path") + "?" + text("canonical_query"));
  for (const auto& [name, value] : headers()) EXPECT_EQ(header(request.headers, name), value);
}

INSTANTIATE_TEST_SUITE_P(Official, SigningVector, testing::ValuesIn(signing_vectors()),
                         [](const auto& param) {
                           std::string name = param.param.at("name").template get<std::string>();
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

TEST(SigningKeys, DeriveOneADayAndScope) {
  SigningKeys remembered;
  const Params query{{"Action", "A"}};
  for (const auto& [time, where] :
       std::vector<std::pair<WallTime, Scope>>{{vector_time, scope},
                                               {vector_time + 1h, scope},
                                               {vector_time + 24h, scope},
                                               {vector_time, {"cn-shanghai", "vpc"}},
                                               {vector_time, scope}}) {
    const auto known = sign("GET", "h", "/", query, "", {}, keys, where, time, &remembered);
    const auto fresh = sign("GET", "h", "/", query, "", {}, keys, where, time);
    EXPECT_EQ(known.headers, fresh.headers);
  }
  EXPECT_EQ(remembered.derived(), 3);
}

TEST(SigningKeys, TellSecretsApart) {
  SigningKeys remembered;
  EXPECT_NE(remembered.of("a", "20260102T030405Z", scope),
            remembered.of("b", "20260102T030405Z", scope));
}

TEST(SigningVectors, AreAllNineteen) {
  EXPECT_EQ(signing_vectors().size(), 19u);
}

TEST(Signing, HashesTheEmptyBody) {
  EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(Signing, AuthenticatesAsInRfc4231) {
  EXPECT_EQ(hex(hmac_sha256("Jefe", "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST(Signing, AuthenticatesWithAnEmptyKey) {
  EXPECT_EQ(hex(hmac_sha256("", "")),
            "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

TEST(Signing, EncodesSpaceAsPercent20) {
  EXPECT_EQ(percent_encode("a b"), "a%20b");
}

TEST(Signing, EncodesPercentOnce) {
  EXPECT_EQ(percent_encode("a%2Bb"), "a%252Bb");
}

TEST(Signing, LeavesOnlyUnreservedCharactersBare) {
  EXPECT_EQ(percent_encode("AZaz09-_.~"), "AZaz09-_.~");
  EXPECT_EQ(percent_encode("+*!'()/:@=&?#,;$"), "%2B%2A%21%27%28%29%2F%3A%40%3D%26%3F%23%2C%3B%24");
  EXPECT_EQ(percent_encode(std::string_view("\0\x7f\xff", 3)), "%00%7F%FF");
}

TEST(Signing, SortsByNameAndNotByPair) {
  EXPECT_EQ(canonical_query({{"Tags.10", "y"}, {"Tags.1", "x"}}), "Tags.1=x&Tags.10=y");
  EXPECT_EQ(canonical_query({{"Name-x", "2"}, {"Name", "1"}}), "Name=1&Name-x=2");
}

TEST(Signing, SortsIndexesByBytes) {
  EXPECT_EQ(canonical_query({{"Tags.2.Key", ""}, {"Tags.10.Key", ""}, {"Tags.1.Key", ""}}),
            "Tags.1.Key=&Tags.10.Key=&Tags.2.Key=");
}

TEST(Signing, EncodesBeforeItSorts) {
  // "%E6…" sorts before "a" although the raw byte E6 stands after it.
  EXPECT_EQ(canonical_query({{"a", "1"}, {"流", "2"}}), "%E6%B5%81=2&a=1");
}

TEST(Signing, KeepsTheOrderOfARepeatedName) {
  EXPECT_EQ(canonical_query({{"FlowLogName", "b"}, {"FlowLogName", "a"}}),
            "FlowLogName=b&FlowLogName=a");
}

TEST(Signing, WritesAnEmptyValueWithItsSign) {
  EXPECT_EQ(canonical_query({{"Description", ""}}), "Description=");
}

TEST(Signing, TrimsAndLowersSignedHeaders) {
  EXPECT_EQ(canonical_request("GET", "/", "", {{"X-Date", " 1 "}, {"Host", "h"}}, "hash"),
            "GET\n/\n\nhost:h\nx-date:1\n\nhost;x-date\nhash");
}

TEST(Signing, SignsTheHostAsItIsSent) {
  const WireRequest request =
      sign("GET", "[::1]:18080", "/base/", {{"A", "b"}}, "", {}, keys, scope, vector_time);
  EXPECT_EQ(header(request.headers, "Host"), "[::1]:18080");
  const std::string canonical =
      canonical_request("GET", "/base/", "A=b",
                        {{"Host", "[::1]:18080"}, {"X-Date", "20260102T030405Z"}}, sha256_hex(""));
  const std::string expected = signature("SK", "20260102T030405Z", scope,
                                         string_to_sign("20260102T030405Z", scope, canonical));
  EXPECT_THAT(header(request.headers, "Authorization"), testing::EndsWith("Signature=" + expected));
  EXPECT_EQ(request.target, "/base/?A=b");
}

TEST(Signing, SignsTheEscapedPathAsItIsSent) {
  const WireRequest request =
      sign("GET", "h", "/a%2Fb/", {{"A", "b"}}, "", {}, keys, scope, vector_time);
  const std::string canonical =
      "GET\n/a%2Fb/\nA=b\nhost:h\nx-date:20260102T030405Z\n\nhost;x-date\n" + sha256_hex("");
  const std::string expected = signature("SK", "20260102T030405Z", scope,
                                         string_to_sign("20260102T030405Z", scope, canonical));
  EXPECT_THAT(header(request.headers, "Authorization"), testing::EndsWith("Signature=" + expected));
  EXPECT_EQ(request.target, "/a%2Fb/?A=b");
}

TEST(Signing, SendsOnlyWhatAGetNeeds) {
  const WireRequest request = sign("GET", "h", "/", {}, "", {}, keys, scope, vector_time);
  std::vector<std::string> names;
  for (const auto& pair : request.headers) names.push_back(pair.first);
  EXPECT_THAT(names, testing::UnorderedElementsAre("Host", "X-Date", "Authorization"));
  EXPECT_EQ(request.target, "/");
}

TEST(Signing, SignsExtraHeadersThatBeginWithX) {
  const WireRequest request = sign("GET", "h", "/", {}, "", {{"X-Trace", "1"}, {"User-Agent", "u"}},
                                   keys, scope, vector_time);
  EXPECT_THAT(header(request.headers, "Authorization"),
              testing::HasSubstr("SignedHeaders=host;x-date;x-trace,"));
  EXPECT_EQ(header(request.headers, "user-agent"), "u");
}

TEST(Signing, ChangesWithOneByteOfTheQuery) {
  const auto signed_with = [](const char* value) {
    return header(sign("GET", "h", "/", {{"N", value}}, "", {}, keys, scope, vector_time).headers,
                  "Authorization");
  };
  EXPECT_NE(signed_with("a"), signed_with("b"));
}

}  // namespace
}  // namespace flowlog
