#include "engine/plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "mock/mock.h"
#include "specs/load.h"
#include "suites/catalog.h"

namespace flowlog {
namespace {

using testing::Contains;
using testing::HasSubstr;

class PlanTest : public testing::Test {
 protected:
  // Everything a profile can provide.
  PlanTest() {
    const mock::Mock server(built_in_service(), {});
    profile = load_profile(server.profile().dump(), "profile");
  }
  Plan plan_of(std::uint64_t seed, const PlanOptions& options = {}) const {
    return plan(catalog({&built_in_service(), &profile, seed, 3}), profile, options);
  }
  static std::vector<std::string> ids(const Plan& plan) {
    std::vector<std::string> result;
    for (const PlannedCheck& one : plan.checks) result.push_back(one.check.id);
    return result;
  }

  Profile profile;
};

TEST_F(PlanTest, OfTheSameSeedIsTheSame) {
  EXPECT_EQ(describe(plan_of(42)), describe(plan_of(42)));
}

TEST_F(PlanTest, OfAnotherSeedSendsOtherValues) {
  EXPECT_NE(describe(plan_of(42)), describe(plan_of(43)));
}

TEST_F(PlanTest, KeepsIdsAcrossSeeds) {
  EXPECT_EQ(ids(plan_of(1)), ids(plan_of(2)));
}

TEST_F(PlanTest, IdsAreUnique) {
  const auto all = ids(plan_of(42));
  EXPECT_EQ(std::set<std::string>(all.begin(), all.end()).size(), all.size());
}

TEST_F(PlanTest, HasACheckForEachOfTheThirtyFourErrorRows) {
  std::set<std::string> cited;
  for (const PlannedCheck& one : plan_of(42).checks) {
    cited.insert(one.check.rows.begin(), one.check.rows.end());
  }
  for (int row = 1; row <= 34; ++row) {
    EXPECT_THAT(cited, Contains("errors/" + std::to_string(row)));
  }
}

TEST_F(PlanTest, OnlySelectsByGlob) {
  PlanOptions options;
  options.only = {"param.FlowLogName.length/*"};
  const Plan chosen = plan_of(42, options);
  EXPECT_GT(chosen.selected, 3U);
  for (const PlannedCheck& one : chosen.checks) {
    if (one.added) continue;
    EXPECT_THAT(one.check.id, testing::StartsWith("param.FlowLogName.length/"));
  }
}

TEST_F(PlanTest, BringsTheControlsOfWhatWasSelected) {
  PlanOptions options;
  options.only = {"param.FlowLogName.length/over-max"};
  const Plan chosen = plan_of(42, options);
  EXPECT_EQ(chosen.selected, 1U);
  EXPECT_THAT(ids(chosen), Contains(kAcceptedControl));
}

TEST_F(PlanTest, ShardsTogetherAreTheWholeAndOverlapInControlsOnly) {
  std::multiset<std::string> seen;
  for (int shard = 1; shard <= 3; ++shard) {
    PlanOptions options;
    options.shard = shard;
    options.shards = 3;
    for (const PlannedCheck& one : plan_of(42, options).checks) {
      if (!one.added) seen.insert(one.check.id);
    }
  }
  const auto all = ids(plan_of(42));
  EXPECT_EQ(seen, std::multiset<std::string>(all.begin(), all.end()));
}

TEST_F(PlanTest, ShardsHaveAboutAsMuchToDo) {
  constexpr int kShards = 4;
  std::vector<long> lengths;
  long all = 0;
  for (int shard = 1; shard <= kShards; ++shard) {
    PlanOptions options;
    options.shard = shard;
    options.shards = kShards;
    lengths.push_back(0);
    for (const PlannedCheck& one : plan_of(42, options).checks) {
      if (one.skipped.empty()) lengths.back() += requests_of(one.check);
    }
    all += lengths.back();
  }
  EXPECT_LE(*std::ranges::max_element(lengths), 1.25 * static_cast<double>(all) / kShards);
}

TEST_F(PlanTest, CasesDoNotDependOnWhatElseIsSelected) {
  PlanOptions options;
  options.only = {"param.Description.length/*"};
  const Plan whole = plan_of(42);
  for (const PlannedCheck& one : plan_of(42, options).checks) {
    const auto same = std::ranges::find_if(
        whole.checks, [&](const PlannedCheck& other) { return other.check.id == one.check.id; });
    ASSERT_NE(same, whole.checks.end());
    ASSERT_EQ(one.check.cases.size(), same->check.cases.size());
    for (std::size_t i = 0; i < one.check.cases.size(); ++i) {
      EXPECT_EQ(one.check.cases[i].params, same->check.cases[i].params);
    }
  }
}

TEST_F(PlanTest, SkipsWhatNeedsAnAccountThatTheProfileLacks) {
  profile.accounts.erase("arrears");
  bool found = false;
  for (const PlannedCheck& one : plan_of(42).checks) {
    if (one.skipped.empty()) continue;
    found = found || one.skipped.find("accounts.arrears") != std::string::npos;
  }
  EXPECT_TRUE(found);
}

TEST_F(PlanTest, SkipsWhatCouldCreateUnlessAllowed) {
  profile.may_create = false;
  for (const PlannedCheck& one : plan_of(42).checks) {
    EXPECT_TRUE(!one.check.creates || !one.skipped.empty()) << one.check.id;
  }
}

}  // namespace
}  // namespace flowlog
