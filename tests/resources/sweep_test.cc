#include "resources/sweep.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>

#include "mock/mock.h"
#include "resources/service_client.h"
#include "tests/engine/fake_api.h"

namespace flowlog {
namespace {

using Create = test::FakeApi::Create;
using Delete = test::FakeApi::Delete;
using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class StateFolder {
 public:
  StateFolder() {
    char name[] = "/tmp/flowlog-sweep-XXXXXX";
    path = mkdtemp(name);
  }
  ~StateFolder() { std::filesystem::remove_all(path); }
  std::string path;
};

class SweepTest : public testing::Test, protected test::Lab {
 protected:
  // A run that creates and ends without cleaning up.
  void killed_run(const std::vector<std::pair<std::string, std::string>>& creations,
                  const std::string& owner = "default") {
    const auto journal = Journal::open(folder.path, clock);
    Tracker tracker(service, profile, *journal, clock);
    for (const auto& [resource, name] : creations) {
      tracker.create(*session, call(resource, name), account(owner));
    }
  }
  Swept sweep_now(bool dry_run = false) {
    const auto journal = Journal::open(folder.path, clock);
    SweepOptions options;
    options.dry_run = dry_run;
    return sweep(service, profile, *journal, *session, clock, options);
  }
  std::size_t open_entries() { return Journal::open(folder.path, clock)->open_entries().size(); }

