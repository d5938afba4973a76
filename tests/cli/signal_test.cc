// INT, TERM and HUP, whenever they come.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <thread>

#include "process.h"
#include "report_in.h"

namespace flowlog::cli {
namespace {

using testing::HasSubstr;

constexpr int kSignals[] = {SIGINT, SIGTERM, SIGHUP};

TEST(Signal, EndsARunWithCleanUpAndReportsWhicheverItIs) {
  for (const int number : kSignals) {
    const Folder folder;
    MockProcess mock(folder);
    Process run(folder, {"run", "--profile", mock.profile(), "--rps", "60"});
    ASSERT_TRUE(run.says("["));
    run.signal(number);
    const ProcessResult outcome = run.wait();
    EXPECT_EQ(outcome.status, 130) << number << outcome.all();
    EXPECT_FALSE(report_in(folder)["complete"]);
    EXPECT_THAT(outcome.out, HasSubstr(" checks judged"));
    EXPECT_THAT(mock.stop().out, HasSubstr(" 0 still there"));
  }
}

TEST(Signal, EndsACommandThatStillReadsItsFile) {
  for (const int number : kSignals) {
    const Folder folder;
    const std::string pipe = folder.file("pipe");
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    for (const auto& arguments : std::vector<std::vector<std::string>>{
             {"run", "--profile", pipe}, {"sweep", "--profile", pipe}, {"report", pipe}}) {
      Process process(folder, arguments);
      const int writer = ::open(pipe.c_str(), O_WRONLY | O_CLOEXEC);  // when it opens the other end
      ASSERT_GE(writer, 0);
      process.signal(number);
      EXPECT_EQ(process.wait().status, 130) << arguments[0] << " " << number;
      ::close(writer);
    }
  }
}

TEST(Signal, EndsTheMockInOrder) {
  for (const int number : kSignals) {
    const Folder folder;
    Process mock(folder, {"mock"});
    ASSERT_TRUE(mock.says("Serving on "));
    mock.signal(number);
    const ProcessResult outcome = mock.wait();
    EXPECT_EQ(outcome.status, 0) << number;
    EXPECT_THAT(outcome.out, HasSubstr("0 requests"));
  }
}

TEST(Journal, LockedByAnotherProcessIsToldAndNotWaitedForWhenASignalComes) {
  const Folder folder;
  MockProcess mock(folder);
  ASSERT_EQ(run_program(folder,
                        {"run", "--profile", mock.profile(), "--only", "request.smallest/accepted"})
                .status,
            0);
  sqlite3* db = nullptr;
  const std::string file = folder.file("state/flowlog-conformance/journal.db");
  ASSERT_EQ(sqlite3_open(file.c_str(), &db), SQLITE_OK);
  ASSERT_EQ(
      sqlite3_exec(db, "PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE", nullptr, nullptr, nullptr),
      SQLITE_OK);
  Process run(folder, {"run", "--profile", mock.profile()});
  EXPECT_TRUE(run.says("is locked by another process", std::chrono::seconds(9)));
  run.signal(SIGTERM);
  EXPECT_EQ(run.wait().status, 130);
  const ProcessResult given_up = run_program(folder, {"run", "--profile", mock.profile()});
  EXPECT_EQ(given_up.status, 2) << given_up.all();
  EXPECT_THAT(given_up.err, HasSubstr("locked"));
  sqlite3_close(db);
}

}  // namespace
}  // namespace flowlog::cli
