#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "client/transport.h"
#include "tests/client/raw_exchange.h"
#include "tests/client/sent_bytes.h"
#include "tests/support/raw_server.h"

namespace flowlog {
namespace {

using namespace std::chrono_literals;
using test::answer_to;
using test::ask;
using test::get;
using test::ok;
using test::RawServer;
using test::said;
using test::Script;
using test::send;
using test::to;
using testing::HasSubstr;

TEST(HttpTransport, SendsExactlyTheBytesOfTheRequest) {
  RawServer server(Script().read().send(ok("{}")));
  const std::string target = "/b%2Fase/?A=%2C%24%3B%2A%20%2B%25&B=a%252Bb&C=~&D=";
  EXPECT_EQ(said(send(*to(server), get(target))), "200 {}");
  ASSERT_EQ(server.requests().size(), 1u);
  EXPECT_EQ(test::comparable(server.requests()[0]),
            "GET " + target + " HTTP/1.1\r\nHost: signed.example:1\r\nX-Date: d\r\n\r\n");
}

TEST(HttpTransport, SendsABodyWithItsLength) {
  RawServer server(Script().read().send(ok("{}")));
  WireRequest request = get();
  request.method = "POST";
  request.body = std::string("a\0b", 3);
  EXPECT_EQ(said(send(*to(server), request)), "200 {}");
  EXPECT_EQ(test::comparable(server.requests()[0]), test::comparable(test::bytes_of(request)));
}

TEST(HttpTransport, SendsARequestOfAHundredKilobytes) {
  RawServer server(Script().read().send(ok("{}")));
  const std::string target = "/?A=" + std::string(100'000, 'x');
  EXPECT_EQ(said(send(*to(server), get(target))), "200 {}");
  EXPECT_THAT(server.requests()[0], HasSubstr(target + " HTTP/1.1\r\n"));
}

TEST(HttpTransport, RefusesToSendAHeaderThatHoldsALineBreak) {
  RawServer server(Script().read().send(ok("{}")));
  WireRequest request = get();
  request.headers.emplace_back("X-Security-Token", "secret\nX: y");
  const Answered answered = send(*to(server), request);
  EXPECT_THAT(said(answered), HasSubstr("X-Security-Token"));
  EXPECT_THAT(said(answered), testing::Not(HasSubstr("secret")));
  EXPECT_EQ(server.connections(), 0);
}

TEST(HttpTransport, KeepsItsConnection) {
  RawServer server(Script().read().send(ok("{}")).repeat());
  const auto transport = to(server);
  for (int i = 0; i < 5; ++i) EXPECT_EQ(said(send(*transport, get())), "200 {}");
  EXPECT_EQ(server.connections(), 1);
}

TEST(HttpTransport, OpensAnotherConnectionAfterConnectionClose) {
  RawServer server(Script().read().send(ok("{}", "Connection: close\r\n")));
  const auto transport = to(server);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(said(send(*transport, get())), "200 {}");
  EXPECT_EQ(server.connections(), 3);
}

TEST(HttpTransport, OpensAnotherConnectionWhenTheServerClosedAnIdleOne) {
  RawServer server(Script().read().send(ok("{}")));  // closes after each answer, without saying so
  const auto transport = to(server);
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(said(send(*transport, get())), "200 {}");
    std::this_thread::sleep_for(30ms);
  }
  EXPECT_EQ(server.requests().size(), 3u);
}

// Their order and their percent signs are the library's.
TEST(HttpTransport, KeepsHeadersOfOneNameApart) {
  const Answered answered =
      ask(RawServer(Script().read().send(ok("x", "X-B: 3+\r\nX-A: 1\r\nX-B: 2\r\n"))));
  EXPECT_THAT(std::get<WireResponse>(answered).headers,
              testing::UnorderedElementsAre(testing::Pair("X-B", "3+"), testing::Pair("X-A", "1"),
                                            testing::Pair("X-B", "2"),
                                            testing::Pair("Content-Type", "application/json"),
                                            testing::Pair("Content-Length", "1")));
}

TEST(HttpTransport, KeepsAHeaderInOneLineWhateverItsPercentSignsSay) {
  const Answered answered = ask(RawServer(Script().read().send(ok("x", "X-A: a%0d%0ab\r\n"))));
  EXPECT_THAT(header(std::get<WireResponse>(answered).headers, "X-A"),
              testing::AnyOf("a??b", "a%0d%0ab"));
}

TEST(HttpTransport, TakesAHeaderOfEightKilobytes) {
  const std::string value(8 * 1024 - 20, 'v');
  const Answered answered =
      ask(RawServer(Script().read().send(ok("{}", "X-L: " + value + "\r\n"))));
  ASSERT_TRUE(std::holds_alternative<WireResponse>(answered)) << said(answered);
  EXPECT_EQ(header(std::get<WireResponse>(answered).headers, "X-L"), value);
}

TEST(HttpTransport, ReadsChunksAndTheirExtensions) {
  RawServer server(Script()
                       .read()
                       .send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                             "3;a=b\r\nabc\r\n0002\r\nde\r\n0\r\n\r\n")
                       .repeat());
  const auto transport = to(server);
  EXPECT_EQ(said(send(*transport, get())), "200 abcde");
  EXPECT_EQ(said(send(*transport, get())), "200 abcde");
  EXPECT_EQ(server.connections(), 1);
}

TEST(HttpTransport, ReadsABodyUntilTheClose) {
  EXPECT_EQ(answer_to("HTTP/1.1 200 OK\r\n\r\nabc"), "200 abc");
  EXPECT_EQ(answer_to("HTTP/1.0 500 No\r\n\r\n"), "500 ");
}

TEST(HttpTransport, DropsContinue) {
  EXPECT_EQ(answer_to("HTTP/1.1 100 Continue\r\n\r\n" + ok("{}")), "200 {}");
}

TEST(HttpTransport, TakesAnswersWithoutABody) {
  RawServer server({Script()
                        .read()
                        .send("HTTP/1.1 204 No Content\r\n\r\n")
                        .read()
                        .send("HTTP/1.1 304 Not Modified\r\n\r\n")
                        .hold(),
                    Script().read().send(ok("{}"))});
  const auto transport = to(server);
  EXPECT_EQ(said(send(*transport, get())), "204 ");
  EXPECT_EQ(said(send(*transport, get())), "304 ");
  EXPECT_EQ(said(send(*transport, get())), "200 {}");
}

TEST(HttpTransport, NeverUnpacksABody) {
  const std::string packed("\x1f\x8b\x08\x00 no gzip", 12);
  EXPECT_EQ(answer_to(ok(packed, "Content-Encoding: gzip\r\n")), "200 " + packed);
}

TEST(HttpTransport, NeverFollowsARedirect) {
  RawServer other(Script().read().send(ok("stolen")));
  RawServer server(Script().read().send("HTTP/1.1 302 Found\r\nLocation: " + other.url() +
                                        "/\r\nContent-Length: 0\r\n\r\n"));
  EXPECT_EQ(said(ask(server)), "302 ");
  EXPECT_EQ(other.connections(), 0);
}

TEST(HttpTransport, ReadsAnAnswerThatComesBeforeTheRequestIsRead) {
  RawServer server(Script().send(ok("early", "Connection: close\r\n")).hold());
  EXPECT_EQ(said(send(*to(server), get("/?A=" + std::string(8'000'000, 'x')))), "200 early");
}

TEST(HttpTransport, SaysWhyThereIsNoConnection) {
  int port = 0;
  { port = RawServer(Script()).port(); }
  const auto transport =
      make_http_transport(parse_endpoint("http://127.0.0.1:" + std::to_string(port)), {});
  const Answered answered = send(*transport, get());
  EXPECT_EQ(said(answered), "unreachable: no connection to 127.0.0.1:" + std::to_string(port) +
                                ": the connection is refused, or no route leads there");
  EXPECT_FALSE(std::get<Failure>(answered).maybe_sent);
}

TEST(HttpTransport, SaysThatAHostIsNotFound) {
  const auto transport = make_http_transport(parse_endpoint("http://nowhere.invalid"), {});
  EXPECT_THAT(said(send(*transport, get())),
              testing::AllOf(HasSubstr("unreachable: "), HasSubstr("nowhere.invalid")));
}

TEST(HttpTransport, IsCancelledFromAnotherThread) {
  RawServer server(Script().read().hold());
  const auto transport = to(server);
  std::thread other([&] {
    while (server.requests().empty()) std::this_thread::sleep_for(5ms);
    transport->cancel();
  });
  const Answered answered = send(*transport, get(), 60s);
  other.join();
  EXPECT_THAT(said(answered), HasSubstr("cancelled: "));
  EXPECT_TRUE(std::get<Failure>(answered).maybe_sent);
  EXPECT_THAT(said(send(*transport, get())), HasSubstr("cancelled: "));
  EXPECT_EQ(server.requests().size(), 1u);
}

TEST(HttpTransport, SpeaksToIpv6) {
  std::unique_ptr<RawServer> server;
  try {
    server =
        std::make_unique<RawServer>(std::vector{Script().read().send(ok("{}"))}, nullptr, "::1");
  } catch (const std::runtime_error&) {
    GTEST_SKIP() << "no IPv6 on this machine";
  }
  EXPECT_EQ(said(ask(*server)), "200 {}");
}

TEST(HttpTransport, AsksAProxyForTheWholeAddress) {
  RawServer proxy(Script().read().send(ok("by proxy")));
  TransportOptions options;
  options.proxy = proxy.url();
  const auto transport = make_http_transport(parse_endpoint("http://api.invalid:8080"), options);
  EXPECT_EQ(said(send(*transport, get("/?a=b"))), "200 by proxy");
  EXPECT_THAT(proxy.requests()[0],
              testing::StartsWith("GET http://api.invalid:8080/?a=b HTTP/1.1\r\n"));
  EXPECT_THAT(proxy.requests()[0], HasSubstr("\r\nHost: signed.example:1\r\n"));
}

TEST(HttpTransport, NamesAProxyThatIsNotThereAndItsVariable) {
  int port = 0;
  { port = RawServer(Script()).port(); }
  TransportOptions options;
  options.proxy = "http://user:hunter2@127.0.0.1:" + std::to_string(port);
  options.proxy_variable = "https_proxy";
  const std::string place = "127.0.0.1:" + std::to_string(port);
  for (const char* url : {"http://api.invalid", "https://api.invalid"}) {
    const auto transport = make_http_transport(parse_endpoint(url), options);
    EXPECT_EQ(said(send(*transport, get())),
              "unreachable: through the proxy " + place + " (https_proxy): no connection to " +
                  place + ": the connection is refused, or no route leads there");
  }
}

TEST(HttpTransport, TellsAProxyWhoAsks) {
  RawServer proxy(Script().read().send(ok("{}")));
  TransportOptions options;
  options.proxy = "http://Aladdin:open%20sesame@127.0.0.1:" + std::to_string(proxy.port());
  const auto transport = make_http_transport(parse_endpoint("http://api.invalid"), options);
  EXPECT_EQ(said(send(*transport, get())), "200 {}");
  EXPECT_THAT(proxy.requests()[0],
              HasSubstr("\r\nProxy-Authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==\r\n"));
}

TEST(HttpTransport, SaysThatAProxyOpensNoTunnel) {
  RawServer proxy(Script().read().send("HTTP/1.1 407 No\r\nContent-Length: 0\r\n\r\n"));
  TransportOptions options;
  options.proxy = "http://user:hunter2@127.0.0.1:" + std::to_string(proxy.port());
  options.proxy_variable = "HTTPS_PROXY";
  const auto transport = make_http_transport(parse_endpoint("https://api.invalid"), options);
  const std::string sentence = said(send(*transport, get()));
  EXPECT_EQ(sentence, "unreachable: the proxy 127.0.0.1:" + std::to_string(proxy.port()) +
                          " (HTTPS_PROXY) opens no tunnel to api.invalid:443: HTTP 407");
  EXPECT_THAT(proxy.requests()[0], testing::StartsWith("CONNECT api.invalid:443 HTTP/1.1\r\n"));
  EXPECT_THAT(proxy.requests()[0], HasSubstr("\r\nHost: api.invalid"));
  EXPECT_THAT(proxy.requests()[0], testing::Not(HasSubstr("X-Date")));
}

}  // namespace
}  // namespace flowlog
