// What the program tells without sending anything.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <csignal>
#include <cstdio>

#include "process.h"
#include "report_in.h"

namespace flowlog::cli {
namespace {

using testing::HasSubstr;

TEST(Help, StandsForEveryCommand) {
  const Folder folder;
  for (const char* command :
       {"run", "mock", "list", "lint", "sweep", "report", "diff", "merge", "known", "history"}) {
    const ProcessResult outcome = run_program(folder, {command, "--help"});
    EXPECT_EQ(outcome.status, 0) << command;
    EXPECT_THAT(outcome.out, HasSubstr("Usage: ")) << command;
  }
}

TEST(List, CountsOneCheckAsOne) {
  const Folder folder;
  EXPECT_THAT(run_program(folder, {"list", "--only", "request.smallest/accepted"}).out,
              testing::EndsWith("\n1 check.\n"));
}

TEST(List, IsTheSameAtEveryCall) {
  const Folder folder;
  const ProcessResult once = run_program(folder, {"list"});
  EXPECT_EQ(once.status, 0) << once.err;
  EXPECT_THAT(once.out, HasSubstr("error.InvalidResource.NotFound"));
  EXPECT_EQ(once.out, run_program(folder, {"list"}).out);
}

TEST(List, EndsQuietlyWhereNobodyReadsOn) {
  const Folder folder;
  const std::string errors = folder.file("errors");
  const std::string command =
      "bash -c '" FLOWLOG_PROGRAM " list 2>" + errors + " | head -1; exit ${PIPESTATUS[0]}'";
  FILE* pipe = popen(command.c_str(), "r");
  ASSERT_NE(pipe, nullptr);
  char line[4096];
  EXPECT_NE(fgets(line, sizeof line, pipe), nullptr);
  EXPECT_EQ(WEXITSTATUS(pclose(pipe)), 128 + SIGPIPE);
  EXPECT_EQ(read_whole(errors), "");
}

TEST(List, NamesEachOfThe34RowsOfTheErrorTable) {
  const Folder folder;
  const ProcessResult outcome = run_program(folder, {"list", "--rows"});
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  for (int row = 1; row <= 34; ++row) {
    EXPECT_THAT(outcome.out, HasSubstr("errors/" + std::to_string(row) + "  "));
  }
}

TEST(Plan, IsTheSameForASeedAndSendsNothing) {
  const Folder folder;
  MockProcess mock(folder);
  const std::vector<std::string> arguments{"run",    "--profile", mock.profile(), "--plan",
                                           "--seed", "11",        "--only",       "param.*"};
  const ProcessResult once = run_program(folder, arguments);
  EXPECT_EQ(once.status, 0) << once.err;
  EXPECT_THAT(once.out, HasSubstr(" creations."));
  EXPECT_EQ(once.out, run_program(folder, arguments).out);
  EXPECT_EQ(read_whole(folder.file("conformance-report/report.json")), "");
  EXPECT_THAT(mock.stop().out, HasSubstr("\n0 requests"));
}

TEST(Plan, CountsOnceWhatChecksShare) {
  const Folder folder;
  std::vector<std::string> arguments{"run", "--seed", "11", "--only", "param.*"};
  EXPECT_EQ(run_program(folder, arguments).status, 0);
  const long created = report_in(folder)["created"].get<long>();
  arguments.emplace_back("--plan");
  const std::string plan = run_program(folder, arguments).out;
  EXPECT_THAT(plan, HasSubstr("\n  shared "));
  const std::size_t at = plan.find(" requests and ");
  ASSERT_NE(at, std::string::npos) << plan;
  const long planned = std::stol(plan.substr(at + std::string(" requests and ").size()));
  // What is open may be taken as well: one in four more or less is "about".
  EXPECT_GE(4 * planned, 3 * created);
  EXPECT_LE(planned, 2 * created);
}

TEST(GoogleTestOptions, ListAndFilterTheChecks) {
  const Folder folder;
  const ProcessResult listed = run_program(
      folder, {"run", "--gtest_list_tests", "--gtest_filter=param.FlowLogName.length.*"});
  EXPECT_EQ(listed.status, 0) << listed.err;
  EXPECT_THAT(listed.out, HasSubstr("param.FlowLogName.length.\n"));
  EXPECT_THAT(listed.out, HasSubstr("  over-max\n"));
  EXPECT_THAT(listed.out, testing::Not(HasSubstr("param.Description")));
  const ProcessResult run =
      run_program(folder, {"run", "--gtest_filter=param.FlowLogName.length.between"});
  EXPECT_EQ(run.status, 0) << run.all();
  EXPECT_THAT(run.out, HasSubstr("[       OK ] param.FlowLogName.length.between"));
  const ProcessResult none =
      run_program(folder, {"run", "--gtest_filter=param.FlowLogName.length.at-*"});
  EXPECT_EQ(none.status, 2);
  EXPECT_THAT(none.err, HasSubstr("a dash begins"));
}

TEST(Lint, NamesTheContradictionsAndGapsOfTheBuiltInContract) {
  const Folder folder;
  const ProcessResult outcome = run_program(folder, {"lint"});
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("contradiction"));
  EXPECT_THAT(outcome.out, HasSubstr("gap"));
}

}  // namespace
}  // namespace flowlog::cli
