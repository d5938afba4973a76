#include "tests/hostile/ways.h"

namespace flowlog::test {
namespace {

using namespace std::chrono_literals;

const std::string kLine = "HTTP/1.1 200 OK\r\n";
constexpr Verdict kDeviating = Verdict::deviating;
constexpr Verdict kInconclusive = Verdict::inconclusive;

// Says the bytes and closes.
Way says(std::string name, std::string bytes, Verdict verdict, std::string told) {
  return {std::move(name), [bytes = std::move(bytes)](Script script) { return script.send(bytes); },
          verdict, std::move(told)};
}

// Well framed, and no answer of the API.
Way body(std::string name, const std::string& text, std::string told,
         const std::string& headers = "") {
  return says(std::move(name), ok(text, headers), kDeviating, std::move(told));
}

std::string success(const std::string& request_id, const std::string& action) {
  return R"({"ResponseMetadata":{"RequestId":")" + request_id + R"(","Action":")" + action +
         R"(","Version":"2020-04-01","Service":"vpc","Region":"cn-beijing"},"Result":{)"
         R"("RequestId":")" +
         request_id + R"(","FlowLogId":7}})";
}

// An array as long as an answer may be.
std::string many(const std::string& value) {
  std::string text = "[";
  while (text.size() < 2'000'000) text += value;
  return text + "0]";
}

void silence(std::vector<Way>& list) {
  list.push_back({"NeverAnswers", [](Script s) { return s.hold(); }, kInconclusive,
                  "the time for the answer ran out before the answer"});
  list.push_back({"DripsTheHead", [](Script s) { return s.drip(kLine + "X-A: b\r\n", 100ms); },
                  kInconclusive, "the time for the answer ran out"});
  list.push_back(
      {"DripsTheBody",
       [](Script s) {
         return s.send(kLine + "Content-Length: 100\r\n\r\n").drip(std::string(100, 'x'), 100ms);
       },
       kInconclusive, "of 100 bytes"});
  list.push_back(
      {"ResetsBefore", [](Script s) { return s.reset(); }, kInconclusive, "connection was reset"});
  list.push_back({"ResetsInTheHead",
                  [](Script s) { return s.send("HTTP/1.1 200 OK\r\nX-").pause(20ms).reset(); },
                  kInconclusive, "reset within the head"});
  list.push_back(
      {"ResetsInTheBody",
       [](Script s) { return s.send(kLine + "Content-Length: 9\r\n\r\nab").pause(20ms).reset(); },
       kInconclusive, "reset after 2 of 9 bytes"});
  list.push_back({"ResetsAfter", [](Script s) { return s.send(ok("{}")).pause(20ms).reset(); },
                  kDeviating, "JSON without ResponseMetadata"});
  list.push_back({"ClosesUnanswered", [](Script s) { return s; }, kInconclusive,
                  "closed the connection before the answer"});
}

void framing(std::vector<Way>& list) {
  const auto broken = [&](std::string name, const std::string& bytes, std::string told) {
    list.push_back(says(std::move(name), bytes, kInconclusive, std::move(told)));
  };
  broken("NoStatusLine", "garbage\r\n\r\n", "status line");
  broken("StatusOfFiveDigits", "HTTP/1.1 20000 OK\r\n\r\n", "status line");
  broken("StatusInWords", "HTTP/1.1 fine OK\r\n\r\n", "status line");
  broken("LengthTooLong", kLine + "Content-Length: 20\r\n\r\n{}",
         "the body ends after 2 bytes, Content-Length says 20");
  // What follows in the same segment never leaves the HTTP library.
  list.push_back(
      says("LengthTooShort", kLine + "Content-Length: 1\r\n\r\n{}", kDeviating, "not valid JSON"));
  broken("LengthNegative", kLine + "Content-Length: -2\r\n\r\n{}", "Content-Length");
  broken("LengthInWords", kLine + "Content-Length: two\r\n\r\n{}", "Content-Length");
  broken("LengthTwice", kLine + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
         "Content-Length");
  broken("ChunkSizeIsNone", kLine + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
         "chunk");
  broken("ChunkCutShort", kLine + "Transfer-Encoding: chunked\r\n\r\n5\r\n{}", "chunk");
  broken("InterimOnly", "HTTP/1.1 100 Continue\r\n\r\n", "");
  broken("Switches", "HTTP/1.1 101 Switching\r\n\r\n", "101");
}

