// The score as a command.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include "process.h"

namespace flowlog::cli {
namespace {

using testing::HasSubstr;

TEST(Score, EndsInOneLineAndZeroWhereAllIsCaught) {
  const Folder folder;
  const ProcessResult outcome = run_program(
      folder, {"score", "--deviations", "--quick", "--only", "length.FlowLogName.counts-bytes"});
  EXPECT_EQ(outcome.status, 0) << outcome.all();
  EXPECT_THAT(outcome.out, HasSubstr("Score reached: 1 of 1 deviations caught"));
}

TEST(Score, EndsAtTheFirstSignal) {
  const Folder folder;
  Process process(folder,
                  {"score", "--deviations", "--quick", "--at-once", "1", "--only", "length.*"});
  ASSERT_TRUE(process.says("length.FlowLogName.counts-bytes"));
  process.signal(SIGTERM);
  EXPECT_EQ(process.wait().status, 130);
}

}  // namespace
}  // namespace flowlog::cli
