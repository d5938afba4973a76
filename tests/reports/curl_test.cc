#include "reports/curl.h"

#include <gtest/gtest.h>

#include "sample.h"
#include "scratch.h"

namespace flowlog {
namespace {

Evidence get(std::string target) {
  Evidence e;
  e.method = "GET";
  e.target = std::move(target);
  return e;
}

TEST(Curl, NamesTheEndpointAndTheTargetAsSent) {
  EXPECT_EQ(curl(get("/base/?A=%2B"), "https://h.example:8443/base"),
            "curl -g -sS -i --path-as-is 'https://h.example:8443/base/?A=%2B'");
}

TEST(Curl, SaysTheMethodUnlessItIsGet) {
  Evidence e = get("/");
  e.method = "POST";
  EXPECT_EQ(curl(e, "http://h"), "curl -g -sS -i --path-as-is -X 'POST' 'http://h/'");
}

TEST(Curl, HoldsPlaceholdersForCredentials) {
  Evidence e = get("/?X-Signature=5ec2e7&X-Security-Token=5ec2e7&A=1");
  e.request_headers = {{"authorization", "HMAC-SHA256 Credential=AKLT5ec2e7"},
                       {"X-Security-Token", "5ec2e7"},
                       {"X-Date", "20260102T030405Z"}};
  const std::string line = curl(e, "http://h");
  EXPECT_EQ(line.find("5ec2e7"), std::string::npos) << line;
  EXPECT_NE(line.find("Signature=<SIGNATURE>"), std::string::npos) << line;
  EXPECT_NE(line.find("X-Signature=<SECRET>&X-Security-Token=<SECRET>&A=1"), std::string::npos);
  EXPECT_NE(line.find("'X-Security-Token: <SESSION_TOKEN>'"), std::string::npos);
}

TEST(Curl, AddsNoAuthorizationWhereNoneWasSent) {
  Evidence e = get("/");
  e.request_headers = {{"X-Date", "20260102T030405Z"}, {"Host", "h"}, {"X-Empty", ""}};
  EXPECT_EQ(curl(e, "http://h"),
            "curl -g -sS -i --path-as-is 'http://h/' -H 'X-Date: 20260102T030405Z' -H 'X-Empty;'");
}

TEST(Curl, SendsTheBodyOfAPost) {
  Evidence e = get("/?Action=A");
  e.method = "POST";
  e.request_body = "FlowLogName=it's";
  EXPECT_EQ(
      curl(e, "http://h"),
      R"(curl -g -sS -i --path-as-is -X 'POST' 'http://h/?Action=A' --data-raw 'FlowLogName=it'\''s')");
}

TEST(Curl, QuotesSoThatNothingIsExpanded) {
  EXPECT_EQ(shell_quote("it's $HOME `id` \\"), R"('it'\''s $HOME `id` \')");
  EXPECT_EQ(shell_quote("a\nb\xFF'"), R"($'a\x0Ab\xFF\'')");
  EXPECT_EQ(shell_quote(""), "''");
}

TEST(Curl, AShellReadsEveryWordBack) {
  std::string all;
  for (int byte = 1; byte < 256; ++byte) all.push_back(static_cast<char>(byte));
  std::string hostile = hostile_text();
  std::erase(hostile, '\0');  // no argument can hold it
  for (const std::string& word :
       {all, hostile, std::string("'"), std::string("-n $(id) \"x\" ~")}) {
    const Scratch scratch;
    const std::string script =
        scratch.put("words.sh", "printf '%s' " + shell_quote(word) + " > " + scratch.path("out"));
    EXPECT_EQ(run("bash " + script), "");
    EXPECT_EQ(run("cat " + scratch.path("out")), word);
  }
}

}  // namespace
}  // namespace flowlog
