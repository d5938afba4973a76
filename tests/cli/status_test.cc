// Exit statuses: each class of ending, with its one sentence and its reports.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "process.h"
#include "report_in.h"
#include "tests/support/raw_server.h"

namespace flowlog::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* kSecret = "S3cretThatNobodyMaySee";
constexpr const char* kClosedPort = "http://127.0.0.1:1";

// One sentence of the program, beside the hint where help is found.
void expect_one_sentence(const ProcessResult& outcome) {
  EXPECT_THAT(outcome.err, testing::StartsWith("flowlog-conformance: "));
  std::string rest = outcome.err;
  const std::size_t hint = rest.find("Try 'flowlog-conformance");
  if (hint != std::string::npos && rest.ends_with(" --help'.\n")) rest.resize(hint);
  EXPECT_EQ(std::count(rest.begin(), rest.end(), '\n'), 1) << outcome.err;
}

nlohmann::json built_in_contract() {
  return nlohmann::json::parse(
      read_whole(FLOWLOG_SOURCE_DIR "/specs/volcengine/vpc/2020-04-01/CreateFlowLog.json"));
}

nlohmann::json& parameter(nlohmann::json& contract, const std::string& name) {
  for (nlohmann::json& one : contract["parameters"]) {
    if (one["name"] == name) return one;
  }
  throw std::out_of_range(name);
}

void expect_usage_error(const ProcessResult& outcome, const std::string& part) {
  EXPECT_EQ(outcome.status, 2) << outcome.all();
  expect_one_sentence(outcome);
  EXPECT_THAT(outcome.err, HasSubstr(part));
  EXPECT_THAT(outcome.all(), Not(HasSubstr(kSecret)));
}

std::string keys(const std::string& endpoint) {
  return nlohmann::json{
      {"endpoint", endpoint},
      {"accounts", {{"default", {{"access_key", "AKOFNOBODY"}, {"secret_key", kSecret}}}}}}
      .dump();
}

TEST(Status, IsZeroWhereEverythingConforms) {
  const Folder folder;
  const ProcessResult outcome = run_program(folder, {"run", "--only", "param.TrafficType.*"});
  EXPECT_EQ(outcome.status, 0) << outcome.all();
  EXPECT_TRUE(report_in(folder)["complete"]);
  for (const char* name : {"junit.xml", "report.html", "summary.md", "events.ndjson"}) {
    EXPECT_NE(read_whole(folder.file(std::string("conformance-report/") + name)), "") << name;
  }
}

