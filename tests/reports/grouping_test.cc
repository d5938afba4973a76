#include "reports/grouping.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reports/check_text.h"

namespace flowlog {
namespace {

using testing::ElementsAre;

TEST(Gather, TellsOnceWhatDiffersInTheIdsOfAnAnswerOnly) {
  const auto groups = grouped({{"a.b/x", R"(HTTP 400 "C", RequestId "2026" + "0" × 16 + "AD": no)"},
                               {"a.b/y", R"(HTTP 400 "C", RequestId "2026" + "0" × 16 + "AE": no)"},
                               {"a.c/z", "another"}});
  ASSERT_EQ(groups.size(), 2U);
  EXPECT_EQ(groups[0].text, R"(HTTP 400 "C": no)");
  EXPECT_EQ(groups[0].checks, 2U);
  EXPECT_THAT(groups[0].where, ElementsAre("a.b/* (2)"));
  EXPECT_EQ(groups[1].text, "another");
  EXPECT_THAT(groups[1].where, ElementsAre("a.c/z"));
}

TEST(Gather, CountsTheChecksAndNotWhatTheySay) {
  const auto groups = grouped({{"a.b/x", "no"}, {"a.b/x", "no"}});
  ASSERT_EQ(groups.size(), 1U);
  EXPECT_EQ(groups[0].checks, 1U);
}

TEST(Gather, CountsThePlacesBeyondTheFirst) {
  const auto groups = grouped({{"a/x", "no"}, {"b/x", "no"}, {"c/x", "no"}});
  EXPECT_EQ(places(groups[0], 2, "en"), "a/x, b/x, and 1 more");
}

TEST(Gather, KeepsAnAnswersOwnWords) {
  EXPECT_EQ(without_ids(R"(HTTP 200, FlowLogId "fl-1", RequestId "R")"), "HTTP 200");
  EXPECT_EQ(without_ids(R"(RequestId is missing)"), "RequestId is missing");
}

}  // namespace
}  // namespace flowlog