  StateFolder folder;
};

std::vector<std::string> ids_of(const std::vector<Leftover>& leftovers) {
  std::vector<std::string> ids;
  for (const Leftover& one : leftovers) ids.push_back(one.flow_log_id);
  return ids;
}

TEST_F(SweepTest, DeletesWhatAKilledRunLeftNewestFirst) {
  killed_run({{"vpc-1", "a"}, {"vpc-2", "b"}});
  killed_run({{"vpc-3", "c"}}, "other");
  const Swept swept = sweep_now();
  EXPECT_THAT(ids_of(swept.found), testing::UnorderedElementsAre("fl-1", "fl-2", "fl-3"));
  EXPECT_EQ(swept.deleted.size(), 3u);
  EXPECT_THAT(swept.left, IsEmpty());
  EXPECT_THAT(fake.ids(), IsEmpty());
  EXPECT_EQ(open_entries(), 0u);
  EXPECT_EQ(swept.found[0].resource_id, "vpc-2");
  EXPECT_EQ(swept.found[0].name, "b");
}

// A name that changed speaks against it where the time of its creation cannot be read either.
TEST_F(SweepTest, DeletesWhatWasRenamedIffThatWasWrittenDown) {
  for (const bool written : {true, false}) {
    {
      const auto journal = Journal::open(folder.path, clock);
      Tracker tracker(service, profile, *journal, clock);
      const Creation made = tracker.create(*session, call("vpc-1", "a"), account("default"));
      if (written) tracker.expect_name(account("default"), made.flow_log_id, "b");
      EXPECT_EQ(tracker.made(), 1);
    }
    fake.stored.at(0).name = "b";
    fake.stored.at(0).created = "some time ago";
    const Swept swept = sweep_now();
    EXPECT_EQ(swept.deleted.empty(), !written);
    EXPECT_EQ(fake.stored.empty(), written);
    if (written) {
      EXPECT_EQ(open_entries(), 0U);
    }
  }
}

TEST_F(SweepTest, ADryRunListsAndDeletesNothing) {
  killed_run({{"vpc-1", "a"}});
  const Swept swept = sweep_now(true);
  EXPECT_THAT(ids_of(swept.found), ElementsAre("fl-1"));
  EXPECT_THAT(swept.deleted, IsEmpty());
  EXPECT_EQ(fake.sent("DeleteFlowLog"), 0);
  EXPECT_EQ(open_entries(), 1u);
  sweep_now();
  EXPECT_THAT(fake.ids(), IsEmpty());
}

TEST_F(SweepTest, FindsWhatALostAnswerMade) {
  fake.creates = {Create::lost};
  killed_run({{"vpc-1", "a"}});
  EXPECT_THAT(ids_of(sweep_now().deleted), ElementsAre("fl-1"));
  EXPECT_THAT(fake.ids(), IsEmpty());
}

TEST_F(SweepTest, WaitsForWhatMayStillBeUnderWay) {
  fake.creates = {Create::late};
  fake.late_by = 3s;
  killed_run({{"vpc-1", "a"}});
  EXPECT_EQ(sweep_now().deleted.size(), 1u);
  EXPECT_THAT(fake.ids(), IsEmpty());
}

TEST_F(SweepTest, LeavesEveryNeighbourStanding) {
  fake.put("vpc-1", "a", "key-of-default", clock.wall() - 1h);  // there before
  fake.creates = {Create::lost_unmade, Create::well, Create::refused};
  killed_run({{"vpc-1", "a"}, {"vpc-2", "b"}, {"vpc-3", "c"}});
  fake.put("vpc-1", "another name", "key-of-default");
  fake.put("vpc-9", "a", "key-of-default");
  fake.put("vpc-3", "c", "key-of-default");  // ours was refused
  const auto before = fake.ids();
  const Swept swept = sweep_now();
  EXPECT_THAT(ids_of(swept.deleted), ElementsAre("fl-2"));
  EXPECT_THAT(fake.ids(), ElementsAre("fl-1", "fl-3", "fl-4", "fl-5"));
  EXPECT_EQ(before.size(), 5u);
}

// The clock was ahead when the run was killed, and has been put right since.
TEST_F(SweepTest, WhatOnlyAWrongClockSpeaksAgainstIsNeitherDeletedNorClosed) {
  fake.put("vpc-1", "a", "key-of-default", clock.wall() - 8min);
  fake.creates = {Create::lost_unmade};
  killed_run({{"vpc-1", "a"}});
  const Swept swept = sweep_now();
  EXPECT_THAT(swept.deleted, IsEmpty());
  ASSERT_EQ(swept.left.size(), 1u);
  EXPECT_THAT(swept.left[0].reason, HasSubstr("fl-1 stands on its resource"));
  EXPECT_EQ(open_entries(), 1u);
  fake.stored.clear();
  EXPECT_THAT(sweep_now().left, IsEmpty());
  EXPECT_EQ(open_entries(), 0u);
}

TEST_F(SweepTest, AnIdThatWasGivenAgainToANeighbourIsLeftAlone) {
  killed_run({{"vpc-1", "a"}});
  fake.stored.clear();
  fake.stored.push_back({"fl-1", "vpc-7", "neighbour", iso_time(clock.wall()), "key-of-default"});
  EXPECT_THAT(sweep_now().found, IsEmpty());
  EXPECT_THAT(fake.ids(), ElementsAre("fl-1"));
  EXPECT_EQ(open_entries(), 0u);
}

TEST_F(SweepTest, DoesNotTouchWhatALivingRunOwns) {
  const auto living = Journal::open(folder.path, clock);
  Tracker tracker(service, profile, *living, clock);
  tracker.create(*session, call("vpc-1", "a"), account());
  const Swept swept = sweep_now();
  EXPECT_EQ(swept.in_use, 1);
  EXPECT_THAT(swept.found, IsEmpty());
  EXPECT_THAT(fake.ids(), ElementsAre("fl-1"));
}

TEST_F(SweepTest, ALostCreationOfADeadRunIsNotConfusedWithALivingRuns) {
  fake.creates = {Create::lost_unmade};
  killed_run({{"vpc-1", "a"}});
  const auto living = Journal::open(folder.path, clock);
  Tracker tracker(service, profile, *living, clock);
  tracker.create(*session, call("vpc-1", "a"), account());
  EXPECT_THAT(sweep_now().found, IsEmpty());
  EXPECT_THAT(fake.ids(), ElementsAre("fl-1"));
}

TEST_F(SweepTest, WhatIsAlreadyGoneIsClosed) {
  killed_run({{"vpc-1", "a"}});
  fake.stored.clear();
  const Swept swept = sweep_now();
  EXPECT_THAT(swept.found, IsEmpty());
  EXPECT_THAT(swept.left, IsEmpty());
  EXPECT_EQ(open_entries(), 0u);
}

TEST_F(SweepTest, WhatCannotBeDeletedIsLeftWithItsReason) {
  killed_run({{"vpc-1", "a"}});
  fake.deletes_after = Delete::refused;
  const Swept swept = sweep_now();
  ASSERT_EQ(swept.left.size(), 1u);
  EXPECT_THAT(swept.left[0].reason, HasSubstr("HTTP 400"));
  EXPECT_EQ(open_entries(), 1u);
}

TEST_F(SweepTest, AnEndpointThatDoesNotAnswerLeavesEverythingOpen) {
  killed_run({{"vpc-1", "a"}});
  fake.dead = true;
  EXPECT_EQ(sweep_now().left.size(), 1u);
  EXPECT_EQ(open_entries(), 1u);
}

TEST_F(SweepTest, AnotherKeysEntriesAreDeletedWhereSeenAndNeverClosedUnseen) {
  profile.accounts["default"].credentials.access_key = "older-key";
  killed_run({{"vpc-1", "a"}, {"vpc-2", "b"}});
  profile.accounts["default"].credentials.access_key = "key-of-default";
  fake.stored.at(0).key = "key-of-default";  // the same account; the second is in another one
  const Swept swept = sweep_now();
  EXPECT_THAT(ids_of(swept.deleted), ElementsAre("fl-1"));
  EXPECT_EQ(swept.elsewhere, 1);
  EXPECT_THAT(swept.left, IsEmpty());
  EXPECT_EQ(open_entries(), 1u);
}

TEST_F(SweepTest, EntriesOfOtherEndpointsAreCountedAndLeft) {
  profile.endpoint = "http://127.0.0.1:9090";
  killed_run({{"vpc-1", "a"}});
  profile.endpoint = "http://127.0.0.1:8080";
  const Swept swept = sweep_now();
  EXPECT_EQ(swept.elsewhere, 1);
  EXPECT_THAT(swept.found, IsEmpty());
  EXPECT_EQ(open_entries(), 1u);
}

TEST_F(SweepTest, WithNothingOpenNothingIsSent) {
  sweep_now();
  EXPECT_THAT(fake.log, IsEmpty());
}

// Against the embedded endpoint, over real connections.
class MockSweepTest : public testing::Test {
 protected:
  MockSweepTest() : profile(load_profile(mock.profile().dump(), "mock.json")) {}

