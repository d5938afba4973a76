// Whole runs through TLS, proxies and addresses of every form; the mock behind them checks the
// signatures.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mock/mock.h"
#include "specs/load.h"
#include "tests/hostile/process.h"
#include "tests/hostile/runs.h"
#include "tests/support/certificates.h"
#include "tests/support/raw_server.h"

namespace flowlog {
namespace {

using namespace std::chrono_literals;
using test::Authority;
using test::Ended;
using test::Folder;
using test::hasty_run;
using test::RawServer;
using test::report_of;
using test::run_program;
using test::Script;
using test::Subject;
using testing::HasSubstr;

const std::vector<std::string> kTlsChecks = {"request.smallest/*"};
const test::Variables kKeys = {{"VOLCENGINE_ACCESS_KEY", "AK"}, {"VOLCENGINE_SECRET_KEY", "SK"}};

class TlsRun : public testing::Test {
 protected:
  Script to_the_mock() const { return Script().relay_unless("no such text", mock_.port()); }

  Report run(const std::string& endpoint, const TransportOptions& options = {}) const {
    nlohmann::json profile = mock_.profile();
    profile["endpoint"] = endpoint;
    return report_of(hasty_run(profile, kTlsChecks, options));
  }

  Report run_with(const Subject& subject, const TransportOptions& options) const {
    const auto context = authority_.server(subject);
    const RawServer server({to_the_mock()}, context.get());
    const Report report = run("https://localhost:" + std::to_string(server.port()), options);
    EXPECT_EQ(server.requests().empty(), !report.trouble.empty());
    return report;
  }

  TransportOptions trusting() const {
    TransportOptions options;
    options.ca_file = authority_.file();
    return options;
  }

