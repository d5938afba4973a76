#include "resources/lease_pool.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <thread>

namespace flowlog {
namespace {

using namespace std::chrono_literals;

class PoolTest : public testing::Test {
 protected:
  PoolTest() {
    for (const char* name : {"default", "other"}) profile.accounts[name].name = name;
    profile.resources.free = {{"vpc", {"vpc-1", "vpc-2", "vpc-3"}}, {"eni", {"eni-1"}}};
  }
  static std::vector<Wanted> vpcs(std::size_t count) {
    return std::vector<Wanted>(count, Wanted{"vpc", "", "", false});
  }

  Profile profile;
};

TEST_F(PoolTest, LendsEachResourceOnce) {
  LeasePool pool(profile, 10);
  const auto leases = pool.acquire("default", vpcs(3));
  ASSERT_TRUE(leases);
  std::set<std::string> ids;
  for (const Lease& lease : *leases) ids.insert(lease.id());
  EXPECT_EQ(ids, (std::set<std::string>{"vpc-1", "vpc-2", "vpc-3"}));
}

TEST_F(PoolTest, NeverLendsOneResourceToTwoAtOnce) {
  LeasePool pool(profile, 10);
  std::map<std::string, std::atomic<int>> holders;
  for (const char* id : {"vpc-1", "vpc-2", "vpc-3"}) holders[id] = 0;
  std::atomic<int> clashes = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      for (int n = 0; n < 200; ++n) {
        const auto leases = pool.acquire("default", vpcs(2));
        for (const Lease& lease : *leases) clashes += ++holders.at(lease.id()) > 1 ? 1 : 0;
        for (const Lease& lease : *leases) --holders.at(lease.id());
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(clashes, 0);
}

// So that one that the endpoint does not know shows soon.
TEST_F(PoolTest, LendsFirstWhereNothingWasMadeYet) {
  LeasePool pool(profile, 10);
  std::vector<std::string> ids;
  for (int i = 0; i < 4; ++i) {
    const auto leases = pool.acquire("default", vpcs(1));
    ids.push_back(leases->front().id());
    pool.prove(ids.back());
  }
  EXPECT_EQ(ids, (std::vector<std::string>{"vpc-1", "vpc-2", "vpc-3", "vpc-1"}));
}

TEST_F(PoolTest, LendsForRefusalsFirstWhereSomethingWasMade) {
  LeasePool pool(profile, 10);
  std::vector<Wanted> wanted = vpcs(1);
  wanted.front().for_refusals = true;
  EXPECT_EQ(pool.acquire("default", wanted)->front().id(), "vpc-1");
  pool.prove("vpc-2");
  EXPECT_EQ(pool.acquire("default", wanted)->front().id(), "vpc-2");
  EXPECT_EQ(pool.acquire("default", vpcs(1))->front().id(), "vpc-1");
}

TEST_F(PoolTest, GivesBackWhatALeaseHeld) {
  LeasePool pool(profile, 10);
  { const auto first = pool.acquire("default", {{"eni", "", "", false}}); }
  const auto second = pool.acquire("default", {{"eni", "", "", false}});
  ASSERT_TRUE(second);
  EXPECT_EQ(second->at(0).id(), "eni-1");
  EXPECT_EQ(second->at(0).account(), "default");
}

TEST_F(PoolTest, RefusesMoreThanTheProfileHas) {
  LeasePool pool(profile, 10);
  EXPECT_FALSE(pool.acquire("default", vpcs(4)));
  EXPECT_FALSE(pool.acquire("default", {{"subnet", "", "", false}}));
  EXPECT_FALSE(pool.acquire("nobody", vpcs(1)));
}

TEST_F(PoolTest, RefusesMoreThanTheQuota) {
  LeasePool pool(profile, 2);
  EXPECT_TRUE(pool.acquire("default", vpcs(2)));
  EXPECT_FALSE(pool.acquire("default", vpcs(3)));
}

TEST_F(PoolTest, TakesNoPlaceForWhatIsBeyondTheQuota) {
  LeasePool pool(profile, 2);
  std::vector<Wanted> wanted = vpcs(3);
  wanted[2].beyond_quota = true;
  EXPECT_TRUE(pool.acquire("default", wanted));
}

TEST_F(PoolTest, CountsFlowLogsThatStandAlready) {
  LeasePool pool(profile, 3);
  pool.occupy("default", 2);
  EXPECT_TRUE(pool.acquire("default", vpcs(1)));
  EXPECT_FALSE(pool.acquire("default", vpcs(2)));
  EXPECT_TRUE(pool.acquire("other", vpcs(2)));
}

TEST_F(PoolTest, NeverLendsABurntResourceAgain) {
  LeasePool pool(profile, 10);
  {
    auto leases = pool.acquire("default", {{"eni", "", "", false}});
    leases->at(0).burn();
  }
  EXPECT_FALSE(pool.acquire("default", {{"eni", "", "", false}}));
}

TEST_F(PoolTest, BurntResourceKeepsItsPlaceOfTheQuota) {
  LeasePool pool(profile, 2);
  {
    auto leases = pool.acquire("default", vpcs(1));
    leases->at(0).burn();
  }
  EXPECT_TRUE(pool.acquire("default", vpcs(1)));
  EXPECT_FALSE(pool.acquire("default", vpcs(2)));
}

TEST_F(PoolTest, WaitsUntilAResourceComesBack) {
  LeasePool pool(profile, 10);
  auto held = pool.acquire("default", {{"eni", "", "", false}});
  auto waiting = std::async(std::launch::async, [&] {
    return pool.acquire("default", {{"eni", "", "", false}});
  });
  EXPECT_EQ(waiting.wait_for(20ms), std::future_status::timeout);
  held.reset();
  EXPECT_TRUE(waiting.get());
}

TEST_F(PoolTest, StopEndsWaiting) {
  LeasePool pool(profile, 10);
  const auto held = pool.acquire("default", vpcs(3));
  auto waiting = std::async(std::launch::async, [&] { return pool.acquire("default", vpcs(1)); });
  pool.stop();
  EXPECT_FALSE(waiting.get());
  EXPECT_FALSE(pool.acquire("default", {}));
}

}  // namespace
}  // namespace flowlog
