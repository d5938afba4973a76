#include <gtest/gtest.h>

#include "tests/mock/harness.h"

namespace flowlog::mock {
namespace {

// Three flow logs that differ in everything a filter can ask for.
struct Three : testing::Test {
  void SetUp() override {
    ids.push_back(mock.create({{"FlowLogName", "first"},
                               {"Description", "d1"},
                               {"Tags.1.Key", "env"},
                               {"Tags.1.Value", "test"}})
                      .flow_log_id());
    ids.push_back(mock.create({{"FlowLogName", "second"},
                               {"Description", "d2"},
                               {"ResourceType", "subnet"},
                               {"ResourceId", "subnet-default-02"},
                               {"TrafficType", "Drop"},
                               {"AggregationInterval", "1"},
                               {"ProjectName", "team-a"},
                               {"LogTopicName", "topic-two"},
                               {"Tags.1.Key", "env"},
                               {"Tags.1.Value", "live"},
                               {"Tags.2.Key", "owner"},
                               {"Tags.2.Value", "me"}})
                      .flow_log_id());
    mock.clock.move(std::chrono::milliseconds(100));
    ids.push_back(mock.create({{"FlowLogName", "third"},
                               {"ResourceType", "eni"},
                               {"ResourceId", "eni-default-03"},
                               {"LogProjectName", "project-three"}})
                      .flow_log_id());
  }

  std::vector<std::string> found(const Params& filters) {
    return listed_ids(mock.describe(filters));
  }

  Harness mock;
  std::vector<std::string> ids;
};

TEST_F(Three, AreListedInTheOrderOfTheirMaking) {
  EXPECT_EQ(found({}), ids);
}

TEST_F(Three, AreFoundByEachFilter) {
  const auto logs = mock.describe().body["Result"]["FlowLogs"];
  using Ids = std::vector<std::string>;
  EXPECT_EQ(found({{"FlowLogName", "second"}}), Ids{ids[1]});
  EXPECT_EQ(found({{"FlowLogName", "sec"}}), Ids{});
  EXPECT_EQ(found({{"Description", "d1"}}), Ids{ids[0]});
  EXPECT_EQ(found({{"ResourceType", "eni"}}), Ids{ids[2]});
  EXPECT_EQ(found({{"ResourceId", "subnet-default-02"}}), Ids{ids[1]});
  EXPECT_EQ(found({{"TrafficType", "All"}}), (Ids{ids[0], ids[2]}));
  EXPECT_EQ(found({{"LogProjectId", logs[2]["LogProjectId"]}}), Ids{ids[2]});
  EXPECT_EQ(found({{"LogTopicId", logs[1]["LogTopicId"]}}), Ids{ids[1]});
  EXPECT_EQ(found({{"AggregationInterval", "1"}}), Ids{ids[1]});
  EXPECT_EQ(found({{"Status", "Creating"}}), Ids{ids[2]});
  EXPECT_EQ(found({{"Status", "Active"}}), (Ids{ids[0], ids[1]}));
  EXPECT_EQ(found({{"VpcId", "vpc-default-03"}}), Ids{ids[2]});
  EXPECT_EQ(found({{"ProjectName", "team-a"}}), Ids{ids[1]});
  EXPECT_EQ(found({{"FlowLogIds.1", ids[2]}, {"FlowLogIds.2", ids[0]}}), (Ids{ids[0], ids[2]}));
  EXPECT_EQ(found({{"TrafficType", "All"}, {"ResourceType", "eni"}}), Ids{ids[2]});
}

TEST_F(Three, AreFoundByTheirTags) {
  using Ids = std::vector<std::string>;
  EXPECT_EQ(found({{"TagFilters.1.Key", "env"}}), (Ids{ids[0], ids[1]}));
  EXPECT_EQ(found({{"TagFilters.1.Key", "env"}, {"TagFilters.1.Values.1", "live"}}), Ids{ids[1]});
  EXPECT_EQ(found({{"TagFilters.1.Key", "env"},
                   {"TagFilters.1.Values.1", "live"},
                   {"TagFilters.1.Values.2", "test"}}),
            (Ids{ids[0], ids[1]}));
  EXPECT_EQ(found({{"TagFilters.1.Key", "env"}, {"TagFilters.2.Key", "owner"}}), Ids{ids[1]});
}

TEST_F(Three, ComeInPages) {
  std::vector<std::string> seen;
  std::string token;
  int pages = 0;
  do {
    const Reply reply = mock.describe({{"MaxResults", "1"}, {"NextToken", token}});
    const std::vector<std::string> page = listed_ids(reply);
    EXPECT_EQ(page.size(), 1u);
    seen.insert(seen.end(), page.begin(), page.end());
    token = reply.body["Result"]["NextToken"];
    ++pages;
  } while (!token.empty() && pages < 10);
  EXPECT_EQ(seen, ids);
  EXPECT_EQ(pages, 3);
}

TEST_F(Three, KeepTheirPlaceWhenOneOfAnEarlierPageIsDeleted) {
  const std::string token = mock.describe({{"MaxResults", "2"}}).body["Result"]["NextToken"];
  mock.remove(ids[0]);
  mock.clock.move(std::chrono::milliseconds(50));
  EXPECT_EQ(found({{"NextToken", token}}), std::vector<std::string>{ids[2]});
}

TEST(Describe, RefusesPagesThatAreNone) {
  Harness mock;
  for (const char* bad : {"0", "101", "-1", "x"}) {
    EXPECT_EQ(mock.describe({{"MaxResults", bad}}).status, 400) << bad;
  }
  EXPECT_EQ(mock.describe({{"NextToken", "made-up"}}).status, 400);
  EXPECT_EQ(mock.describe({{"MaxResults", "100"}}).status, 200);
}

TEST(Describe, TakesAHundredIdsAndNoMore) {
  Harness mock;
  Params ids;
  for (int n = 1; n <= 100; ++n) ids.emplace_back(fmt::format("FlowLogIds.{}", n), "fl-x");
  EXPECT_EQ(mock.describe(ids).status, 200);
  ids.emplace_back("FlowLogIds.101", "fl-x");
  EXPECT_EQ(mock.describe(ids).status, 400);
}

}  // namespace
}  // namespace flowlog::mock
