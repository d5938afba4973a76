#include "mock/request_body.h"

#include <gtest/gtest.h>

#include "tests/mock/harness.h"

namespace flowlog::mock {
namespace {

BodyReading read(const std::string& type, const std::string& body,
                 const std::string& method = "POST", const Behaviour& behaviour = {}) {
  return read_body({method, "/", {{"Content-Type", type}}, body}, behaviour);
}

TEST(RequestBody, ReadsAForm) {
  const BodyReading reading = read("application/x-www-form-urlencoded; charset=utf-8", "a=b+c&d=");
  EXPECT_FALSE(reading.refusal);
  EXPECT_EQ(reading.params, (Params{{"a", "b c"}, {"d", ""}}));
}

TEST(RequestBody, ReadsJsonAsDottedNames) {
  const BodyReading reading =
      read("application/json; charset=utf-8",
           R"({"AggregationInterval":10,"FlowLogName":"流","Gone":null,"On":true,)"
           R"("Tags":[{"Key":"a","Value":"b"},{"Key":"c"}],"Tags.3.Key":"d"})");
  EXPECT_FALSE(reading.refusal);
  EXPECT_EQ(reading.params, (Params{{"AggregationInterval", "10"},
                                    {"FlowLogName", "流"},
                                    {"On", "true"},
                                    {"Tags.1.Key", "a"},
                                    {"Tags.1.Value", "b"},
                                    {"Tags.2.Key", "c"},
                                    {"Tags.3.Key", "d"}}));
}

TEST(RequestBody, TakesAnEmptyBodyOfAnyTypeAndMethodForNone) {
  for (const char* method : {"GET", "POST"}) {
    for (const char* type : {"application/json", "text/plain", ""}) {
      const BodyReading reading = read(type, "", method);
      EXPECT_FALSE(reading.refusal);
      EXPECT_TRUE(reading.params.empty());
    }
  }
}

TEST(RequestBody, RefusesWhatItCannotRead) {
  const auto http = [](const BodyReading& reading) {
    return reading.refusal ? reading.refusal->http : 0;
  };
  EXPECT_EQ(http(read("text/plain", "a=b")), 415);
  EXPECT_EQ(http(read("multipart/form-data; boundary=x", "--x--")), 415);
  EXPECT_EQ(http(read("", "a=b")), 415);
  EXPECT_EQ(http(read("application/x-www-form-urlencoded", "a=b", "GET")), 415);
  EXPECT_EQ(http(read("application/json", "{}", "GET")), 415);
  for (const char* body : {"[]", "{", "1", "{\"a\":\"\xff\"}", "{}x"}) {
    EXPECT_EQ(http(read("application/json", body)), 400) << body;
  }
  EXPECT_EQ(http(read("application/json", std::string(100000, '[') + std::string(100000, ']'))),
            400);
}

Reply posted(Harness& mock, const Params& query, const std::string& type, const std::string& body) {
  return mock.send(sign("POST", "mock", "/", query, body, {{"Content-Type", type}},
                        mock.backend().by_name("default").credentials, {"cn-beijing", "vpc"},
                        mock.clock.wall()));
}

TEST(RequestBody, FiltersByWhatStandsInJson) {
  Harness mock;
  ASSERT_EQ(mock.create().status, 200);
  const Params listing = {{"Action", "DescribeFlowLogs"}, {"Version", "2020-04-01"}};
  const Reply all = posted(mock, listing, "application/json", R"({"ResourceType":"vpc"})");
  EXPECT_EQ(listed_ids(all).size(), 1u);
  const Reply none = posted(mock, listing, "application/json", R"({"ResourceType":"eni"})");
  EXPECT_EQ(listed_ids(none).size(), 0u);
}

TEST(RequestBody, IsAFormThatIsNotReadWhereASwitchSaysSo) {
  Behaviour unread;
  unread.form_ignored = true;
  EXPECT_TRUE(read("application/x-www-form-urlencoded", "a=b", "POST", unread).params.empty());
}

TEST(RequestBody, IsLetInWithAnyRightNameWhereAPostsSignatureIsUnchecked) {
  for (const bool unchecked : {false, true}) {
    Behaviour behaviour;
    behaviour.auth.no_post_signature_check = unchecked;
    Harness mock(behaviour);
    WireRequest wire = sign(
        "POST", "mock", "/", {{"Action", "DescribeFlowLogs"}, {"Version", "2020-04-01"}}, "", {},
        mock.backend().by_name("default").credentials, {"cn-beijing", "vpc"}, mock.clock.wall());
    wire.target += "&MaxResults=5";
    EXPECT_EQ(mock.send(wire).status, unchecked ? 200 : 401);
  }
}

TEST(RequestBody, IsRefusedBySignatureBeforeByType) {
  Harness mock;
  WireRequest wire = sign("POST", "mock", "/", {{"Action", "DescribeFlowLogs"}}, "a",
                          {{"Content-Type", "text/plain"}}, {"AKNOBODY", "x", ""},
                          {"cn-beijing", "vpc"}, mock.clock.wall());
  EXPECT_EQ(mock.send(wire).code(), "InvalidAccessKey");
}

TEST(RequestBody, MayBeRefusedAsJsonOrWithItsMethod) {
  Behaviour no_json;
  no_json.json = Behaviour::Json::refused;
  Harness without_json(no_json);
  const Params listing = {{"Action", "DescribeFlowLogs"}, {"Version", "2020-04-01"}};
  EXPECT_EQ(posted(without_json, listing, "application/json", "{}").status, 415);
  Behaviour no_post;
  no_post.get_alone = true;
  Harness without_post(no_post);
  EXPECT_EQ(posted(without_post, listing, "application/x-www-form-urlencoded", "").status, 405);
}

}  // namespace
}  // namespace flowlog::mock
