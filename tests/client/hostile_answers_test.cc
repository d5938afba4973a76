// Answers that break HTTP, stop half way, or do not end.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "client/transport.h"
#include "tests/client/raw_exchange.h"
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

TEST(HostileAnswers, NamesOtherInterimAnswers) {
  EXPECT_THAT(answer_to("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + ok("{}")),
              HasSubstr("malformed: an interim answer (103)"));
  EXPECT_THAT(answer_to("HTTP/1.1 101 Switching\r\n\r\n"), HasSubstr("malformed"));
}

TEST(HostileAnswers, EndsAnEndlessRowOfInterimAnswers) {
  EXPECT_THAT(said(ask(RawServer(Script().read().flood("HTTP/1.1 102 -\r\n\r\n")))),
              HasSubstr("malformed: an interim answer"));
  EXPECT_THAT(said(ask(RawServer(Script().read().flood("HTTP/1.1 100 -\r\n\r\n")))),
              HasSubstr(": the head of the answer"));
}

TEST(HostileAnswers, CallsBrokenFramingMalformed) {
  const std::string line = "HTTP/1.1 200 OK\r\n";
  for (const std::string& bytes :
       {std::string("garbage\r\n\r\n"), std::string("garbage"), std::string("\r\n\r\n"),
        line + "Content-Length: 20\r\n\r\n{}", line + "Content-Length: -1\r\n\r\n{}",
        line + "Content-Length: x\r\n\r\n{}",
        line + "Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}",
        line + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
        line + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n",
        line + "Transfer-Encoding: chunked\r\n\r\n5\r\n{}",
        line + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
        line + "Transfer-Encoding: chunked\r\n\r\n-2\r\n{}\r\n0\r\n\r\n",
        line + "Transfer-Encoding: chunked\r\n\r\n"}) {
    EXPECT_THAT(answer_to(bytes), testing::StartsWith("malformed: ")) << bytes;
  }
}

TEST(HostileAnswers, NamesWhatContradictsItself) {
  EXPECT_EQ(answer_to("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n{}"),
            "malformed: the body ends after 2 bytes, Content-Length says 20");
}

TEST(HostileAnswers, NamesBytesThatFollowTheAnswerOnTheirOwn) {
  RawServer server(
      Script()
          .read()
          .send("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n" + std::string(3000, 'x'))
          .pause(50ms)
          .send(std::string(5000, 'x'))
          .hold());
  EXPECT_EQ(said(ask(server)), "malformed: more bytes follow than the Content-Length of 5000");
}

TEST(HostileAnswers, DoesNotTakeLateBytesForTheNextAnswer) {
  RawServer server({Script().read().send(ok("first")).pause(20ms).send(ok("unasked")).hold(),
                    Script().read().send(ok("second"))});
  const auto transport = to(server);
  EXPECT_EQ(said(send(*transport, get())), "200 first");
  std::this_thread::sleep_for(100ms);
  EXPECT_EQ(said(send(*transport, get())), "200 second");
}

TEST(HostileAnswers, TellsACloseAndAResetFromAnAnswer) {
  const Answered closed = ask(RawServer(Script().read()));
  EXPECT_EQ(said(closed), "reset: the server closed the connection before the answer");
  EXPECT_TRUE(std::get<Failure>(closed).maybe_sent);
  EXPECT_EQ(said(ask(RawServer(Script().read().reset()))),
            "reset: the connection was reset before the answer");
  EXPECT_THAT(
      said(ask(RawServer(Script().read().send("HTTP/1.1 200 OK\r\nX-").pause(20ms).reset()))),
      HasSubstr("reset within the head"));
  EXPECT_THAT(said(ask(RawServer(Script()
                                     .read()
                                     .send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab")
                                     .pause(20ms)
                                     .reset()))),
              HasSubstr("reset after 2 of 9 bytes"));
}

TEST(HostileAnswers, EndsByItsDeadlineWhateverDrips) {
  const std::string head = "HTTP/1.1 200 OK\r\n";
  const auto timed_out = [](Script script) {
    return said(ask(RawServer(std::move(script)), 150ms));
  };
  EXPECT_EQ(timed_out(Script().read().hold()),
            "timeout: the time for the answer ran out before the answer");
  EXPECT_THAT(timed_out(Script().read().drip(head + std::string(1000, 'x'), 20ms)),
              HasSubstr("timeout: "));
  EXPECT_THAT(timed_out(Script()
                            .read()
                            .send(head + "Content-Length: 1000\r\n\r\n")
                            .drip(std::string(1000, 'x'), 20ms)),
              HasSubstr("of 1000 bytes"));
  EXPECT_THAT(
      timed_out(
          Script().read().send(head + "Transfer-Encoding: chunked\r\n\r\n").flood("1\r\nx\r\n")),
      testing::AnyOf(HasSubstr("timeout: "), HasSubstr("too_large: ")));
}

TEST(HostileAnswers, EndsAnUnreadRequestByItsDeadline) {
  RawServer server(Script().pause(10s));
  const Answered answered = send(*to(server), get("/?A=" + std::string(20'000'000, 'x')), 200ms);
  EXPECT_THAT(said(answered), HasSubstr("timeout: "));
  EXPECT_FALSE(std::get<Failure>(answered).maybe_sent);
}

TEST(HostileAnswers, LimitsTheBody) {
  TransportOptions options;
  options.max_body = 1000;
  const std::string head = "HTTP/1.1 200 OK\r\n";
  const auto limited = [&](Script script) {
    return said(ask(RawServer(std::move(script)), 20s, options));
  };
  EXPECT_THAT(limited(Script().read().send(head + "Content-Length: 100000000\r\n\r\n").hold()),
              HasSubstr("too_large: "));
  EXPECT_THAT(limited(Script().read().send(head + "\r\n").flood(std::string(100, 'x'))),
              HasSubstr("too_large: "));
  EXPECT_THAT(limited(Script()
                          .read()
                          .send(head + "Transfer-Encoding: chunked\r\n\r\n")
                          .flood("5\r\nabcde\r\n")),
              HasSubstr("too_large: "));
  EXPECT_EQ(limited(Script().read().send(ok(std::string(1000, 'x')))),
            "200 " + std::string(1000, 'x'));
}

TEST(HostileAnswers, LimitsTheHead) {
  EXPECT_THAT(said(ask(RawServer(Script().read().send("HTTP/1.1 200 OK\r\n").flood("X-A: b\r\n")))),
              HasSubstr(": the head of the answer"));
  EXPECT_THAT(said(ask(RawServer(Script().read().flood("xxxxxxxx")))),
              HasSubstr(": the head of the answer"));
}

// std::regex, with which the library reads that line, needs stack for each of its characters.
TEST(HostileAnswers, SurvivesAStatusLineOfAHundredKilobytes) {
  const std::string line = "HTTP/1.1 200 " + std::string(100'000, 'x') + "\r\n";
  std::string answer;
  to(RawServer(Script()));
  std::thread([&] { answer = answer_to(line + "Content-Length: 2\r\n\r\n{}"); }).join();
  EXPECT_THAT(answer, testing::AnyOf("200 {}", HasSubstr(": the head of the answer")));
}

}  // namespace
}  // namespace flowlog
