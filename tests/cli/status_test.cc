// Exit statuses: each class of ending, with its one sentence and its reports.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <thread>

#include "process.h"

namespace flowlog::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* kSecret = "S3cretThatNobodyMaySee";
constexpr const char* kClosedPort = "http://127.0.0.1:1";

// One sentence of the program, beside the hint where help is found.
void expect_one_sentence(const Outcome& outcome) {
  EXPECT_THAT(outcome.err, testing::StartsWith("flowlog-conformance: "));
  std::string rest = outcome.err;
  const std::string hint = "Try 'flowlog-conformance --help'.\n";
  if (rest.ends_with(hint)) rest.resize(rest.size() - hint.size());
  EXPECT_EQ(std::count(rest.begin(), rest.end(), '\n'), 1) << outcome.err;
}

void expect_usage_error(const Outcome& outcome, const std::string& part) {
  EXPECT_EQ(outcome.status, 2) << outcome.all();
  expect_one_sentence(outcome);
  EXPECT_THAT(outcome.err, HasSubstr(part));
  EXPECT_THAT(outcome.all(), Not(HasSubstr(kSecret)));
}

nlohmann::json report_in(const Folder& folder) {
  return nlohmann::json::parse(read_whole(folder.file("conformance-report/report.json")));
}

std::string keys(const std::string& endpoint) {
  return nlohmann::json{
      {"endpoint", endpoint},
      {"accounts", {{"default", {{"access_key", "AKOFNOBODY"}, {"secret_key", kSecret}}}}}}
      .dump();
}

TEST(Status, IsZeroWhereEverythingConforms) {
  const Folder folder;
  const Outcome outcome = run_program(folder, {"run", "--only", "param.TrafficType.*"});
  EXPECT_EQ(outcome.status, 0) << outcome.all();
  EXPECT_TRUE(report_in(folder)["complete"]);
  for (const char* name : {"junit.xml", "report.html", "summary.md", "events.ndjson"}) {
    EXPECT_NE(read_whole(folder.file(std::string("conformance-report/") + name)), "") << name;
  }
}

TEST(Status, IsOneWhereAnEndpointDeviates) {
  const Folder folder;
  MockProcess mock(folder, {"--deviation", "length.FlowLogName.cut-silently"});
  const Outcome outcome = run_program(
      folder, {"run", "--profile", mock.profile(), "--only", "param.FlowLogName.length/over-max"});
  EXPECT_EQ(outcome.status, 1) << outcome.all();
  EXPECT_THAT(outcome.out, HasSubstr("--only 'param.FlowLogName.length/over-max' --seed"));
  EXPECT_EQ(report_in(folder)["totals"]["deviating"], 1);
  EXPECT_TRUE(report_in(folder)["leftover"].empty());
}

TEST(Status, IsTwoForAnUnknownOptionWithTheNearestNamed) {
  const Folder folder;
  expect_usage_error(run_program(folder, {"run", "--onyl", "x"}), "did you mean '--only'");
  expect_usage_error(run_program(folder, {"run", "--zzzzzzzz"}), "'--zzzzzzzz'");
  expect_usage_error(run_program(folder, {"rnu"}), "did you mean 'run'");
  expect_usage_error(run_program(folder, {}), "command");
}

TEST(Status, IsTwoForAProfileThatIsMalformedWithItsPointer) {
  const Folder folder;
  const std::string profile =
      folder.write("p.json", R"({"endpoint": "http://127.0.0.1:1", "limits": {"concurency": 3}})");
  expect_usage_error(run_program(folder, {"run", "--profile", profile}), "/limits/concurency");
  const std::string broken = folder.write("b.json", R"({"endpoint")");
  expect_usage_error(run_program(folder, {"run", "--profile", broken}), "line ");
  expect_usage_error(run_program(folder, {"run", "--profile", folder.file("none.json")}),
                     "none.json");
}

TEST(Status, IsTwoForAKeyThatIsNoText) {
  const Folder folder;
  const std::string profile = folder.write(
      "p.json", std::string(R"({"endpoint": "http://127.0.0.1:1", "accounts": {"default": )") +
                    R"({"access_key": "AK", "secret_key": [")" + kSecret + R"("]}}})");
  expect_usage_error(run_program(folder, {"run", "--profile", profile}),
                     "/accounts/default/secret_key");
}

TEST(Status, IsTwoForAnEnvironmentVariableThatIsNotSet) {
  const Folder folder;
  const std::string profile =
      folder.write("p.json", R"({"endpoint": "http://127.0.0.1:1", "accounts": {"default":
                    {"access_key_env": "FLOWLOG_NO_SUCH", "secret_key_env": "FLOWLOG_SECRET"}}})");
  expect_usage_error(run_program(folder, {"run", "--profile", profile},
                                 {std::string("FLOWLOG_SECRET=") + kSecret}),
                     "FLOWLOG_NO_SUCH");
}