  const mock::Mock mock_{built_in_service(), {}};
  const Authority authority_{"Test authority"};
};

void expect_conformant(const Report& report) {
  EXPECT_EQ(report.trouble, "");
  EXPECT_EQ(report.checks.size(), 2u);
  for (const CheckResult& check : report.checks) {
    EXPECT_EQ(name(check.verdict), name(Verdict::conformant)) << check.id << check.message;
  }
}

TEST_F(TlsRun, IsConformantWithACertificateOfItsOwnAuthority) {
  expect_conformant(run_with({"x", "DNS:localhost"}, trusting()));
}

TEST_F(TlsRun, NamesEachFaultOfACertificateInOneSentenceAndSendsNothing) {
  EXPECT_THAT(run_with({"localhost", "DNS:other.example"}, trusting()).trouble,
              HasSubstr("the certificate is for \"other.example\" and not for the host localhost"));
  EXPECT_THAT(run_with({"x", "DNS:localhost", -48h, -24h}, trusting()).trouble,
              HasSubstr("expired on"));
  EXPECT_THAT(run_with({"x", "DNS:localhost"}, {}).trouble, HasSubstr("unknown authority"));
}

TEST_F(TlsRun, SignsTheHostThatItSends) {
  const RawServer server(to_the_mock());
  const std::string port = std::to_string(server.port());
  for (const std::string& address : std::vector<std::string>{
           "http://LocalHost:" + port, "http://127.0.0.1:" + port + "/base/path",
           "http://LOCALHOST:" + port + "/a/b/"}) {
    SCOPED_TRACE(address);
    expect_conformant(run(address));
    EXPECT_THAT(server.requests().back(), HasSubstr("\r\nHost: " + parse_endpoint(address).host));
  }
}

TEST_F(TlsRun, ReachesAnIpv6Address) {
  std::unique_ptr<RawServer> server;
  try {
    server = std::make_unique<RawServer>(std::vector{to_the_mock()}, nullptr, "::1");
  } catch (const std::runtime_error&) {
    GTEST_SKIP() << "no IPv6 on this machine";
  }
  expect_conformant(run(server->url()));
  EXPECT_THAT(server->requests().back(),
              HasSubstr("\r\nHost: [::1]:" + std::to_string(server->port()) + "\r\n"));
}

TEST_F(TlsRun, LeavesTheUsualPortOutOfTheSignedHostOnly) {
  const RawServer proxy(to_the_mock());
  TransportOptions options;
  options.proxy = proxy.url();
  // The mock sees the address in the request line; only what was sent is looked at here.
  run("http://api.invalid:80", options);
  ASSERT_FALSE(proxy.requests().empty());
  EXPECT_THAT(proxy.requests()[0], HasSubstr("\r\nHost: api.invalid\r\n"));
}

TEST(Insecure, IsForLoopbackUnlessASecondFlagSaysOtherwise) {
  const Folder folder;
  const Ended refused =
      run_program(folder, {"run", "--endpoint", "https://192.0.2.1", "--insecure"}, kKeys);
  EXPECT_EQ(refused.status, 2);
  EXPECT_THAT(refused.err, HasSubstr("--insecure is for loopback addresses"));
  EXPECT_THAT(refused.err, HasSubstr("--insecure-anywhere"));
  const Ended half =
      run_program(folder, {"run", "--endpoint", "https://192.0.2.1", "--insecure-anywhere"}, kKeys);
  EXPECT_EQ(half.status, 2);
  const Ended planned = run_program(
      folder,
      {"run", "--endpoint", "https://192.0.2.1", "--insecure", "--insecure-anywhere", "--plan"},
      kKeys);
  EXPECT_EQ(planned.status, 0) << planned.err;
}

TEST(Insecure, TakesAnyCertificateOnLoopback) {
  const Authority authority("Nobody's");
  const auto context = authority.server({"x", "DNS:other.example", -48h, -24h});
  const RawServer server({Script().read().send(test::ok("{}"))}, context.get());
  const Folder folder;
  const std::vector<std::string> arguments = {"run", "--endpoint", server.url()};
  const Ended verified = run_program(folder, arguments, kKeys);
  EXPECT_EQ(verified.status, 3);
  EXPECT_TRUE(server.requests().empty());
  const Ended ended = run_program(folder, {"run", "--endpoint", server.url(), "--insecure"}, kKeys);
  EXPECT_EQ(ended.status, 3);
  EXPECT_FALSE(server.requests().empty());
}

TEST(ProxyOfTheEnvironment, IsAskedForRealEndpointsAndNeverForLoopback) {
  const RawServer proxy(Script().read().send("HTTP/1.1 502 No\r\nContent-Length: 0\r\n\r\n"));
  const RawServer server(Script().read().send(test::ok("{}")));
  const Folder folder;
  const auto run = [&](const std::string& endpoint, const test::Variables& more) {
    test::Variables variables = kKeys;
    variables.insert(more.begin(), more.end());
    return run_program(folder, {"run", "--endpoint", endpoint, "--timeout", "5"}, variables);
  };
  const test::Variables set = {
      {"HTTPS_PROXY", proxy.url()}, {"http_proxy", proxy.url()}, {"HTTP_PROXY", proxy.url()}};
  EXPECT_EQ(run(server.url(), set).status, 3);
  EXPECT_EQ(proxy.connections(), 0);
  EXPECT_EQ(server.connections(), 1);

  const Ended tunnelled = run("https://api.invalid", set);
  EXPECT_EQ(tunnelled.status, 3);
  EXPECT_THAT(tunnelled.out + tunnelled.err, HasSubstr("proxy"));
  ASSERT_EQ(proxy.requests().size(), 1u);
  EXPECT_THAT(proxy.requests()[0], testing::StartsWith("CONNECT api.invalid:443 HTTP/1.1\r\n"));
  EXPECT_THAT(proxy.requests()[0], testing::Not(HasSubstr("Authorization: HMAC")));

  test::Variables except = set;
  except["NO_PROXY"] = "invalid";
  EXPECT_EQ(run("https://api.invalid", except).status, 3);
  EXPECT_EQ(proxy.requests().size(), 1u);
}

}  // namespace
}  // namespace flowlog
