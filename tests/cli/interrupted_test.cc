// Runs that a signal, a blocked console, a limit of the machine, a budget or the endpoint's end
// cuts short.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <thread>

#include "process.h"
#include "report_in.h"

namespace flowlog::cli {
namespace {

using testing::AnyOf;
using testing::HasSubstr;

// As `timeout` does it: the child is signalled, and its group.
TEST(Interrupted, Is130AndTheReportsAreThereWhereTwoSignalsComeAtOnce) {
  const Folder folder;
  MockProcess mock(folder);
  Process process(folder, {"run", "--profile", mock.profile(), "--rps", "60"});
  ASSERT_TRUE(process.says("at once"));
  ASSERT_TRUE(process.says("["));  // its checks are under way
  process.signal(SIGTERM);
  process.signal(SIGINT);
  std::this_thread::sleep_for(std::chrono::milliseconds(200));
  process.signal(SIGTERM);
  const ProcessResult outcome = process.wait();
  EXPECT_EQ(outcome.status, 130) << outcome.all();
  EXPECT_FALSE(report_in(folder)["complete"]);
  EXPECT_THAT(mock.stop().out, HasSubstr(" 0 still there"));
}

TEST(Interrupted, Is130AfterAnInterruptAndTheReportsAreThere) {
  const Folder folder;
  MockProcess mock(folder);
  Process process(folder, {"run", "--profile", mock.profile(), "--rps", "60"});
  ASSERT_TRUE(process.says("at once"));
  ASSERT_TRUE(process.says("seed"));
  std::this_thread::sleep_for(std::chrono::milliseconds(1500));
  process.signal(SIGINT);
  const ProcessResult outcome = process.wait();
  EXPECT_EQ(outcome.status, 130) << outcome.all();
  EXPECT_FALSE(report_in(folder)["complete"]);
  EXPECT_TRUE(report_in(folder)["leftover"].empty());
  EXPECT_THAT(read_whole(folder.file("conformance-report/junit.xml")), HasSubstr("</testsuites>"));
  EXPECT_THAT(mock.stop().out, HasSubstr(" 0 still there"));
}

// One page of what the program says fits into the pipe, and nobody ever reads it.
TEST(Interrupted, Is130WhereTheConsoleBlocks) {
  const Folder folder;
  MockProcess mock(folder);
  const std::string pipe = folder.file("pipe");
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  const int reader = ::open(pipe.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  ASSERT_GE(reader, 0);
  ASSERT_GT(::fcntl(reader, F_SETPIPE_SZ, 4096), 0);
  Process process(folder, {"run", "--profile", mock.profile()}, {}, "exec > '" + pipe + "'");
  const std::string events = folder.file("conformance-report/events.ndjson");
  for (int i = 0; i < 6000; ++i) {
    if (read_whole(events).find("\"event\":\"check\"") != std::string::npos) break;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  std::this_thread::sleep_for(std::chrono::milliseconds(1500));  // the pipe fills up
  process.signal(SIGTERM);
  const ProcessResult outcome = process.wait();
  ::close(reader);
  EXPECT_EQ(outcome.status, 130) << outcome.err;
  EXPECT_FALSE(report_in(folder)["complete"]);
  EXPECT_TRUE(report_in(folder)["leftover"].empty());
  EXPECT_THAT(mock.stop().out, HasSubstr(" 0 still there"));
}

// A gate must not take yesterday's report for that of a run that did not get far.
TEST(Interrupted, AKilledRunLeavesNoReportOfAnEarlierOne) {
  const Folder folder;
  MockProcess mock(folder);
  const std::string junit = folder.file("conformance-report/junit.xml");
  ASSERT_EQ(run_program(folder, {"run", "--profile", mock.profile(), "--only",
                                 "param.TrafficType.values/unknown-word"})
                .status,
            0);
  ASSERT_NE(read_whole(junit), "");
  Process process(folder, {"run", "--profile", mock.profile(), "--rps", "20"});
  ASSERT_TRUE(process.says("at once"));
  process.signal(SIGKILL);
  EXPECT_EQ(process.wait().status, 128 + SIGKILL);
  EXPECT_EQ(read_whole(junit), "");
}

// Descriptors, processes and memory: a sentence, the reports, and the mock left clean.
TEST(Scarce, LimitsEndInAVerdictOrNoneAndTheReportsAreThere) {
  const std::vector<std::pair<std::string, std::string>> scarce = {
      {"ulimit -n 80", "64"},
      {"ulimit -n 16", "8"},
#ifndef __SANITIZE_ADDRESS__  // which wants terabytes of addresses
      {"ulimit -v 150000", "8"},
#endif
  };
  for (const auto& [limits, concurrency] : scarce) {
    const Folder folder;
    Process process(
        folder,
        {"run", "--only", "param.TrafficType.*", "--concurrency", concurrency, "--timeout", "2"},
        {}, limits);
    const ProcessResult outcome = process.wait();
    EXPECT_TRUE(outcome.status == 0 || outcome.status == 3) << limits << '\n' << outcome.all();
    ASSERT_NE(read_whole(folder.file("conformance-report/report.json")), "") << limits;
    const nlohmann::json report = report_in(folder);
    EXPECT_TRUE(report["complete"]);
    EXPECT_EQ(report["totals"]["deviating"], 0) << limits;
    EXPECT_TRUE(report["leftover"].empty()) << limits;
    EXPECT_THAT(read_whole(folder.file("conformance-report/junit.xml")),
                HasSubstr("</testsuites>"));
  }
}

TEST(Scarce, WhatKeepsConnectionsFromBeingOpenedIsNamed) {
  const Folder folder;
  Process process(folder,
                  {"run", "--only", "param.T*,param.F*", "--concurrency", "64", "--timeout", "2"},
                  {}, "ulimit -n 40");
  const ProcessResult outcome = process.wait();
  EXPECT_THAT(outcome.out, AnyOf(HasSubstr(" of 64 workers could not work: "),
                                 HasSubstr("no more files can be opened here")));
  EXPECT_EQ(report_in(folder)["totals"]["deviating"], 0) << outcome.all();
}

TEST(NoAnswer, BudgetThatEndsInTheMiddleAccusesNobody) {
  const Folder folder;
  const std::vector<std::vector<std::string>> budgets = {{"--max-requests", "50"},
                                                         {"--max-requests", "200"},
                                                         {"--max-requests", "1000"},
                                                         {"--time-budget", "0.2", "--rps", "100"}};
  for (const std::vector<std::string>& budget : budgets) {
    std::vector<std::string> arguments{"run"};
    arguments.insert(arguments.end(), budget.begin(), budget.end());
    const ProcessResult outcome = run_program(folder, arguments);
    EXPECT_EQ(outcome.status, 3) << outcome.all();
    EXPECT_EQ(report_in(folder)["totals"]["deviating"], 0) << outcome.all();
  }
}

TEST(NoAnswer, EndpointThatIsKilledIsNoticedAndNotAccused) {
  const Folder folder;
  const std::string file = folder.file("endpoint.json");
  Process mock(folder, {"mock", "--port", "0", "--write-profile", file});
  ASSERT_TRUE(mock.says("Serving on "));
  Process process(folder, {"run", "--profile", file});
  ASSERT_TRUE(process.says("[1"));  // some of its checks have ended
  mock.signal(SIGKILL);
  const ProcessResult outcome = process.wait();
  EXPECT_EQ(outcome.status, 3) << outcome.all();
  EXPECT_THAT(outcome.out, HasSubstr("stopped answering"));
  EXPECT_EQ(report_in(folder)["totals"]["deviating"], 0) << outcome.all();
  EXPECT_TRUE(report_in(folder)["complete"]);
}

}  // namespace
}  // namespace flowlog::cli
