#include "client/tls.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "base/json_node.h"
#include "client/transport.h"
#include "tests/support/certificates.h"
#include "tests/support/raw_server.h"

namespace flowlog {
namespace {

using namespace std::chrono_literals;
using test::Authority;
using test::ok;
using test::RawServer;
using test::Script;
using test::Subject;
using testing::HasSubstr;

class Tls : public testing::Test {
 protected:
  // The answer of a server with that certificate, asked as `host`.
  std::string answer(const Subject& subject, const std::string& host, TransportOptions options) {
    const auto context = authority_.server(subject);
    RawServer server({Script().read().send(ok("{}"))}, context.get());
    const auto transport = make_http_transport(
        parse_endpoint("https://" + host + ":" + std::to_string(server.port())), options);
    const Answered answered = transport->send(request_, std::chrono::steady_clock::now() + 20s);
    requests_ = server.requests();
    if (const auto* failure = std::get_if<Failure>(&answered)) {
      EXPECT_FALSE(failure->maybe_sent);
      return std::string(name(failure->kind)) + ": " + failure->text;
    }
    return std::get<WireResponse>(answered).body;
  }
  std::string trusting(const Subject& subject, const std::string& host) {
    TransportOptions options;
    options.ca_file = authority_.file();
    return answer(subject, host, options);
  }

