#include "client/answer_head.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace flowlog {
namespace {

using testing::HasSubstr;

std::string fault(const Headers& headers, int status = 200) {
  return read_head(status, headers).fault;
}

TEST(AnswerHead, ReadsStatusHeadersAndLength) {
  const AnswerHead head = read_head(200, {{"X-A", "b"}, {"content-length", "12"}});
  EXPECT_EQ(head.fault, "");
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.headers, (Headers{{"X-A", "b"}, {"content-length", "12"}}));
  EXPECT_EQ(head.length, 12u);
  EXPECT_FALSE(head.chunked);
  EXPECT_TRUE(head.keep_alive);
}

TEST(AnswerHead, RefusesLengthsThatAreNone) {
  for (const char* value :
       {"-1", "x", "", "1x", "+1", "0x10", "1 2", "1,1", "1.0", "99999999999999999999999"}) {
    EXPECT_THAT(fault({{"Content-Length", value}}), HasSubstr("no length")) << value;
  }
}

TEST(AnswerHead, RefusesALengthGivenTwice) {
  EXPECT_THAT(fault({{"Content-Length", "5"}, {"content-length", "5"}}), HasSubstr("2 times"));
  EXPECT_THAT(fault({{"Content-Length", "5"}, {"Content-Length", "6"}}), HasSubstr("2 times"));
}

TEST(AnswerHead, RefusesALengthBesideChunks) {
  EXPECT_THAT(fault({{"Content-Length", "5"}, {"Transfer-Encoding", "chunked"}}),
              HasSubstr("both"));
}

TEST(AnswerHead, RefusesCodingsOtherThanChunked) {
  EXPECT_TRUE(read_head(200, {{"Transfer-Encoding", "Chunked"}}).chunked);
  EXPECT_THAT(fault({{"Transfer-Encoding", "gzip, chunked"}}), HasSubstr("gzip"));
  EXPECT_THAT(fault({{"Transfer-Encoding", "identity"}}), HasSubstr("identity"));
  EXPECT_THAT(fault({{"Transfer-Encoding", "chunked"}, {"Transfer-Encoding", "chunked"}}),
              HasSubstr("not supported"));
}

TEST(AnswerHead, KnowsAnswersThatHaveNoBody) {
  for (const int status : {204, 304}) {
    const AnswerHead head = read_head(status, {{"Content-Length", "5"}});
    EXPECT_TRUE(head.no_body) << status;
    EXPECT_EQ(head.length, std::nullopt) << status;
    EXPECT_EQ(head.fault, "") << status;
  }
}

TEST(AnswerHead, RefusesInterimAnswers) {
  EXPECT_THAT(fault({}, 101), HasSubstr("101"));
  EXPECT_THAT(fault({}, 103), HasSubstr("interim answer (103)"));
}

TEST(AnswerHead, KnowsWhetherTheConnectionIsKept) {
  const auto kept = [](const char* connection) {
    return read_head(200, {{"Content-Length", "0"}, {"Connection", connection}}).keep_alive;
  };
  EXPECT_TRUE(kept("keep-alive"));
  EXPECT_FALSE(kept("Close"));
  EXPECT_FALSE(kept("x, close"));
  EXPECT_FALSE(read_head(200, {{"Connection", "keep-alive"}}).keep_alive) << "without a length";
  EXPECT_TRUE(read_head(200, {{"Transfer-Encoding", "chunked"}}).keep_alive);
}

}  // namespace
}  // namespace flowlog