void endless(std::vector<Way>& list) {
  const auto floods = [&](std::string name, const std::string& start, const std::string& more,
                          std::string told) {
    list.push_back({std::move(name), [=](Script script) { return script.send(start).flood(more); },
                    kInconclusive, std::move(told)});
  };
  list.push_back(says("BodyOfAHundredMegabytes", kLine + "Content-Length: 104857600\r\n\r\n{",
                      kInconclusive, "larger than"));
  floods("EndlessBody", kLine + "\r\n", std::string(65536, ' '), "larger than");
  floods("EndlessChunks", kLine + "Transfer-Encoding: chunked\r\n\r\n",
         "8000\r\n" + std::string(0x8000, ' ') + "\r\n", "larger than");
  const std::string chunked = kLine + "Transfer-Encoding: chunked\r\n\r\n";
  floods("EndlessTrailers", chunked + "2\r\n{}\r\n0\r\n", "X-A: b\r\n", "body");
  floods("EndlessChunkSize", chunked, "11111111", "body");
  floods("EndlessHead", kLine, "X-A: b\r\n", "the head");
  floods("EndlessStatusLine", "HTTP/1.1 200 ", "xxxxxxxx", "the head");
  floods("EndlessContinue", "", "HTTP/1.1 100 -\r\n\r\n", "the head");
  floods("EndlessInterim", "", "HTTP/1.1 102 -\r\n\r\n", "interim answers");
}

void bodies(std::vector<Way>& list) {
  const std::string packed("\x1F\x8B\x08\x00\x00\x00\x00\x00", 8);
  list.push_back(says("NoContent", "HTTP/1.1 204 No Content\r\n\r\n", kDeviating, "empty"));
  list.push_back(says("NotModified", "HTTP/1.1 304 Not\r\n\r\n", kDeviating, "304"));
  list.push_back(says("OldHttp", "HTTP/1.0 200 OK\r\n\r\n<html>", kDeviating, "HTML"));
  list.push_back(body("LongHeader", "{}", "without ResponseMetadata",
                      "X-L: " + std::string(8000, 'v') + "\r\n"));
  list.push_back(says("HeaderBeyondTheLibrary", ok("{}", "X-L: " + std::string(9216, 'v') + "\r\n"),
                      kInconclusive, "longer than 8 KiB"));
  list.push_back(body("Gzip", packed, "gzip", "Content-Encoding: gzip\r\n"));
  list.push_back(body("GzipBomb", packed + std::string(100'000, '\0'), "gzip"));
  list.push_back(
      body("TextLabelledGzip", "{}", "labelled as compressed", "Content-Encoding: gzip\r\n"));
  list.push_back(body("Html", "<!DOCTYPE html><title>502</title>", "HTML page"));
  list.push_back(body("Empty", "", "the body is empty"));
  list.push_back(body("Null", "null", "no object"));
  list.push_back(body("Array", "[]", "no object"));
  list.push_back(body("Text", "\"\"", "no object"));
  list.push_back(body("Truncated", R"({"ResponseMetadata":{"Req)", "not valid JSON"));
  list.push_back(body("ByteOrderMark", "\xEF\xBB\xBF{}", "byte order mark"));
  list.push_back(body("Brackets", std::string(100'000, '['), "nested deeper"));
  list.push_back(body("MillionsOfValues", many("0,"), "more than 20000 values"));
  list.push_back(body("MillionsOfArrays", many("[],"), "more than 20000 values"));
  list.push_back(body("DuplicateMembers", R"({"Result":{"a":1,"a":2}})", "stands twice"));
  list.push_back(body("HugeNumbers",
                      R"({"ResponseMetadata":{"RequestId":"x","CodeN":99999999999999999999999}})",
                      ""));
  list.push_back(body("NoNumber", R"({"a":1e99999})", "JSON"));
  list.push_back(body("InvalidUtf", "{\"a\":\"\xFF\xC0\"}", "UTF-8"));
  list.push_back(body("Nul", std::string("{\"a\":\"\0\"}", 9), "not valid JSON"));
  list.push_back(body("WrongTypes", R"({"ResponseMetadata":[1],"Result":"x","Error":7})", "array"));
  list.push_back(body("ErrorOfWrongTypes",
                      R"({"ResponseMetadata":{"Error":{"Code":[],"Message":{}}}})", "Error.Code"));
  list.push_back(body("FormerAnswer", success("20260102030405", "DescribeFlowLogs"), ""));
}

void redirects(std::vector<Way>& list, const std::string& elsewhere) {
  for (const std::string& status : std::vector<std::string>{"301", "302", "307", "308"}) {
    list.push_back(says("RedirectsWith" + status,
                        "HTTP/1.1 " + status + " Moved\r\nLocation: " + elsewhere +
                            "/?Action=CreateFlowLog\r\nContent-Length: 0\r\n\r\n",
                        kDeviating, "HTTP " + status + " is a redirect, which is never followed"));
  }
}

}  // namespace

std::vector<Way> ways(const std::string& elsewhere) {
  std::vector<Way> list;
  silence(list);
  framing(list);
  endless(list);
  bodies(list);
  redirects(list, elsewhere);
  return list;
}

}  // namespace flowlog::test