TEST(Status, IsTwoForASelectionThatMatchesNothing) {
  const Folder folder;
  expect_usage_error(run_program(folder, {"run", "--only", "nope*"}), "nope*");
  expect_usage_error(run_program(folder, {"list", "--only", "nope*"}), "nope*");
}

TEST(Status, IsTwoForAContractThatIsBroken) {
  const Folder folder;
  const std::string contract = folder.write("c.json", R"({"action": "CreateFlowLog"})");
  expect_usage_error(run_program(folder, {"run", "--contract", contract}), "c.json");
}

TEST(Status, IsThreeWhereNobodyListens) {
  const Folder folder;
  const std::string profile = folder.write("p.json", keys(kClosedPort));
  const Outcome outcome = run_program(folder, {"run", "--profile", profile});
  EXPECT_EQ(outcome.status, 3) << outcome.all();
  EXPECT_THAT(outcome.all(), HasSubstr(std::string("No answer from ") + kClosedPort));
  EXPECT_THAT(outcome.all(), Not(HasSubstr(kSecret)));
  const std::string junit = read_whole(folder.file("conformance-report/junit.xml"));
  EXPECT_THAT(junit, HasSubstr("<error"));
  EXPECT_THAT(junit, Not(HasSubstr(kSecret)));
}

TEST(Status, IsThreeWhereTheCredentialsAreRefused) {
  const Folder folder;
  MockProcess mock(folder);
  const std::string profile = folder.write("p.json", keys(mock.url()));
  const Outcome outcome = run_program(folder, {"run", "--profile", profile});
  EXPECT_EQ(outcome.status, 3) << outcome.all();
  EXPECT_THAT(outcome.all(), HasSubstr("access key is not known there"));
  EXPECT_THAT(outcome.all(), Not(HasSubstr(kSecret)));
  EXPECT_EQ(report_in(folder)["created"], 0);
}

// Deletions that do nothing leave a flow log behind; to another machine it is a stranger's.
TEST(Status, IsFourWhereSomethingIsLeftBehindAndThreeWhereItIsAStrangers) {
  const Folder folder;
  MockProcess mock(folder, {"--deviation", "life.delete-does-nothing"});
  const std::vector<std::string> arguments{"run", "--profile", mock.profile(), "--only",
                                           "request.smallest/accepted"};
  const Outcome left = run_program(folder, arguments);
  EXPECT_EQ(left.status, 4) << left.all();
  EXPECT_FALSE(report_in(folder)["leftover"].empty());

  std::vector<std::string> elsewhere = arguments;
  elsewhere.insert(elsewhere.end(), {"--state", folder.file("another-machine")});
  const Outcome stranger = run_program(folder, elsewhere);
  EXPECT_EQ(stranger.status, 3) << stranger.all();
  EXPECT_THAT(stranger.all(), HasSubstr("journal does not know"));
}

TEST(Status, Is130AfterAnInterruptAndTheReportsAreThere) {
  const Folder folder;
  MockProcess mock(folder);
  Process process(folder, {"run", "--profile", mock.profile(), "--rps", "60"});
  ASSERT_TRUE(process.says("at once"));
  ASSERT_TRUE(process.says("seed"));
  std::this_thread::sleep_for(std::chrono::milliseconds(1500));
  process.signal(SIGINT);
  const Outcome outcome = process.wait();
  EXPECT_EQ(outcome.status, 130) << outcome.all();
  EXPECT_FALSE(report_in(folder)["complete"]);
  EXPECT_TRUE(report_in(folder)["leftover"].empty());
  EXPECT_THAT(read_whole(folder.file("conformance-report/junit.xml")), HasSubstr("</testsuites>"));
  EXPECT_THAT(mock.stop().out, HasSubstr(" 0 still there"));
}

}  // namespace
}  // namespace flowlog::cli