TEST(Status, IsOneWhereAnEndpointDeviates) {
  const Folder folder;
  MockProcess mock(folder, {"--deviation", "length.FlowLogName.cut-silently"});
  const ProcessResult outcome = run_program(
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

TEST(Status, IsTwoForAnActionThatTheServiceHasNot) {
  const Folder folder;
  expect_usage_error(run_program(folder, {"run", "--action", "DropFlowLog"}), "DeleteFlowLog");
  expect_usage_error(run_program(folder, {"list", "--action", "all,DropFlowLog"}), "DropFlowLog");
}

TEST(Status, IsTwoForAContractThatIsBroken) {
  const Folder folder;
  const std::string contract = folder.write("c.json", R"({"action": "CreateFlowLog"})");
  expect_usage_error(run_program(folder, {"run", "--contract", contract}), "c.json");
}

// A limit whose ends are crossed, in the built-in contract.
TEST(Status, IsTwoForAContractThatContradictsItself) {
  const Folder folder;
  nlohmann::json contract = built_in_contract();
  for (nlohmann::json& rule : parameter(contract, "FlowLogName")["rules"]) {
    if (rule["kind"] != "length") continue;
    rule["min"] = 128;
    rule["max"] = 1;
  }
  const std::string file = folder.write("c.json", contract.dump());
  expect_usage_error(run_program(folder, {"run", "--contract", file}), "/rules/1/min");
  EXPECT_FALSE(std::filesystem::exists(folder.file("conformance-report")));
}

TEST(Status, IsThreeWhereSomethingElseListens) {
  const Folder folder;
  const std::string page = "<!DOCTYPE html><html><body>Welcome</body></html>";
  test::Script script;
  script.read()
      .send("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: " +
            std::to_string(page.size()) + "\r\n\r\n" + page)
      .repeat();
  const test::RawServer server({script});
  const std::string profile = folder.write("p.json", keys(server.url()));
  const ProcessResult outcome = run_program(folder, {"run", "--profile", profile});
  EXPECT_EQ(outcome.status, 3) << outcome.all();
  EXPECT_THAT(outcome.out, HasSubstr("is no endpoint of this API"));
  EXPECT_THAT(outcome.out, HasSubstr("HTML page"));
  EXPECT_EQ(report_in(folder)["created"], 0);
}

// Two runs on one resource would take each other's flow logs for the endpoint's faults.
TEST(Status, IsThreeWhereAnotherRunUsesTheResources) {
  const Folder folder;
  MockProcess mock(folder);
  Process first(folder, {"run", "--profile", mock.profile(), "--rps", "20", "--out", "first"});
  ASSERT_TRUE(first.says("at once"));
  ASSERT_TRUE(first.says("["));  // its checks are under way
  const ProcessResult second =
      run_program(folder, {"run", "--profile", mock.profile(), "--out", "second"});
  EXPECT_EQ(second.status, 3) << second.all();
  EXPECT_THAT(second.out, HasSubstr("Another run on this machine is using "));
  first.signal(SIGTERM);
  EXPECT_EQ(first.wait().status, 130);
  EXPECT_THAT(mock.stop().out, HasSubstr(" 0 still there"));
}

// What an earlier run sent, tokens of one letter among it, is no reason to accuse the endpoint.
TEST(Status, IsZeroAgainWhateverAnEarlierRunSent) {
  const Folder folder;
  MockProcess mock(folder);
  for (const char* seed : {"1", "2", "3"}) {
    const ProcessResult outcome =
        run_program(folder, {"run", "--profile", mock.profile(), "--seed", seed, "--only",
                             "param.ClientToken.*,idempotency.*,lifecycle.stored/*,request.*"});
    EXPECT_EQ(outcome.status, 0) << outcome.all();
  }
}

TEST(MayCreate, WithoutLeaveNothingIsCreatedAndTheChecksSaySo) {
  const Folder folder;
  MockProcess mock(folder);
  nlohmann::json profile = nlohmann::json::parse(read_whole(mock.profile()));
  profile["may_create"] = false;
  const ProcessResult outcome =
      run_program(folder, {"run", "--profile", folder.write("p.json", profile.dump())});
  EXPECT_EQ(report_in(folder)["created"], 0);
  EXPECT_GT(report_in(folder)["totals"]["skipped"], 0);
  EXPECT_THAT(outcome.out, HasSubstr("may_create"));
  EXPECT_THAT(mock.stop().out, HasSubstr(" 0 flow logs created"));
}

TEST(MayCreate, IsFalseForAnEndpointElsewhereUntilItIsSet) {
  const Folder folder;
  nlohmann::json profile = nlohmann::json::parse(keys("https://vpc.example.invalid"));
  profile["resources"] = {{"vpc", {"vpc-1", "vpc-2"}}};
  const auto planned = [&] {
    const std::string file = folder.write("p.json", profile.dump());
    const ProcessResult outcome = run_program(folder, {"run", "--profile", file, "--plan"});
    EXPECT_EQ(outcome.status, 0) << outcome.all();
    return outcome.out;
  };
  // The plan shows what it would be with leave, and says that there is none.
  EXPECT_THAT(planned(), HasSubstr("may_create false: a run would create nothing"));
  profile["may_create"] = true;
  EXPECT_THAT(planned(), Not(HasSubstr("may_create false")));
}

TEST(Status, IsThreeWhereNobodyListens) {
  const Folder folder;
  const std::string profile = folder.write("p.json", keys(kClosedPort));
  const ProcessResult outcome = run_program(folder, {"run", "--profile", profile});
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
  const ProcessResult outcome = run_program(folder, {"run", "--profile", profile});
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
  const ProcessResult left = run_program(folder, arguments);
  EXPECT_EQ(left.status, 4) << left.all();
  EXPECT_FALSE(report_in(folder)["leftover"].empty());

  std::vector<std::string> elsewhere = arguments;
  elsewhere.insert(elsewhere.end(), {"--state", folder.file("another-machine")});
  const ProcessResult stranger = run_program(folder, elsewhere);
  EXPECT_EQ(stranger.status, 3) << stranger.all();
  EXPECT_THAT(stranger.all(), HasSubstr("journal does not know"));
}

// A contract that lint passes and that leaves no name to send.
TEST(Status, IsTwoForAContractThatLeavesNoRoom) {
  const Folder folder;
  nlohmann::json contract = built_in_contract();
  for (nlohmann::json& rule : parameter(contract, "FlowLogName")["rules"]) {
    if (rule["kind"] == "first") rule["allowed"] = {"!"};
  }
  const std::string file = folder.write("c.json", contract.dump());
  for (const char* command : {"list", "run"}) {
    expect_usage_error(run_program(folder, {command, "--contract", file}),
                       "FlowLogName leave no value to send");
  }
}

TEST(Status, IsTwoForANumberThatIsNone) {
  const Folder folder;
  const std::vector<std::pair<std::string, std::string>> bad = {
      {"--seed", "-1"},
      {"--seed", "99999999999999999999999"},
      {"--seed", "18446744073709551616"},
      {"--max-requests", "99999999999999999999"},
      {"--max-requests", "0"},
      {"--max-creates", "99999999999999999999"},
      {"--rps", "nan"},
      {"--rps", "inf"},
      {"--time-budget", "nan"},
      {"--timeout", "nan"},
      {"--timeout", "inf"},
      {"--timeout", "1e300"},
      {"--timeout", "0"},
  };
  for (const auto& [option, value] : bad) {
    const ProcessResult outcome = run_program(folder, {"run", "--plan", option, value});
    expect_usage_error(outcome, option + ": '" + value + "' is no ");
  }
}

TEST(Status, IsZeroForTheLargestSeed) {
  const Folder folder;
  const ProcessResult outcome =
      run_program(folder, {"run", "--plan", "--seed", "18446744073709551615", "--timeout", "0.5"});
  EXPECT_EQ(outcome.status, 0) << outcome.all();
}

// Before anything is sent: the mock would tell of flow logs.
TEST(Status, IsTwoWhereNoReportCouldBeWritten) {
  const Folder folder;
  MockProcess mock(folder);
  const std::string file = folder.write("file", "");
  for (const std::string& out : {std::string("/proc/nope"), std::string("/proc"), file}) {
    const ProcessResult outcome = run_program(folder, {"run", "--profile", mock.profile(), "--out",
                                                       out, "--only", "request.smallest/accepted"});
    expect_usage_error(outcome, "--out");
    EXPECT_THAT(outcome.out, Not(HasSubstr("Reports:")));
  }
  EXPECT_THAT(mock.stop().out, HasSubstr(" 0 flow logs created"));
}

TEST(Status, IsThreeWhereAReportIsMissingInTheEnd) {
  const Folder folder;
  std::filesystem::create_directories(folder.file("conformance-report/junit.xml/full"));
  const ProcessResult outcome = run_program(folder, {"run", "--only", "param.TrafficType.*"});
  EXPECT_EQ(outcome.status, 3) << outcome.all();
  EXPECT_THAT(outcome.out, Not(HasSubstr("Reports:")));
  expect_one_sentence(outcome);
  EXPECT_THAT(outcome.err, HasSubstr("junit.xml"));
  EXPECT_TRUE(report_in(folder)["complete"]);
}

}  // namespace
}  // namespace flowlog::cli
