// Files of the tree that several tests read.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace flowlog {

// The bytes of a file by its path below the tree's root.
inline std::string tree_file(const std::filesystem::path& path) {
  std::ifstream in(std::filesystem::path(FLOWLOG_SOURCE_DIR) / path, std::ios::binary);
  EXPECT_TRUE(in) << path;
  return std::string(std::istreambuf_iterator<char>(in), {});
}

}  // namespace flowlog
