#include "client/framing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace flowlog {
namespace {

using testing::HasSubstr;
using Body = AnswerHead::Body;

std::string head_text(const std::string& headers, const char* status = "HTTP/1.1 200 OK") {
  return std::string(status) + "\r\n" + headers + "\r\n";
}

AnswerHead accepted(const std::string& text, const char* method = "GET") {
  auto parsed = parse_head(text, method);
  if (auto* sentence = std::get_if<std::string>(&parsed)) ADD_FAILURE() << *sentence;
  return std::holds_alternative<AnswerHead>(parsed) ? std::get<AnswerHead>(parsed) : AnswerHead{};
}

std::string refused(const std::string& text) {
  auto parsed = parse_head(text, "GET");
  return std::holds_alternative<std::string>(parsed) ? std::get<std::string>(parsed) : "accepted";
}

TEST(Framing, ReadsStatusHeadersAndLength) {
  const AnswerHead head = accepted(head_text("X-A:  b c \r\nContent-Length: 12\r\n"));
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.headers, (Headers{{"X-A", "b c"}, {"Content-Length", "12"}}));
  EXPECT_EQ(head.body, Body::sized);
  EXPECT_EQ(head.length, 12u);
  EXPECT_TRUE(head.keep_alive);
}

TEST(Framing, KeepsHeaderValuesRaw) {
  EXPECT_EQ(accepted(head_text("X-A: %41\xff%\r\n")).headers[0].second, "%41\xff%");
}

TEST(Framing, TakesLinesThatEndInLineFeedOnly) {
  EXPECT_EQ(accepted("HTTP/1.1 200 OK\nContent-Length: 3\n\n").length, 3u);
}

TEST(Framing, TakesAStatusLineWithoutReason) {
  EXPECT_EQ(accepted("HTTP/1.1 404\r\n\r\n").status, 404);
  EXPECT_EQ(accepted("HTTP/1.1 404 \r\n\r\n").status, 404);
}

TEST(Framing, JoinsAFoldedHeader) {
  EXPECT_EQ(accepted(head_text("X-A: b\r\n  c\r\n")).headers[0].second, "b c");
}

TEST(Framing, RefusesStatusLinesThatAreNone) {
  for (const char* line :
       {"", "HTTP/1.1", "HTTP/1.1 20 OK", "HTTP/1.1 2000 OK", "HTTP/1.1 abc OK", "HTTP/1.1  200 OK",
        "HTTP/2 200 OK", "HTTP/1.2 200 OK", "http/1.1 200 OK", "ICY 200 OK", "<html>",
        "HTTP/1.1 000 OK", "HTTP/1.1\t200 OK", "SSH-2.0-OpenSSH_9.2", "HTTP/1.1 -20 OK"}) {
    EXPECT_NE(refused(head_text("", line)), "accepted") << line;
  }
}

TEST(Framing, RefusesLinesThatAreNoHeaders) {
  EXPECT_THAT(refused(head_text("no colon\r\n")), HasSubstr("no header"));
  EXPECT_THAT(refused(head_text("X A: b\r\n")), HasSubstr("no header"));
  EXPECT_THAT(refused(head_text("X-A : b\r\n")), HasSubstr("no header"));
  EXPECT_THAT(refused(head_text(": b\r\n")), HasSubstr("no header"));
  EXPECT_THAT(refused(head_text(std::string("X-A: \0\r\n", 8))), HasSubstr("NUL"));
  EXPECT_THAT(refused(head_text(" folded\r\n")), HasSubstr("blanks"));
}

TEST(Framing, RefusesLengthsThatAreNone) {
  for (const char* value :
       {"-1", "x", "", "1x", "+1", "0x10", "1 2", "1,1", "1.0", "99999999999999999999999"}) {
    EXPECT_THAT(refused(head_text(std::string("Content-Length: ") + value + "\r\n")),
                HasSubstr("no length"))
        << value;
  }
}

TEST(Framing, RefusesALengthGivenTwice) {
  EXPECT_THAT(refused(head_text("Content-Length: 5\r\ncontent-length: 5\r\n")),
              HasSubstr("2 times"));
  EXPECT_THAT(refused(head_text("Content-Length: 5\r\nContent-Length: 6\r\n")),
              HasSubstr("2 times"));
}

