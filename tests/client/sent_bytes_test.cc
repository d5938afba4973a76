// Every recorded request goes through the HTTP library as it is: what was signed is what is sent.
#include "tests/client/sent_bytes.h"

#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <nlohmann/json.hpp>

#include "client/signing.h"
#include "client/transport.h"
#include "client/wire_style.h"
#include "tests/support/certificates.h"
#include "tests/support/raw_server.h"

namespace flowlog {
namespace {

using Json = nlohmann::json;
using test::Authority;
using test::bytes_of;
using test::comparable;
using test::ok;
using test::RawServer;
using test::Script;

Json file(const std::string& name) {
  std::ifstream stream(FLOWLOG_SOURCE_DIR "/tests/client/data/" + name);
  return Json::parse(stream);
}

// The requests of signing.json, written by this program's own signing.
std::vector<WireRequest> signed_requests() {
  std::vector<WireRequest> requests;
  const Json signing = file("signing.json");
  for (const Json& vector : signing.at("vectors")) {
    Headers headers;
    for (const auto& [name, value] : vector.at("headers").items()) {
      headers.emplace_back(name, value.get<std::string>());
    }
    headers.emplace_back("Authorization", vector.at("authorization").get<std::string>());
    requests.push_back({vector.at("method").get<std::string>(),
                        vector.at("path").get<std::string>() + '?' +
                            vector.at("canonical_query").get<std::string>(),
                        headers, vector.at("body").get<std::string>()});
  }
  return requests;
}

// As official clients sent them.
std::vector<WireRequest> recorded_requests() {
  std::vector<WireRequest> requests;
  const Json recorded = file("wire_styles.json");
  for (const Json& vector : recorded.at("vectors")) {
    Headers headers;
    for (const Json& pair : vector.at("headers")) headers.emplace_back(pair[0], pair[1]);
    requests.push_back({vector.at("method").get<std::string>(),
                        vector.at("target").get<std::string>(), headers,
                        vector.at("body").get<std::string>()});
  }
  return requests;
}

// Whatever the library might take for its own to encode.
std::vector<WireRequest> awkward_requests() {
  const Headers headers = {{"Host", "h"}, {"User-Agent", "u"}, {"X-B", "%41+ %zz"}, {"X-B", "2"}};
  std::vector<WireRequest> requests;
  for (const char* target :
       {"/", "/?", "/a%2Fb//c/../d?x", "/?A=%2c%2C%20+%2B&A=&B&=&&C=%zz%", "/?A=\"<>\\^`{|}'()*!",
        "/?A=\xE6\x97\xA5\xFF&B=a;b", "/%E6%97%A5?A=%E6%97%A5?B=?"}) {
    requests.push_back({"GET", target, headers, ""});
  }
  return requests;
}

void expect_sent_as_is(const std::vector<WireRequest>& requests, const RawServer& server,
                       const std::string& ca_file = "") {
  TransportOptions options;
  options.ca_file = ca_file;
  const auto transport = make_http_transport(parse_endpoint(server.url()), options);
  for (const WireRequest& request : requests) {
    const Answered answered =
        transport->send(request, std::chrono::steady_clock::now() + std::chrono::seconds(20));
    ASSERT_TRUE(std::holds_alternative<WireResponse>(answered)) << request.target;
    EXPECT_EQ(comparable(server.requests().back()), comparable(bytes_of(request)));
  }
  EXPECT_EQ(server.requests().size(), requests.size());
  EXPECT_EQ(server.connections(), 1);
}

Script answering() {
  return Script().read().send(ok("{}")).repeat();
}

TEST(SentBytes, AreThoseOfEverySignedVector) {
  ASSERT_GT(signed_requests().size(), 5u);
  expect_sent_as_is(signed_requests(), RawServer(answering()));
}

TEST(SentBytes, AreThoseOfEveryOfficialClient) {
  ASSERT_GT(recorded_requests().size(), 5u);
  expect_sent_as_is(recorded_requests(), RawServer(answering()));
}

TEST(SentBytes, AreThoseOfAwkwardTargetsAndHeaders) {
  expect_sent_as_is(awkward_requests(), RawServer(answering()));
}

TEST(SentBytes, AreTheSameThroughTls) {
  const Authority authority("Test authority");
  const auto context = authority.server({"x", "IP:127.0.0.1"});
  const RawServer server({answering()}, context.get());
  expect_sent_as_is(signed_requests(), server, authority.file());
}

}  // namespace
}  // namespace flowlog
