// Whatever moment a run is killed at, a sweep leaves nothing of it and takes nothing of others.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <random>
#include <thread>

#include "process.h"
#include "specs/load.h"
#include "tests/mock/caller.h"

namespace flowlog::cli {
namespace {

using std::chrono::milliseconds;

constexpr int kKills = 20;

// A neighbour's flow log, on a resource that the profile does not list for the suite.
std::string neighbour(mock::Mock& mock, const std::string& resource) {
  mock::Caller caller(mock);
  const auto reply = caller.create(
      {{"FlowLogName", "neighbour"}, {"ResourceType", "vpc"}, {"ResourceId", resource}});
  return reply.body.at("Result").at("FlowLogId");
}

long settled(const mock::Mock& mock, long wanted) {
  for (int i = 0; i < 100 && mock.stats().standing > wanted; ++i) {
    std::this_thread::sleep_for(milliseconds(20));
  }
  return mock.stats().standing;
}

TEST(Kill, LeavesNothingAfterASweepAndTheNeighboursInPeace) {
  mock::Options options;
  options.creating = milliseconds(50);
  options.deleting = milliseconds(50);
  mock::Mock mock(built_in_service(), options);
  nlohmann::json profile = mock.profile();
  auto& vpcs = profile["resources"]["vpc"];
  std::vector<std::string> neighbours;
  for (int i = 0; i < 2; ++i) {
    neighbours.push_back(neighbour(mock, vpcs.back()));
    vpcs.erase(vpcs.size() - 1);
  }
  const Folder folder;
  const std::string file = folder.write("profile.json", profile.dump());

  std::mt19937 random(20260102);
  long found = 0;
  for (int i = 0; i < kKills; ++i) {
    const std::string seed = std::to_string(i + 1);
    const long before = mock.stats().created;
    Process run(folder, {"run", "--profile", file, "--seed", seed, "--only",
                         "request.*,lifecycle.*,idempotency.*,race.*", "--no-history"});
    // It is at work, however long a busy machine takes to start it.
    for (int j = 0; j < 1000 && mock.stats().created == before; ++j) {
      std::this_thread::sleep_for(milliseconds(10));
    }
    std::this_thread::sleep_for(milliseconds(random() % 1000));
    run.signal(SIGKILL);
    run.wait();
    found += mock.stats().standing - 2;
    const ProcessResult sweep = run_program(folder, {"sweep", "--profile", file});
    ASSERT_EQ(sweep.status, 0) << "seed " << seed << "\n" << sweep.all();
    ASSERT_EQ(settled(mock, 2), 2) << "seed " << seed << "\n" << sweep.all();
  }
  EXPECT_GT(found, 0) << "no run was killed while a flow log stood";
  mock::Caller caller(mock);
  for (const std::string& id : neighbours) {
    EXPECT_EQ(mock::listed_ids(caller.describe({{"FlowLogIds.1", id}})).size(), 1u);
  }
}

TEST(Kill, ADryRunNamesWhatItWouldDeleteAndDeletesNothing) {
  mock::Mock mock(built_in_service(), {});
  const Folder folder;
  const std::string file = folder.write("profile.json", mock.profile().dump());
  for (int i = 0; i < 20 && mock.stats().standing == 0; ++i) {
    Process run(folder, {"run", "--profile", file, "--only", "lifecycle.*", "--no-history"});
    for (int j = 0; j < 200 && mock.stats().standing == 0; ++j) {
      std::this_thread::sleep_for(milliseconds(10));
    }
    run.signal(SIGKILL);
    run.wait();
  }
  const long left = mock.stats().standing;
  ASSERT_GT(left, 0);
  const ProcessResult sweep = run_program(folder, {"sweep", "--profile", file, "--dry-run"});
  EXPECT_THAT(sweep.out, testing::HasSubstr("fl-"));
  EXPECT_EQ(mock.stats().standing, left);
}

}  // namespace
}  // namespace flowlog::cli
