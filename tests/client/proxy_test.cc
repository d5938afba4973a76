#include "client/proxy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "base/json_node.h"

namespace flowlog {
namespace {

std::string chosen(const std::string& url, const std::map<std::string, std::string>& variables) {
  return proxy_for(parse_endpoint(url),
                   [&](const char* name) -> std::optional<std::string> {
                     const auto it = variables.find(name);
                     if (it == variables.end()) return std::nullopt;
                     return it->second;
                   })
      .address;
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

bool excepted(const std::string& url, const std::string& no_proxy) {
  return chosen(url, {{"HTTPS_PROXY", proxy}, {"NO_PROXY", no_proxy}}).empty();
}

TEST(Proxy, IsLeftOutForAnIpv6AddressInAnySpelling) {
  for (const char* covering :
       {"2001:db8::1", "2001:DB8:0:0:0:0:0:1", "2001:0db8::0001", "[2001:db8::1]",
        "[2001:DB8::1]:443", "2001:db8::/32", "[2001:db8::]/64", "2001:db8::1/128", "::/0"}) {
    EXPECT_TRUE(excepted("https://[2001:db8::1]", covering)) << covering;
  }
  for (const char* other : {"2001:db8::2", "[2001:db8::1]:8443", "2001:db9::/32", "10.0.0.0/8",
                            "2001:db8::1/129", "2001:db8::1/", "2001:db8::1/x"}) {
    EXPECT_FALSE(excepted("https://[2001:db8::1]", other)) << other;
  }
}

TEST(Proxy, IsLeftOutForANetworkOfAddresses) {
  for (const char* covering :
       {"10.1.2.3", "10.1.2.3:443", "10.0.0.0/8", "10.1.2.0/23", "10.1.2.3/32", "0.0.0.0/0",
        "::ffff:10.1.2.3", "::ffff:10.0.0.0/104"}) {
    EXPECT_TRUE(excepted("https://10.1.2.3", covering)) << covering;
  }
  for (const char* other : {"10.1.2.4", "10.1.4.0/23", "11.0.0.0/8", "10.0.0.0/33", "10.0.0.0/-1",
                            "/8", "10.0.0/8", "2.3"}) {
    EXPECT_FALSE(excepted("https://10.1.2.3", other)) << other;
  }
  EXPECT_FALSE(excepted("https://host.test", "0.0.0.0/0")) << "a name is no address";
}

TEST(Proxy, IsLeftOutWhateverSeparatesTheEntries) {
  for (const char* list :
       {"a.test b.test", "a.test, b.test", " a.test ,\tb.test ", "a.test,,b.test"}) {
    EXPECT_TRUE(excepted("https://b.test", list)) << list;
  }
}

TEST(Proxy, IsLeftOutWhetherADotEndsTheNameOrNot) {
  EXPECT_TRUE(excepted("https://api.test.", "api.test"));
  EXPECT_TRUE(excepted("https://api.test", "api.test."));
}

TEST(Proxy, ComesWithTheVariableThatNamesIt) {
  const ProxyChoice choice = proxy_for(parse_endpoint("https://api.test"), [](const char* name) {
    return std::string(name) == "HTTPS_PROXY" ? std::optional<std::string>(proxy) : std::nullopt;
  });
  EXPECT_EQ(choice.variable, "HTTPS_PROXY");
  EXPECT_EQ(parse_proxy(proxy, choice.variable).shown, "the proxy proxy.test:3128 (HTTPS_PROXY)");
}

TEST(Proxy, IsTakenApart) {
  const Proxy plain = parse_proxy("http://proxy.test:3128/");
  EXPECT_EQ(plain.host, "proxy.test");
  EXPECT_EQ(plain.port, 3128);
  EXPECT_EQ(plain.user, "");
  EXPECT_EQ(parse_proxy("proxy.test:8080").port, 8080);
  const Proxy named = parse_proxy("http://Aladdin:open%20sesa%3Ame@p:1");
  EXPECT_EQ(named.user, "Aladdin");
  EXPECT_EQ(named.password, "open sesa:me");
  EXPECT_EQ(named.shown, "the proxy p:1");
}

TEST(Proxy, IsRefusedWithoutShowingItsPassword) {
  for (const char* text : {"socks5://u:hunter2@p:1", "http://u:hunter2@p:0", "http://u:hunter2@"}) {
    try {
      parse_proxy(text, "HTTPS_PROXY");
      ADD_FAILURE() << text;
    } catch (const InputError& error) {
      EXPECT_THAT(error.what(), testing::HasSubstr("(HTTPS_PROXY)"));
      EXPECT_THAT(error.what(), testing::Not(testing::HasSubstr("hunter2")));
    }
  }
}

}  // namespace
}  // namespace flowlog
