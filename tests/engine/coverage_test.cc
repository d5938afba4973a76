#include "engine/coverage.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "specs/load.h"

namespace flowlog {
namespace {

std::size_t count(const std::string& group) {
  const auto all = rows(built_in_service());
  return static_cast<std::size_t>(std::ranges::count(all, group, &RowResult::group));
}

// The page has 34 rows in its error table.
TEST(Rows, AreThoseOfThePage) {
  EXPECT_EQ(count("errors"), 34U);
  EXPECT_EQ(count("parameters"), built_in_service().creator().contract.parameters.size());
  EXPECT_EQ(count("common"), built_in_service().common.size());
  EXPECT_GT(count("answer"), 0U);
  EXPECT_GT(count("notes"), 0U);
}

TEST(Rows, HaveUniqueIdsAndTitlesAndNoVerdict) {
  std::set<std::string> ids;
  for (const RowResult& row : rows(built_in_service())) {
    EXPECT_TRUE(ids.insert(row.id).second) << row.id;
    EXPECT_TRUE(row.id.starts_with(row.group + "/")) << row.id;
    EXPECT_FALSE(row.title.en.empty()) << row.id;
    EXPECT_FALSE(row.title.zh.empty()) << row.id;
    EXPECT_EQ(row.verdict, Verdict::skipped);
    EXPECT_TRUE(row.checks.empty());
  }
}

TEST(Rows, OfSeveralActionsDoNotClash) {
  const Service& service = built_in_service();
  std::vector<std::string> all;
  for (const Action& action : service.actions) all.push_back(action.name);
  std::set<std::string> ids;
  for (const RowResult& row : rows(service, all)) {
    EXPECT_TRUE(ids.insert(row.id).second) << row.id;
  }
  EXPECT_TRUE(ids.contains("errors/1"));
  EXPECT_TRUE(ids.contains("DeleteFlowLog:errors/1"));
  EXPECT_TRUE(ids.contains("DescribeFlowLogs:parameters/MaxResults"));
  EXPECT_TRUE(ids.contains("common/MissingParameter"));
  EXPECT_FALSE(ids.contains("DeleteFlowLog:common/MissingParameter"));
}

TEST(Rows, TellTheStatusAndCodeOfAnError) {
  const auto all = rows(built_in_service());
  const auto row = std::ranges::find(all, "errors/7", &RowResult::id);
  ASSERT_NE(row, all.end());
  EXPECT_THAT(row->title.en, testing::StartsWith("400 InvalidName.Malformed: "));
}

}  // namespace
}  // namespace flowlog
