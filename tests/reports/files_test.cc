#include "reports/files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/json_node.h"
#include "scratch.h"

namespace flowlog {
namespace {

TEST(Files, ReadBackWhatWasWrittenInFoldersMadeForIt) {
  const Scratch scratch;
  const std::string path = scratch.path("a/b/c.txt");
  const std::string bytes("x\0\xFF\n", 4);
  EXPECT_EQ(write_whole_file(path, bytes), "");
  EXPECT_EQ(read_whole_file(path), bytes);
}

TEST(Files, ReplaceAndLeaveNothingBeside) {
  const Scratch scratch;
  const std::string path = scratch.put("report.json", "old and longer");
  EXPECT_EQ(write_whole_file(path, "new"), "");
  EXPECT_EQ(read_whole_file(path), "new");
  EXPECT_EQ(run("ls " + scratch.path("")), "report.json\n");
}

TEST(Files, SayWhyTheyCannotBeWritten) {
  const Scratch scratch;
  scratch.put("file", "");
  EXPECT_THAT(
      write_whole_file(scratch.path("file/report.json"), "x"),
      testing::AllOf(testing::HasSubstr("cannot write"), testing::HasSubstr("file/report.json"),
                     testing::HasSubstr("Not a directory")));
}

TEST(Files, AFailedReplacementLeavesTheOldFile) {
  const Scratch scratch;
  scratch.put("taken/inside", "kept");
  EXPECT_NE(write_whole_file(scratch.path("taken"), "x"), "");
  EXPECT_EQ(run("ls " + scratch.path("")), "taken\n");
  EXPECT_EQ(read_whole_file(scratch.path("taken/inside")), "kept");
}

TEST(Files, SayWhyTheyCannotBeRead) {
  try {
    read_whole_file("/nowhere/report.json");
    FAIL();
  } catch (const InputError& error) {
    EXPECT_STREQ(error.what(), "cannot read /nowhere/report.json: No such file or directory");
  }
  EXPECT_THROW(read_whole_file("/"), InputError);
}

}  // namespace
}  // namespace flowlog
