// parse_endpoint

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/json_node.h"
#include "client/transport.h"

namespace flowlog {
namespace {

using testing::HasSubstr;

std::string refusal(const std::string& url) {
  try {
    parse_endpoint(url);
  } catch (const InputError& error) {
    return error.what();
  }
  return "accepted";
}

TEST(Endpoint, HasTheUsualPortsWhenNoneIsWritten) {
  const Endpoint plain = parse_endpoint("http://127.0.0.1");
  EXPECT_FALSE(plain.tls);
  EXPECT_EQ(plain.port, 80);
  const Endpoint secure = parse_endpoint("https://open.volcengineapi.com");
  EXPECT_TRUE(secure.tls);
  EXPECT_EQ(secure.port, 443);
  EXPECT_EQ(secure.host_header, "open.volcengineapi.com");
  EXPECT_EQ(secure.path, "/");
  EXPECT_EQ(secure.url(), "https://open.volcengineapi.com");
}

TEST(Endpoint, LeavesTheUsualPortOutOfTheHostHeader) {
  EXPECT_EQ(parse_endpoint("http://127.0.0.1:80").host_header, "127.0.0.1");
  EXPECT_EQ(parse_endpoint("https://api.example.test:443").host_header, "api.example.test");
  EXPECT_EQ(parse_endpoint("https://api.example.test:80").host_header, "api.example.test:80");
  EXPECT_EQ(parse_endpoint("http://127.0.0.1:18080/").host_header, "127.0.0.1:18080");
}

TEST(Endpoint, TakesIpv6InBrackets) {
  const Endpoint endpoint = parse_endpoint("http://[::1]:18080");
  EXPECT_EQ(endpoint.host, "::1");
  EXPECT_EQ(endpoint.port, 18080);
  EXPECT_EQ(endpoint.host_header, "[::1]:18080");
  EXPECT_EQ(parse_endpoint("http://[::1]").host_header, "[::1]");
}

TEST(Endpoint, KeepsTheCaseOfTheHost) {
  EXPECT_EQ(parse_endpoint("HTTP://API.Example.test:8080").host_header, "API.Example.test:8080");
}

TEST(Endpoint, KeepsTheBasePath) {
  const Endpoint endpoint = parse_endpoint("http://h:1/base/path/");
  EXPECT_EQ(endpoint.path, "/base/path/");
  EXPECT_EQ(endpoint.url(), "http://h:1/base/path/");
}

TEST(Endpoint, RefusesUserinfoWithoutShowingIt) {
  const std::string sentence = refusal("http://user:hunter2@h/");
  EXPECT_THAT(sentence, HasSubstr("user names and passwords"));
  EXPECT_THAT(sentence, testing::Not(HasSubstr("hunter2")));
}

TEST(Endpoint, RefusesWhatIsNoAddressOfAnApi) {
  EXPECT_THAT(refusal(""), HasSubstr("empty"));
  EXPECT_THAT(refusal("127.0.0.1:80"), HasSubstr("http:// or https://"));
  EXPECT_THAT(refusal("ftp://h"), HasSubstr("http:// or https://"));
  EXPECT_THAT(refusal("http://"), HasSubstr("host is missing"));
  EXPECT_THAT(refusal("http:///path"), HasSubstr("host is missing"));
  EXPECT_THAT(refusal("http://h?a=b"), HasSubstr("query"));
  EXPECT_THAT(refusal("http://h/#top"), HasSubstr("fragment"));
  EXPECT_THAT(refusal("http://h /"), HasSubstr("blanks"));
  EXPECT_THAT(refusal("http://h/\n"), HasSubstr("blanks"));
  EXPECT_THAT(refusal("http://流"), HasSubstr("ASCII"));
  EXPECT_THAT(refusal("http://h_!"), HasSubstr("no host name"));
}

TEST(Endpoint, RefusesBrokenPortsAndAddresses) {
  for (const char* port : {"0", "65536", "-1", "x", "", "80x", "99999999999999999999"}) {
    EXPECT_THAT(refusal(std::string("http://h:") + port), HasSubstr("1 to 65535")) << port;
  }
  EXPECT_THAT(refusal("http://::1"), HasSubstr("host is missing"));
  EXPECT_THAT(refusal("http://fe80::1"), HasSubstr("brackets"));
  EXPECT_THAT(refusal("http://[::1"), HasSubstr("not closed"));
  EXPECT_THAT(refusal("http://[::zz]"), HasSubstr("no IPv6 address"));
  EXPECT_THAT(refusal("http://[::1]8080"), HasSubstr("after the host"));
}

TEST(Endpoint, KnowsLoopback) {
  for (const char* host :
       {"127.0.0.1", "127.255.0.3", "localhost", "LOCALHOST", "[::1]", "[::ffff:127.0.0.1]"}) {
    EXPECT_TRUE(parse_endpoint(std::string("http://") + host).loopback()) << host;
  }
  for (const char* host : {"128.0.0.1", "127.example.com", "localhost.example.com", "[::2]",
                           "0.0.0.0", "open.volcengineapi.com"}) {
    EXPECT_FALSE(parse_endpoint(std::string("http://") + host).loopback()) << host;
  }
}

}  // namespace
}  // namespace flowlog
