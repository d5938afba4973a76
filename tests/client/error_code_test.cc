#include "client/error_code.h"

#include <gtest/gtest.h>

namespace flowlog {
namespace {

TEST(ErrorCode, IsReadFromTheEnvelope) {
  EXPECT_EQ(
      error_code(R"({"ResponseMetadata":{"RequestId":"r","Error":{"Code":"A","Message":"m"}}})"),
      "A");
}

TEST(ErrorCode, IsReadFromTheFlatForm) {
  EXPECT_EQ(error_code(R"({"HTTPCode":429,"errorcode":"A","message":"m"})"), "A");
}

TEST(ErrorCode, IsFoundNowhereElse) {
  for (const char* body :
       {"", "null", "[]", "\"A\"", "<html>", R"({"Code":"A"})", R"({"Error":{"Code":"A"}})",
        R"([{"errorcode":"A"}])", R"({"ResponseMetadata":{"Error":"A"}})",
        R"({"ResponseMetadata":{"Error":{"Code":7}}})",
        R"({"ResponseMetadata":{"Error":["Code","A"]}})",
        R"({"ResponseMetadata":{"Error":{"Code":["A"]}}})",
        R"({"ResponseMetadata":[{"Error":{"Code":"A"}}]})"}) {
    EXPECT_EQ(error_code(body), "") << body;
  }
}

TEST(ErrorCode, TakesAnyBytes) {
  EXPECT_EQ(error_code(std::string(100'000, '[')), "");
  std::string nested;
  for (int i = 0; i < 100'000; ++i) nested += "{\"a\":";
  EXPECT_EQ(error_code(nested), "");
  EXPECT_EQ(error_code("{\"errorcode\":\"\xff\"}"), "");
  EXPECT_EQ(error_code(std::string("{\0}", 3)), "");
}

}  // namespace
}  // namespace flowlog
