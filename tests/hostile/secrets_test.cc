// Keys, tokens and signatures stand in nothing that the program leaves behind.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <nlohmann/json.hpp>
#include <thread>

#include "tests/hostile/process.h"
#include "tests/support/raw_server.h"

namespace flowlog {
namespace {

using test::Ended;
using test::Folder;
using test::ok;
using test::Process;
using test::RawServer;
using test::read_file;
using test::run_program;
using test::Script;
using testing::HasSubstr;
using testing::Not;

const std::string kAccessKey = "AKLTNEVERSHOWTHISKEY01";
const std::string kSecretKey = "SECRETkeyNEVERshown0123456789";
const std::string kToken = "TOKENofTHEsessionNEVERshown42";

const std::string kNothingStands =
    R"({"ResponseMetadata":{"RequestId":"1"},"Result":{"FlowLogs":[],"TotalCount":0,)"
    R"("PageNumber":1,"PageSize":10,"RequestId":"1","NextToken":""}})";

class Secrets : public testing::Test {
 protected:
  std::string profile(unsigned mode = 0600) const {
    const nlohmann::json text = {
        {"name", "secret"},
        {"endpoint", server_.url()},
        {"may_create", true},
        {"accounts",
         {{"default",
           {{"access_key", kAccessKey}, {"secret_key", kSecretKey}, {"session_token", kToken}}}}},
        {"resources", {{"vpc", {"vpc-1", "vpc-2"}}, {"subnet", {"subnet-1"}}, {"eni", {"eni-1"}}}}};
    return folder_.write("profile.json", text.dump(), mode);
  }

  Ended run(const std::string& profile) const {
    return run_program(folder_, {"run",
                                 "--profile",
                                 profile,
                                 "--only",
                                 "request.*",
                                 "--only",
                                 "auth*",
                                 "--only",
                                 "answer*",
                                 "--cases",
                                 "1",
                                 "--seed",
                                 "1",
                                 "--state",
                                 folder_.path("state"),
                                 "--out",
                                 folder_.path("out"),
                                 "--timeout",
                                 "5",
                                 "--max-shrinks",
                                 "1"});
  }

  const RawServer honest_{Script().read().send(ok(kNothingStands, "Connection: close\r\n"))};
  const RawServer server_{
      Script().relay_unless("Action=CreateFlowLog&", honest_.port()).echo().repeat()};
  const Folder folder_;
};

std::vector<std::string> signatures(const RawServer& server) {
  std::vector<std::string> found;
  for (const std::string& request : server.requests()) {
    for (const std::string& mark : std::vector<std::string>{"Signature=", "X-Signature="}) {
      const auto at = request.find(mark);
      if (at == std::string::npos) continue;
      const std::string hex = request.substr(at + mark.size(), 64);
      if (hex.find_first_not_of("0123456789abcdef") == std::string::npos) found.push_back(hex);
    }
  }
  return found;
}

TEST_F(Secrets, StandInNoOutputOfAFailingRunThatIsGivenThemBack) {
  const std::string file = profile();
  const Ended ended = run(file);
  EXPECT_EQ(ended.status, 1) << ended.out << ended.err;
  const auto written = signatures(server_);
  ASSERT_GT(written.size(), 3u);

  auto files = folder_.files();
  files.erase("profile.json");
  for (const char* name : {"out/junit.xml", "out/report.json", "out/report.html", "out/summary.md",
                           "out/exchanges.har", "out/events.ndjson", "stdout", "stderr"}) {
    EXPECT_TRUE(files.contains(name)) << name;
  }
  // The journal and the history as well.
  EXPECT_GE(files.size(), 10u);
  for (const auto& [name, text] : files) {
    for (const std::string& secret : {kAccessKey, kSecretKey, kToken}) {
      EXPECT_EQ(text.find(secret), std::string::npos) << name << " holds " << secret;
    }
    for (const std::string& signature : written) {
      EXPECT_EQ(text.find(signature), std::string::npos) << name << " holds a signature";
    }
  }
  EXPECT_THAT(files["out/report.json"], HasSubstr("Authorization"));
}

TEST_F(Secrets, AProfileThatOthersCanReadIsWarnedOf) {
  const Ended ended = run(profile(0644));
  EXPECT_THAT(ended.out, HasSubstr("profile.json"));
  EXPECT_THAT(ended.out, HasSubstr("read"));
  EXPECT_THAT(ended.out, HasSubstr("chmod 600"));
  EXPECT_THAT(run(profile(0600)).out, Not(HasSubstr("chmod 600")));
}

TEST_F(Secrets, ATrailingNewlineInAKeyIsNamedAsSuch) {
  const Ended ended = run_program(
      folder_, {"run", "--endpoint", server_.url()},
      {{"VOLCENGINE_ACCESS_KEY", kAccessKey}, {"VOLCENGINE_SECRET_KEY", kSecretKey + "\n"}});
  EXPECT_EQ(ended.status, 2);
  EXPECT_THAT(ended.err, HasSubstr("VOLCENGINE_SECRET_KEY"));
  EXPECT_THAT(ended.err, HasSubstr("newline"));
  EXPECT_THAT(ended.err, Not(HasSubstr(kSecretKey)));
}

TEST_F(Secrets, StandNotInTheListOfProcesses) {
  const RawServer slow(Script().read().hold());
  Process process(
      folder_,
      {"run", "--endpoint", slow.url(), "--timeout", "60", "--state", folder_.path("state")},
      {{"VOLCENGINE_ACCESS_KEY", kAccessKey}, {"VOLCENGINE_SECRET_KEY", kSecretKey}});
  while (slow.requests().empty()) std::this_thread::sleep_for(std::chrono::milliseconds(20));
  const std::string shown = read_file("/proc/" + std::to_string(process.pid()) + "/cmdline");
  EXPECT_THAT(shown, HasSubstr("--endpoint"));
  EXPECT_THAT(shown, Not(HasSubstr(kSecretKey)));
  EXPECT_THAT(shown, Not(HasSubstr(kAccessKey)));
}

}  // namespace
}  // namespace flowlog