TEST(Framing, RefusesALengthBesideChunks) {
  EXPECT_THAT(refused(head_text("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n")),
              HasSubstr("both"));
}

TEST(Framing, RefusesCodingsOtherThanChunked) {
  EXPECT_EQ(accepted(head_text("Transfer-Encoding: Chunked\r\n")).body, Body::chunked);
  EXPECT_THAT(refused(head_text("Transfer-Encoding: gzip, chunked\r\n")), HasSubstr("gzip"));
  EXPECT_THAT(refused(head_text("Transfer-Encoding: identity\r\n")), HasSubstr("identity"));
  EXPECT_THAT(refused(head_text("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n")),
              HasSubstr("not supported"));
}

TEST(Framing, KnowsAnswersThatHaveNoBody) {
  for (const char* line :
       {"HTTP/1.1 204 No Content", "HTTP/1.1 304 Not Modified", "HTTP/1.1 103 Early Hints"}) {
    EXPECT_EQ(accepted(head_text("", line)).body, Body::none) << line;
  }
  EXPECT_EQ(accepted(head_text("Content-Length: 5\r\n"), "HEAD").body, Body::none);
  EXPECT_EQ(accepted(head_text("Content-Length: 5\r\n", "HTTP/1.1 304 -")).body, Body::none);
}

TEST(Framing, ReadsWithoutLengthUntilTheClose) {
  const AnswerHead head = accepted(head_text("Connection: keep-alive\r\n"));
  EXPECT_EQ(head.body, Body::until_close);
  EXPECT_FALSE(head.keep_alive);
}

TEST(Framing, KnowsWhetherTheConnectionIsKept) {
  const std::string sized = "Content-Length: 0\r\n";
  EXPECT_FALSE(accepted(head_text(sized + "Connection: Close\r\n")).keep_alive);
  EXPECT_FALSE(accepted(head_text(sized + "Connection: x, close\r\n")).keep_alive);
  EXPECT_FALSE(accepted(head_text(sized, "HTTP/1.0 200 OK")).keep_alive);
  EXPECT_TRUE(
      accepted(head_text(sized + "Connection: keep-alive\r\n", "HTTP/1.0 200 OK")).keep_alive);
}

TEST(Framing, ReadsChunkSizes) {
  EXPECT_EQ(std::get<0>(parse_chunk_size("1aF\r\n")), 0x1afu);
  EXPECT_EQ(std::get<0>(parse_chunk_size("5;name=value\r\n")), 5u);
  EXPECT_EQ(std::get<0>(parse_chunk_size("0\r\n")), 0u);
  for (const char* line : {"\r\n", "x\r\n", "-5\r\n", "5x\r\n", "0x5\r\n", "5\n", "5",
                           "10000000000000000\r\n", ";\r\n"}) {
    EXPECT_TRUE(std::holds_alternative<std::string>(parse_chunk_size(line))) << line;
  }
}

TEST(Framing, WritesExactlyTheRequest) {
  const WireRequest request{"GET", "/?a=%20b", {{"Host", "h:1"}, {"X-B", "c"}}, ""};
  EXPECT_EQ(wire_bytes(request, request.target),
            "GET /?a=%20b HTTP/1.1\r\nHost: h:1\r\nX-B: c\r\n\r\n");
}

TEST(Framing, AddsTheLengthOfABody) {
  const WireRequest request{"POST", "/", {{"Host", "h"}}, "abc"};
  EXPECT_EQ(wire_bytes(request, "/"), "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc");
  const WireRequest empty{"POST", "/", {{"content-length", "0"}}, ""};
  EXPECT_EQ(wire_bytes(empty, "/"), "POST / HTTP/1.1\r\ncontent-length: 0\r\n\r\n");
}

TEST(Framing, NamesTheHeaderThatBreaksTheLine) {
  EXPECT_EQ(unwritable({"GET", "/", {{"A", "b"}, {"C", "d\nE: f"}}, ""}), "C");
  EXPECT_EQ(unwritable({"GET", "/", {{"A", std::string("\0", 1)}}, ""}), "A");
  EXPECT_EQ(unwritable({"GET", "/", {{"A", "b"}}, ""}), "");
}

}  // namespace
}  // namespace flowlog