  Call call(const std::string& resource, const std::string& name) const {
    Call call;
    call.query = {{"Action", service.creator().contract.action},
                  {"Version", service.creator().contract.version},
                  {"FlowLogName", name},
                  {"ResourceType", "vpc"},
                  {"ResourceId", resource},
                  {"TrafficType", "All"},
                  {"LogProjectName", "project"},
                  {"LogTopicName", "topic"}};
    call.may_create = true;
    return call;
  }
  const std::string& vpc(std::size_t index) const {
    return profile.resources_of(*profile.account("default")).free.at("vpc").at(index);
  }
  std::unique_ptr<Client> make_client(Pacer& pacer, Budget& budget) const {
    ClientOptions options;
    set_service(options, service);
    options.endpoint = parse_endpoint(profile.endpoint);
    options.scope = {profile.region, profile.service};
    return std::make_unique<Client>(
        options, [e = options.endpoint] { return make_http_transport(e, {}); }, system_clock(),
        pacer, budget);
  }

  const Service& service = built_in_service();
  mock::Mock mock{service, {}};
  Profile profile;
  StateFolder folder;
  Pacer pacer{0, system_clock()};
  Budget budget{{}, system_clock()};
};

TEST_F(MockSweepTest, TheKeeperLeavesNothing) {
  const auto journal = Journal::open(folder.path, system_clock());
  const auto client = make_client(pacer, budget);
  const auto session = client->open();
  Tracker tracker(service, profile, *journal, system_clock());
  std::string trouble;
  EXPECT_THAT(tracker.strangers(*session, trouble), IsEmpty());
  EXPECT_EQ(trouble, "");
  const Creation first =
      tracker.create(*session, call(vpc(0), "first"), *profile.account("default"));
  ASSERT_EQ(first.state, EntryState::created) << outcome(first.exchange);
  tracker.create(*session, call(vpc(1), "second"), *profile.account("default"));
  EXPECT_EQ(mock.stats().standing, 2);
  EXPECT_TRUE(tracker.remove(*session, first));
  EXPECT_EQ(mock.stats().standing, 1);
  tracker.clean_up(*session);
  EXPECT_EQ(mock.stats().standing, 0);
  EXPECT_THAT(tracker.leftovers(), IsEmpty());
}

// A process that creates and deletes until it is killed.
[[noreturn]] void create_until_killed(const Service& service, const Profile& profile,
                                      const std::string& state, Client& client,
                                      const std::function<Call(int)>& call, int ready) {
  const auto session = client.open();
  const auto journal = Journal::open(state, system_clock());
  Tracker tracker(service, profile, *journal, system_clock());
  for (int i = 0;; ++i) {
    const Creation made = tracker.create(*session, call(i), *profile.account("default"));
    if (i == 0 && write(ready, "x", 1) != 1) _exit(1);
    if (i % 2 == 1) tracker.remove(*session, made);
    if (i % 4 == 3) tracker.clean_up(*session);
  }
}

TEST_F(MockSweepTest, AfterKillsAtAnyMomentASweepLeavesOnlyTheNeighbours) {
  const auto client = make_client(pacer, budget);
  const auto session = client->open();
  const auto neighbours = Journal::in_memory(system_clock());
  Tracker neighbour(service, profile, *neighbours, system_clock());
  const Account& account = *profile.account("default");
  ASSERT_EQ(neighbour.create(*session, call(vpc(4), "of-a-neighbour"), account).state,
            EntryState::created);
  ASSERT_EQ(neighbour.create(*session, call(vpc(5), "a0"), account).state, EntryState::created);

  for (int kill_at = 0; kill_at < 4; ++kill_at) {
    int ready[2];
    ASSERT_EQ(pipe(ready), 0);
    const pid_t child = fork();
    if (child == 0) {
      Pacer own_pacer(0, system_clock());
      Budget own_budget({}, system_clock());
      const auto own = make_client(own_pacer, own_budget);
      create_until_killed(
          service, profile, folder.path, *own,
          [&](int i) {
            return call(vpc(static_cast<std::size_t>(i % 4)), "a" + std::to_string(i));
          },
          ready[1]);
    }
    close(ready[1]);
    char byte = 0;
    ASSERT_EQ(read(ready[0], &byte, 1), 1);
    usleep(static_cast<useconds_t>(kill_at) * 7'000);
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    close(ready[0]);

    SweepOptions options;
    options.tracker.settle = 300ms;
    const auto journal = Journal::open(folder.path, system_clock());
    const Swept swept = sweep(service, profile, *journal, *session, system_clock(), options);
    EXPECT_THAT(swept.left, IsEmpty());
    EXPECT_EQ(mock.stats().standing, 2);
    EXPECT_EQ(Journal::open(folder.path, system_clock())->open_entries().size(), 0u);
  }
}

}  // namespace
}  // namespace flowlog
