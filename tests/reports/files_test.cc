#include "reports/files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <thread>

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

TEST(Files, WriteIntoAPipeAndLeaveItOne) {
  const Scratch scratch;
  const std::string path = scratch.path("pipe");
  ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
  std::string read;
  std::thread reader([&] { read = read_whole_file(path); });
  EXPECT_EQ(write_whole_file(path, "bytes"), "");
  reader.join();
  EXPECT_EQ(read, "bytes");
  EXPECT_TRUE(std::filesystem::is_fifo(path));
}

TEST(Files, ReplaceTheFileBehindALink) {
  namespace fs = std::filesystem;
  const Scratch scratch;
  scratch.put("real/old.txt", "old");
  fs::create_directory(scratch.path("links"));
  fs::create_symlink("../real/old.txt", scratch.path("links/old"));
  fs::create_symlink("old", scratch.path("links/twice"));
  fs::create_symlink(scratch.path("real/new.txt"), scratch.path("links/new"));
  for (const auto& [link, file] :
       {std::pair("links/old", "real/old.txt"), std::pair("links/twice", "real/old.txt"),
        std::pair("links/new", "real/new.txt")}) {
    EXPECT_EQ(write_whole_file(scratch.path(link), link), "");
    EXPECT_TRUE(fs::is_symlink(scratch.path(link))) << link;
    EXPECT_EQ(read_whole_file(scratch.path(file)), link);
  }
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
