#include "generators/covering.h"

#include <gtest/gtest.h>

#include <set>

#include "checker.h"
#include "generators/requests.h"
#include "specs/load.h"

namespace flowlog {
namespace {

bool holds(const Params& request, const std::string& name) {
  for (const auto& [sent, value] : request) {
    if (sent == name || (name == "Tags" && sent.starts_with("Tags."))) return true;
  }
  return false;
}

TEST(Covering, HoldsEveryPairOfValuesOfAnyTwoFactors) {
  for (const std::size_t factors : {2U, 3U, 5U, 8U, 13U}) {
    const auto rows = pairwise(factors);
    for (std::size_t a = 0; a < factors; ++a) {
      for (std::size_t b = a + 1; b < factors; ++b) {
        std::set<std::pair<bool, bool>> seen;
        for (const auto& row : rows) seen.emplace(row.at(a), row.at(b));
        EXPECT_EQ(seen.size(), 4U) << factors << " factors, " << a << " and " << b;
      }
    }
  }
}

TEST(Covering, OfOneFactorHoldsBothValues) {
  const auto rows = pairwise(1);
  EXPECT_EQ(std::set<std::vector<bool>>(rows.begin(), rows.end()),
            (std::set<std::vector<bool>>{{false}, {true}}));
}

TEST(Covering, NeedsFarFewerRowsThanAllCombinations) {
  EXPECT_LE(pairwise(10).size(), 20U);
}

// The optional parameters of the page; the tags count as one.
TEST(AllPairs, SendsAnyTwoOptionalParametersPresentAndAbsent) {
  const std::vector<std::string> optional = {"Description", "AggregationInterval", "ProjectName",
                                             "Tags", "ClientToken"};
  const auto requests = all_pairs(built_in_service().creator().contract, "vpc");
  for (const std::string& a : optional) {
    for (const std::string& b : optional) {
      if (a == b) continue;
      std::set<std::pair<bool, bool>> seen;
      for (const Params& request : requests) seen.emplace(holds(request, a), holds(request, b));
      EXPECT_EQ(seen.size(), 4U) << a << " and " << b;
    }
  }
}

TEST(AllPairs, SendsOnlyValidRequests) {
  for (const Params& request : all_pairs(built_in_service().creator().contract, "subnet")) {
    const Breaches found = breaches(request);
    EXPECT_TRUE(found.broken.empty()) << *found.broken.begin();
    EXPECT_TRUE(found.open.empty()) << *found.open.begin();
  }
}

TEST(SmallestRequest, HoldsTheRequiredParametersAndNothingElse) {
  for (const char* type : {"vpc", "subnet", "eni"}) {
    std::set<std::string> names;
    const Params request = smallest_request(built_in_service().creator().contract, type);
    for (const auto& [name, value] : request) names.insert(name);
    names.insert({"Action", "Version"});
    EXPECT_EQ(names, (std::set<std::string>{"Action", "Version", "FlowLogName", "ResourceType",
                                            "ResourceId", "TrafficType", "LogProjectName",
                                            "LogTopicName"}));
    EXPECT_EQ(find(request, "ResourceType"), type);
  }
}

TEST(AnyValidRequest, BreaksNothingInAThousandDraws) {
  const auto gen = any_valid_request(built_in_service().creator().contract, "eni");
  for (std::uint64_t seed = 0; seed < 1000; ++seed) {
    const Breaches found = breaches(gen(rc::Random(seed), 100).value());
    ASSERT_TRUE(found.broken.empty()) << seed << " " << *found.broken.begin();
    ASSERT_TRUE(found.open.empty()) << seed << " " << *found.open.begin();
  }
}

TEST(MissingOne, LeavesOutEachRequiredParameterOnce) {
  std::multiset<std::string> erased;
  for (const auto& [parameter, edit] : missing_one(built_in_service().creator().contract)) {
    EXPECT_TRUE(edit.set.empty());
    erased.insert(edit.erase.begin(), edit.erase.end());
  }
  EXPECT_EQ(erased, (std::multiset<std::string>{"Action", "Version", "FlowLogName", "ResourceType",
                                                "ResourceId", "TrafficType", "LogProjectName",
                                                "LogTopicName"}));
}

}  // namespace
}  // namespace flowlog
