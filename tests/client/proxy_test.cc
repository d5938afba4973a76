#include "client/proxy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "base/json_node.h"

namespace flowlog {
namespace {

std::string chosen(const std::string& url, const std::map<std::string, std::string>& variables) {
  return proxy_for(parse_endpoint(url), [&](const char* name) -> std::optional<std::string> {
    const auto it = variables.find(name);
    if (it == variables.end()) return std::nullopt;
    return it->second;
  });
}

constexpr auto proxy = "http://proxy.test:3128";

TEST(Proxy, IsNoneInAnEmptyEnvironment) {
  EXPECT_EQ(chosen("https://api.test", {}), "");
}

TEST(Proxy, IsReadFromHttpsProxyForHttps) {
  EXPECT_EQ(chosen("https://api.test", {{"HTTPS_PROXY", proxy}}), proxy);
  EXPECT_EQ(chosen("https://api.test", {{"https_proxy", proxy}}), proxy);
  EXPECT_EQ(chosen("https://api.test", {{"http_proxy", proxy}}), "");
}

TEST(Proxy, IsReadFromLowerCaseHttpProxyForHttp) {
  EXPECT_EQ(chosen("http://api.test", {{"http_proxy", proxy}}), proxy);
  EXPECT_EQ(chosen("http://api.test", {{"HTTP_PROXY", proxy}, {"HTTPS_PROXY", proxy}}), "");
}

TEST(Proxy, IsNeverUsedForLoopback) {
  for (const char* url : {"https://127.0.0.1:8443", "https://localhost", "http://[::1]:80"}) {
    EXPECT_EQ(chosen(url, {{"HTTPS_PROXY", proxy}, {"http_proxy", proxy}}), "") << url;
  }
}

TEST(Proxy, IsLeftOutWhereNoProxySaysSo) {
  const auto with = [](const char* no_proxy) {
    return chosen("https://open.api.test:8443", {{"HTTPS_PROXY", proxy}, {"NO_PROXY", no_proxy}});
  };
  for (const char* covering : {"*", "open.api.test", "api.test", ".api.test", "*.api.test",
                               "OPEN.API.TEST", "other.test, api.test", "api.test:8443"}) {
    EXPECT_EQ(with(covering), "") << covering;
  }
  for (const char* other : {"", "pi.test", "open.api.test.com", "api.test:443", "a*", "."}) {
    EXPECT_EQ(with(other), proxy) << other;
  }
}

TEST(Proxy, IsLeftOutForAnIpv6AddressInNoProxy) {
  EXPECT_EQ(chosen("https://[2001:db8::1]", {{"HTTPS_PROXY", proxy}, {"NO_PROXY", "2001:db8::1"}}),
            "");
}

TEST(Proxy, IsTakenApart) {
  const Proxy plain = parse_proxy("http://proxy.test:3128/");
  EXPECT_EQ(plain.host, "proxy.test");
  EXPECT_EQ(plain.port, 3128);
  EXPECT_EQ(plain.authorization, "");
  EXPECT_EQ(parse_proxy("proxy.test:8080").port, 8080);
  // base64 of "Aladdin:open sesame", as in RFC 7617.
  EXPECT_EQ(parse_proxy("http://Aladdin:open%20sesame@p:1").authorization,
            "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
}

TEST(Proxy, IsRefusedWithoutShowingItsPassword) {
  for (const char* text : {"socks5://u:hunter2@p:1", "http://u:hunter2@p:0", "http://u:hunter2@"}) {
    try {
      parse_proxy(text);
      ADD_FAILURE() << text;
    } catch (const InputError& error) {
      EXPECT_THAT(error.what(), testing::Not(testing::HasSubstr("hunter2")));
    }
  }
}

}  // namespace
}  // namespace flowlog