  Authority authority_{"Test authority"};
  const WireRequest request_{"GET", "/", {{"Host", "h"}, {"Authorization", "secret"}}, ""};
  std::vector<std::string> requests_;
};

TEST_F(Tls, TrustsACertificateOfTheGivenAuthorityForTheHost) {
  EXPECT_EQ(trusting({"x", "DNS:localhost"}, "localhost"), "{}");
  EXPECT_EQ(trusting({"x", "IP:127.0.0.1"}, "127.0.0.1"), "{}");
}

TEST_F(Tls, RefusesAnUnknownAuthority) {
  const Authority other("Somebody else");
  TransportOptions options;
  options.ca_file = other.file();
  const std::string sentence = answer({"localhost", "DNS:localhost"}, "localhost", options);
  EXPECT_THAT(sentence,
              HasSubstr("tls: the certificate of localhost is issued by an unknown authority"));
  EXPECT_THAT(sentence, HasSubstr("Test authority"));
  EXPECT_TRUE(requests_.empty());
}

TEST_F(Tls, RefusesAnUnknownAuthorityBySystemDefault) {
  EXPECT_THAT(answer({"localhost", "DNS:localhost"}, "localhost", {}),
              HasSubstr("unknown authority"));
}

TEST_F(Tls, RefusesAnExpiredCertificate) {
  EXPECT_THAT(
      trusting({"x", "DNS:localhost", -48h, -24h}, "localhost"),
      testing::ContainsRegex("tls: the certificate of localhost expired on 20[0-9-]+T[0-9:]+Z"));
}

TEST_F(Tls, RefusesACertificateOfTheFuture) {
  EXPECT_THAT(trusting({"x", "DNS:localhost", 24h, 48h}, "localhost"),
              HasSubstr("is not valid before"));
}

TEST_F(Tls, RefusesAnotherHost) {
  EXPECT_EQ(
      trusting({"x", "DNS:other.example,IP:10.0.0.1"}, "localhost"),
      "tls: the certificate is for \"other.example\", \"10.0.0.1\" and not for the host localhost");
  EXPECT_TRUE(requests_.empty());
}

TEST_F(Tls, RefusesAMatchingCommonNameWhenTheAlternativeNamesDiffer) {
  EXPECT_THAT(trusting({"localhost", "DNS:other.example"}, "localhost"),
              HasSubstr("not for the host"));
  EXPECT_THAT(trusting({"localhost", "IP:127.0.0.1"}, "localhost"), HasSubstr("not for the host"));
  EXPECT_THAT(trusting({"127.0.0.1", "DNS:127.0.0.1"}, "127.0.0.1"), HasSubstr("not for the host"));
}

TEST_F(Tls, TakesTheCommonNameWhereThereAreNoAlternativeNames) {
  EXPECT_EQ(trusting({"localhost", ""}, "localhost"), "{}");
  EXPECT_THAT(trusting({"other.example", ""}, "localhost"), HasSubstr("not for the host"));
}

TEST_F(Tls, ChecksNothingWhenInsecure) {
  TransportOptions options;
  options.insecure = true;
  EXPECT_EQ(answer({"x", "DNS:other.example", -48h, -24h}, "localhost", options), "{}");
}

TEST_F(Tls, RefusesAnUnusableAuthorityFile) {
  TransportOptions options;
  options.ca_file = "/nonexistent/ca.pem";
  try {
    make_http_transport(parse_endpoint("https://localhost"), options);
    ADD_FAILURE();
  } catch (const InputError& error) {
    EXPECT_THAT(error.what(), HasSubstr("/nonexistent/ca.pem: cannot be read"));
  }
}

TEST_F(Tls, SaysThatAServerSpeaksNoTls) {
  RawServer server(Script().send("HTTP/1.1 400 Bad Request\r\n\r\n").hold());
  const auto transport =
      make_http_transport(parse_endpoint("https://127.0.0.1:" + std::to_string(server.port())), {});
  const Answered answered = transport->send(request_, std::chrono::steady_clock::now() + 20s);
  ASSERT_TRUE(std::holds_alternative<Failure>(answered));
  EXPECT_EQ(std::get<Failure>(answered).text, "127.0.0.1 does not speak TLS on this port");
}

TEST_F(Tls, EndsAHandshakeThatHangs) {
  RawServer server(Script().hold());
  const auto transport =
      make_http_transport(parse_endpoint("https://127.0.0.1:" + std::to_string(server.port())), {});
  const Answered answered = transport->send(request_, std::chrono::steady_clock::now() + 100ms);
  ASSERT_TRUE(std::holds_alternative<Failure>(answered));
  EXPECT_EQ(std::get<Failure>(answered).kind, Failure::Kind::timeout);
}

// What the last client named in its greeting.
std::string& named() {
  static std::string name;
  return name;
}

TEST_F(Tls, NamesTheHostWithoutADotAtItsEndAndNoAddress) {
  const auto context = authority_.server({"x", "DNS:localhost,IP:127.0.0.1"});
  SSL_CTX_set_tlsext_servername_callback(
      context.get(), +[](SSL* ssl, int*, void*) {
        const char* name = SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name);
        named() = name ? name : "nobody";
        return SSL_TLSEXT_ERR_OK;
      });
  TransportOptions options;
  options.ca_file = authority_.file();
  const auto ask = [&](const std::string& host) {
    named() = "nobody";
    RawServer server({Script().read().send(ok("{}"))}, context.get());
    const auto transport = make_http_transport(
        parse_endpoint("https://" + host + ":" + std::to_string(server.port())), options);
    const Answered answered = transport->send(request_, std::chrono::steady_clock::now() + 20s);
    EXPECT_TRUE(std::holds_alternative<WireResponse>(answered)) << host;
    return server.requests().empty() ? "unasked" : named();
  };
  EXPECT_EQ(ask("localhost"), "localhost");
  EXPECT_EQ(ask("localhost."), "localhost");
  EXPECT_EQ(ask("127.0.0.1"), "nobody");
}

TEST_F(Tls, NamesBytesThatFollowTheAnswer) {
  const auto context = authority_.server({"x", "DNS:localhost"});
  RawServer server({Script().read().send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n{}").hold()},
                   context.get());
  TransportOptions options;
  options.ca_file = authority_.file();
  const auto transport = make_http_transport(
      parse_endpoint("https://localhost:" + std::to_string(server.port())), options);
  const Answered answered = transport->send(request_, std::chrono::steady_clock::now() + 20s);
  ASSERT_TRUE(std::holds_alternative<Failure>(answered));
  EXPECT_EQ(std::get<Failure>(answered).kind, Failure::Kind::malformed);
  EXPECT_THAT(std::get<Failure>(answered).text, HasSubstr("more bytes follow"));
}

TEST_F(Tls, KeepsAndReopensItsConnection) {
  const auto context = authority_.server({"x", "DNS:localhost"});
  const Script twice = Script().read().send(ok("{}")).read().send(ok("{}"));
  RawServer server({twice}, context.get());
  TransportOptions options;
  options.ca_file = authority_.file();
  const auto transport = make_http_transport(
      parse_endpoint("https://localhost:" + std::to_string(server.port())), options);
  for (int i = 0; i < 4; ++i) {
    const Answered answered = transport->send(request_, std::chrono::steady_clock::now() + 20s);
    EXPECT_TRUE(std::holds_alternative<WireResponse>(answered)) << i;
    std::this_thread::sleep_for(30ms);  // time for the server's close to arrive
  }
  EXPECT_EQ(server.connections(), 2);
}

}  // namespace
}  // namespace flowlog
