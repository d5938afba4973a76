// What a report recorded, sent again; and a failure, repeated by its command.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <nlohmann/json.hpp>
#include <thread>

#include "mock/mock.h"
#include "process.h"
#include "specs/load.h"

namespace flowlog::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* kCheck = "param.FlowLogName.length/over-max";
constexpr const char* kLie = "length.FlowLogName.cut-silently";

std::vector<std::string> with(std::vector<std::string> arguments, const std::string& deviation) {
  if (!deviation.empty()) arguments.insert(arguments.end(), {"--deviation", deviation});
  return arguments;
}

class Replay : public testing::Test {
 protected:
  void SetUp() override {
    const ProcessResult run =
        run_program(folder, with({"run", "--only", kCheck, "--seed", "7", "--out", "r"}, kLie));
    ASSERT_EQ(run.status, 1) << run.all();
  }
  ProcessResult replay(const std::string& file, const std::string& deviation) {
    return run_program(folder, with({"replay", file}, deviation));
  }
  const Folder folder;
};

TEST_F(Replay, SaysSameWhereTheAnswerIsAsItWas) {
  const ProcessResult outcome = replay("r/report.json", kLie);
  EXPECT_THAT(outcome.out, HasSubstr(std::string("same: ") + kCheck));
  EXPECT_EQ(outcome.status, 1);
}

TEST_F(Replay, SaysFixedWhereTheAnswerIsAsDocumented) {
  const ProcessResult outcome = replay("r/report.json", "");
  EXPECT_THAT(outcome.out, HasSubstr(std::string("fixed: ") + kCheck));
  EXPECT_EQ(outcome.status, 0) << outcome.all();
}

TEST_F(Replay, SaysDifferentWhereItDeviatesInAnotherWay) {
  const ProcessResult outcome = replay("r/report.json", "row.every-error-is-500");
  EXPECT_THAT(outcome.out, HasSubstr(std::string("different: ") + kCheck));
  EXPECT_EQ(outcome.status, 1) << outcome.all();
}

TEST_F(Replay, SaysNothingWhereNoValidRequestIsAccepted) {
  const ProcessResult outcome = replay("r/report.json", "status.success-is-500");
  EXPECT_THAT(outcome.out, HasSubstr(std::string("no verdict: ") + kCheck));
  EXPECT_EQ(outcome.status, 3) << outcome.all();
}

TEST_F(Replay, ReadsEventsAsWell) {
  EXPECT_EQ(replay("r/events.ndjson", kLie).status, 1);
}

TEST_F(Replay, SendsOnlyWhatDeviatedUnlessAskedForMore) {
  const ProcessResult outcome = replay("r/report.json", "");
  EXPECT_THAT(outcome.out, Not(HasSubstr("request.smallest/accepted")));
}

TEST_F(Replay, RefusesAFileWithNothingToSend) {
  const ProcessResult none =
      run_program(folder, {"replay", "r/report.json", "--only", "no.such/check"});
  EXPECT_EQ(none.status, 2);
  EXPECT_THAT(none.err, HasSubstr("no.such/check"));
  EXPECT_EQ(replay("no-such-file.json", "").status, 2);
  ASSERT_EQ(run_program(folder, {"run", "--only", kCheck, "--out", "good"}).status, 0);
  EXPECT_EQ(replay("good/report.json", "").status, 2);
}

// The smallest request of the check in a report, but for the resource it was given.
nlohmann::json smallest(const Folder& folder, const std::string& out) {
  const auto report = nlohmann::json::parse(read_whole(folder.path() + "/" + out + "/report.json"));
  for (const auto& check : report.at("checks")) {
    if (check.at("id") != kCheck) continue;
    nlohmann::json request = check.at("example").at("request").at("params");
    for (auto& pair : request) {
      if (pair.dump().find("ResourceId") != std::string::npos) pair = nullptr;
    }
    return request;
  }
  return nullptr;
}

TEST(Repeat, AFailureComesAgainOverTheLeftoversOfTheFirstTry) {
  mock::Options options;
  options.deviations = {kLie};
  options.creating = std::chrono::milliseconds(50);
  mock::Mock mock(built_in_service(), options);
  const Folder folder;
  const std::string file = folder.write("profile.json", mock.profile().dump());
  const auto again = [&](const std::string& out) {
    return run_program(folder, {"run", "--profile", file, "--only", kCheck, "--seed", "7", "--out",
                                out, "--no-history"});
  };
  ASSERT_EQ(again("first").status, 1);
  for (int i = 0; i < 20 && mock.stats().standing == 0; ++i) {
    Process run(folder, {"run", "--profile", file, "--only", "lifecycle.*,param.FlowLogName.*",
                         "--seed", "7", "--no-history"});
    for (int j = 0; j < 200 && mock.stats().standing == 0; ++j) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    run.signal(SIGKILL);
    run.wait();
  }
  ASSERT_GT(mock.stats().standing, 0) << "nothing was left behind";
  const ProcessResult second = again("second");
  EXPECT_EQ(second.status, 1) << second.all();
  ASSERT_FALSE(smallest(folder, "first").is_null());
  EXPECT_EQ(smallest(folder, "second"), smallest(folder, "first"));
}

}  // namespace
}  // namespace flowlog::cli
