// What the mock is as a server.
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <set>

#include "base/text.h"
#include "tests/mock/caller.h"

namespace flowlog::mock {
namespace {

// Sends bytes as they are and returns what comes until the server closes or two seconds pass.
std::string raw_exchange(int port, const std::string& bytes) {
  const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in place{};
  place.sin_family = AF_INET;
  place.sin_port = htons(static_cast<std::uint16_t>(port));
  inet_pton(AF_INET, "127.0.0.1", &place.sin_addr);
  const timeval patience{2, 0};
  setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  std::string answer;
  if (connect(socket, reinterpret_cast<sockaddr*>(&place), sizeof place) == 0) {
    ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    shutdown(socket, SHUT_WR);
    char buffer[4096];
    for (ssize_t got; (got = recv(socket, buffer, sizeof buffer, 0)) > 0;) {
      answer.append(buffer, static_cast<std::size_t>(got));
    }
  }
  close(socket);
  return answer;
}

std::string repeated(const std::string& text, int count) {
  std::string all;
  for (int i = 0; i < count; ++i) all += text;
  return all;
}

Params twenty_tags(const std::string& letter) {
  Params params;
  for (int n = 1; n <= 20; ++n) {
    const std::string head = "Tags." + std::to_string(n);
    const std::string number = std::to_string(100 + n);
    params.emplace_back(head + ".Key", number + repeated(letter, 125));
    params.emplace_back(head + ".Value", repeated(letter, 256));
  }
  return params;
}

TEST(Http, CreatesDescribesAndDeletes) {
  const Mock mock(built_in_service(), {});
  Caller caller(mock);
  const Reply created = caller.create();
  ASSERT_EQ(created.status, 200) << created.body;
  EXPECT_EQ(listed_ids(caller.describe()), std::vector<std::string>{created.flow_log_id()});
  EXPECT_EQ(mock.stats().standing, 1);
  caller.remove_and_wait(created.flow_log_id());
  EXPECT_EQ(mock.stats().standing, 0);
  EXPECT_EQ(mock.stats().created, 1);
}

TEST(Http, TakesTheLongestLawfulRequest) {
  const Mock mock(built_in_service(), {});
  Caller caller(mock);
  const WireRequest wire = caller.signed_request(Harness::creation(twenty_tags("流")));
  EXPECT_GT(wire.target.size(), 69000u);
  const Reply created = caller.send(wire);
  ASSERT_EQ(created.status, 200) << created.body;
  const Reply shown = caller.describe();
  EXPECT_EQ(shown.body["Result"]["FlowLogs"][0]["Tags"][19]["Value"], repeated("流", 256));
}

TEST(Http, ReadsTwentyTagsOfCharactersBeyondTheBasicPlane) {
  const Mock mock(built_in_service(), {});
  Caller caller(mock);
  const WireRequest wire = caller.signed_request(Harness::creation(twenty_tags("𠀀")));
  EXPECT_GT(wire.target.size(), 91000u);
  const Reply reply = caller.send(wire);
  // Grey: refused as characters, not by the server for their length.
  EXPECT_EQ(reply.status, 400);
  EXPECT_EQ(reply.code(), "InvalidTagKey.Malformed");
}

TEST(Http, AnswersInCompactJson) {
  const Mock mock(built_in_service(), {});
  Caller caller(mock);
  const Reply reply = caller.create();
  EXPECT_TRUE(header(reply.headers, "Content-Type").starts_with("application/json"));
  const auto& metadata = reply.body["ResponseMetadata"];
  EXPECT_EQ(metadata["Action"], "CreateFlowLog");
  EXPECT_EQ(metadata["Version"], "2020-04-01");
  EXPECT_EQ(metadata["Service"], "vpc");
  EXPECT_EQ(metadata["Region"], "cn-beijing");
  EXPECT_EQ(metadata["RequestId"], reply.body["Result"]["RequestId"]);
  EXPECT_FALSE(metadata.contains("Error"));
}

TEST(Http, GivesEveryRequestItsOwnId) {
  const Mock mock(built_in_service(), {});
  Caller caller(mock);
  std::set<std::string> ids;
  for (int i = 0; i < 100; ++i) {
    ids.insert(caller.describe().body["ResponseMetadata"]["RequestId"].get<std::string>());
  }
  EXPECT_EQ(ids.size(), 100u);
}

TEST(Http, TakesAFormInThePostedBody) {
  const Mock mock(built_in_service(), {});
  Caller caller(mock);
  Params query = {{"Action", "CreateFlowLog"}, {"Version", "2020-04-01"}};
  Params form = Harness::creation();
  flowlog::erase(form, "Action");
  flowlog::erase(form, "Version");
  const Reply reply = caller.send(caller.signed_request(
      query, "POST", canonical_query(form),
      {{"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"}}));
  EXPECT_EQ(reply.status, 200) << reply.body;
}

TEST(Http, RefusesABodyThatWasChangedAfterSigning) {
  const Mock mock(built_in_service(), {});
  Caller caller(mock);
  WireRequest wire = caller.signed_request({{"Action", "CreateFlowLog"}, {"Version", "2020-04-01"}},
                                           "POST", "FlowLogName=a",
                                           {{"Content-Type", "application/x-www-form-urlencoded"}});
  wire.body = "FlowLogName=b";
  EXPECT_EQ(caller.send(wire).code(), "SignatureDoesNotMatch");
}

TEST(Http, RefusesOtherMethods) {
  const Mock mock(built_in_service(), {});
  Caller caller(mock);
  for (const char* method : {"PUT", "DELETE", "PATCH"}) {
    const Reply reply = caller.send(caller.signed_request(Harness::creation(), method));
    EXPECT_EQ(reply.status, 405) << method;
    EXPECT_EQ(reply.code(), "MethodNotAllowed") << method;
  }
}

TEST(Http, SurvivesWhatIsNoHttp) {
  const Mock mock(built_in_service(), {});
  const std::string requests[] = {
      "",
      "\r\n\r\n",
      "GET\r\n\r\n",
      "NONSENSE / HTTP/9.9\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
      "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
      "GET /?" + std::string(900000, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n",
      std::string("GET /\0?a HTTP/1.1\r\nHost: a\r\n\r\n", 31),
      "GET /?%00%ff%&=&&=%=+ HTTP/1.1\r\nHost: a\r\nAuthorization: \xff\xfe\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: a\r\nAuthorization: HMAC-SHA256 Credential=////, "
      "SignedHeaders=x-date, "
      "Signature=1\r\n\r\n",
  };
  for (const std::string& bytes : requests) raw_exchange(mock.port(), bytes);
  EXPECT_EQ(Caller(mock).create().status, 200);
}

TEST(Http, SurvivesRequestsOfRandomBytes) {
  const Mock mock(built_in_service(), {});
  std::uint32_t state = 1;
  const auto next = [&] { return state = state * 1664525u + 1013904223u, state >> 24; };
  for (int round = 0; round < 150; ++round) {
    std::string bytes =
        "GET /?Action=CreateFlowLog&Tags.1.Key=a HTTP/1.1\r\nHost: a\r\n"
        "Authorization: HMAC-SHA256 Credential=a/b/c/d/request, Signature=1\r\n\r\n";
    for (unsigned i = 0; i < 1 + next() % 6; ++i) {
      bytes[(next() * 256 + next()) % bytes.size()] = static_cast<char>(next());
    }
    raw_exchange(mock.port(), bytes);
  }
  EXPECT_EQ(Caller(mock).create().status, 200);
}

TEST(Http, StopsAndFreesItsPort) {
  Mock first(built_in_service(), {});
  const int port = first.port();
  first.stop();
  Options options;
  options.port = port;
  const Mock second(built_in_service(), options);
  EXPECT_EQ(second.port(), port);
}

TEST(Http, SaysWhyItCannotListen) {
  const Mock first(built_in_service(), {});
  Options options;
  options.port = first.port();
  EXPECT_THROW(Mock(built_in_service(), options), std::runtime_error);
}

TEST(Http, ThrottlesAboveItsRate) {
  Options options;
  options.max_rps = 3;
  const Mock mock(built_in_service(), options);
  Caller caller(mock);
  int throttled = 0;
  for (int i = 0; i < 20; ++i) throttled += caller.describe().status == 429;
  EXPECT_GT(throttled, 0);
}

TEST(Http, NamesTheNearestDeviation) {
  Options options;
  options.deviations = {"envelope.no-request-ids"};
  try {
    Mock mock(built_in_service(), options);
    FAIL();
  } catch (const std::invalid_argument& error) {
    EXPECT_NE(std::string(error.what()).find("\"envelope.no-request-id\""), std::string::npos)
        << error.what();
  }
}

TEST(Profile, HoldsEveryConditionAndEnoughFreeResources) {
  const Mock mock(built_in_service(), {});
  const nlohmann::json profile = mock.profile();
  for (const char* type : {"vpc", "subnet", "eni"}) {
    EXPECT_GE(profile["resources"][type].size(), 10u);
  }
  for (const char* name :
       {"default", "other", "arrears", "low_balance", "order_error", "service_unauthorized",
        "purchase_limited", "tls_not_enabled", "tls_not_supported", "cloud_profile_unavailable",
        "tls_project_limit", "tls_topic_limit"}) {
    ASSERT_TRUE(profile["accounts"].contains(name)) << name;
    EXPECT_FALSE(profile["accounts"][name]["secret_key"].get<std::string>().empty());
    if (name != std::string("default")) {
      EXPECT_FALSE(profile["accounts"][name]["resources"]["vpc"].empty());
    }
  }
  EXPECT_EQ(profile["endpoint"], mock.url());
  EXPECT_EQ(profile["may_create"], true);
  EXPECT_EQ(profile["quota"]["flow_logs"], 10);
}

// One row of the documentation for every state a resource can be in.
TEST(Profile, ItsResourcesAnswerTheRowOfTheirState) {
  const Mock mock(built_in_service(), {});
  const nlohmann::json resources = mock.profile()["resources"];
  Caller caller(mock);
  const auto code_of = [&](const std::string& type, const std::string& id) {
    return caller.create({{"ResourceType", type}, {"ResourceId", id}}).code();
  };
  EXPECT_EQ(code_of("vpc", resources["vpc_invalid_status"]), "InvalidVpc.InvalidStatus");
  EXPECT_EQ(code_of("subnet", resources["subnet_invalid_status"]), "InvalidSubnet.InvalidStatus");
  EXPECT_EQ(code_of("eni", resources["eni_invalid_status"]), "InvalidEni.InvalidStatus");
  EXPECT_EQ(code_of("eni", resources["eni_shared"]), "Forbidden.ShareENI");
  EXPECT_EQ(code_of(resources["unsupported"]["type"], resources["unsupported"]["id"]),
            "InvalidParameter.FlowLogInvalidResource");
  EXPECT_EQ(code_of(resources["busy"]["type"], resources["busy"]["id"]),
            "InvalidOperation.Conflict");
  EXPECT_EQ(caller
                .create({{"LogProjectName", resources["conflicting_topic"]["project"]},
                         {"LogTopicName", resources["conflicting_topic"]["topic"]}})
                .code(),
            "InvalidParameter.TLSTopicExisted");
}

// The two rows of one code that only the message tells apart.
TEST(Profile, ArrearsAndLowBalanceDifferInTheirMessage) {
  const Mock mock(built_in_service(), {});
  const auto message_of = [&](const std::string& account) {
    return Caller(mock, account)
        .create({{"ResourceId", mock.profile()["accounts"][account]["resources"]["vpc"][0]}})
        .message();
  };
  EXPECT_EQ(
      message_of("arrears"),
      "The request on the specified instance is denied due to the account in arrears status.");
  EXPECT_EQ(message_of("low_balance"),
            "The request on the specified instance is denied due to the account balance and "
            "available vouchers are less than 100 yuan in total.");
}

}  // namespace
}  // namespace flowlog::mock
