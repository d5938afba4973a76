#include "resources/tracker.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/engine/fake_api.h"

namespace flowlog {
namespace {

using Create = test::FakeApi::Create;
using Delete = test::FakeApi::Delete;
using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class KeeperTest : public testing::Test, protected test::Lab {
 protected:
  Creation create(const std::string& resource = "vpc-1", const std::string& name = "n",
                  const std::string& owner = "default") {
    return tracker.create(*session, call(resource, name), account(owner));
  }
  EntryState state_of(const Creation& creation) const {
    return journal->entry(creation.entry)->state;
  }
  Leftover only_leftover() const {
    const auto left = tracker.leftovers();
    return left.size() == 1 ? left.front() : Leftover{};
  }

  std::unique_ptr<Journal> journal = Journal::in_memory(clock);
  Tracker tracker{service, profile, *journal, clock};
};

// Creating

TEST_F(KeeperTest, TheIntentIsInTheJournalWhenTheRequestLeaves) {
  std::vector<JournalEntry> seen;
  fake.before = [&](const Params&) { seen = journal->open_entries(); };
  const Creation creation = create("vpc-2", "名");
  ASSERT_EQ(seen.size(), 1u);
  EXPECT_EQ(seen[0].state, EntryState::intended);
  EXPECT_EQ(seen[0].text("ResourceType"), "vpc");
  EXPECT_EQ(seen[0].resource_id, "vpc-2");
  EXPECT_EQ(seen[0].name, "名");
  EXPECT_EQ(seen[0].token, "t");
  EXPECT_EQ(seen[0].check, "check");
  EXPECT_EQ(seen[0].owner.endpoint, "http://127.0.0.1:8080/");
  EXPECT_EQ(seen[0].owner.region, "cn-beijing");
  EXPECT_EQ(seen[0].owner.account, "default");
  EXPECT_EQ(creation.flow_log_id, "fl-1");
  EXPECT_EQ(journal->entry(creation.entry)->flow_log_id, "fl-1");
  EXPECT_EQ(state_of(creation), EntryState::created);
}

TEST_F(KeeperTest, WithoutAJournalNothingIsSent) {
  char name[] = "/tmp/flowlog-keeper-XXXXXX";
  const std::string dir = mkdtemp(name);
  {
    const auto broken = Journal::open(dir, clock);
    sqlite3* db = nullptr;
    ASSERT_EQ(sqlite3_open((dir + "/journal.db").c_str(), &db), SQLITE_OK);
    sqlite3_exec(db, "DROP TABLE entries", nullptr, nullptr, nullptr);
    sqlite3_close(db);
    Tracker careful(service, profile, *broken, clock);
    const Creation creation = careful.create(*session, call("vpc-1", "n"), account());
    ASSERT_NE(creation.exchange.failure(), nullptr);
    EXPECT_THAT(creation.exchange.failure()->text, HasSubstr("journal"));
    EXPECT_TRUE(careful.remove(*session, creation));
  }
  EXPECT_THAT(fake.log, IsEmpty());
  std::filesystem::remove_all(dir);
}

TEST_F(KeeperTest, TheAccessKeyIsInNoFileOfTheJournal) {
  char name[] = "/tmp/flowlog-keeper-XXXXXX";
  const std::string dir = mkdtemp(name);
  {
    const auto on_disk = Journal::open(dir, clock);
    Tracker writer(service, profile, *on_disk, clock);
    writer.create(*session, call("vpc-1", "n"), account());
    for (const auto& file : std::filesystem::recursive_directory_iterator(dir)) {
      if (!file.is_regular_file()) continue;
      std::stringstream text;
      text << std::ifstream(file.path(), std::ios::binary).rdbuf();
      EXPECT_THAT(text.str(), testing::Not(HasSubstr("key-of-default"))) << file.path();
    }
  }
  std::filesystem::remove_all(dir);
}

TEST_F(KeeperTest, ARefusedCreationCostsNoRequestToRemove) {
  fake.creates = {Create::refused};
  const Creation creation = create();
  EXPECT_EQ(state_of(creation), EntryState::refused);
  EXPECT_TRUE(tracker.remove(*session, creation));
  EXPECT_THAT(fake.log, ElementsAre("CreateFlowLog"));
  EXPECT_THAT(tracker.leftovers(), IsEmpty());
}

TEST_F(KeeperTest, ACallThatNeverLeftIsSettled) {
  fake.dead = true;
  EXPECT_EQ(state_of(create()), EntryState::refused);
}

TEST_F(KeeperTest, CreatesForTheAccountThatIsNamed) {
  create("vpc-1", "n", "other");
  EXPECT_EQ(fake.stored.at(0).key, "key-of-other");
}

TEST_F(KeeperTest, CountsWhatTheAnswersToldOfAndAReplayOnce) {
  fake.creates = {Create::well, Create::refused, Create::fault_unmade, Create::no_id,
                  Create::replayed};
  for (int i = 0; i < 5; ++i) create();
  EXPECT_EQ(tracker.made(), 1);
}

// Removing

TEST_F(KeeperTest, RemovingWaitsUntilItIsNoLongerReturned) {
  fake.looks_until_gone = 3;
  const Creation creation = create();
  const Deletion deletion = tracker.remove(*session, creation);
  EXPECT_TRUE(deletion);
  EXPECT_THAT(fake.ids(), IsEmpty());
  EXPECT_EQ(fake.sent("DeleteFlowLog"), 1);
  EXPECT_EQ(deletion.answer->response()->status, 200);
  EXPECT_EQ(state_of(creation), EntryState::deleted);
}

TEST_F(KeeperTest, NotFoundOnDeletionIsSuccess) {
  const Creation creation = create();
  fake.stored.clear();
  EXPECT_TRUE(tracker.remove(*session, creation));
  EXPECT_EQ(state_of(creation), EntryState::deleted);
}

TEST_F(KeeperTest, NotFoundCountsAlsoWhenNothingCanBeListed) {
  const Creation creation = create();
  fake.stored.clear();
  fake.listing_broken = true;
  EXPECT_TRUE(tracker.remove(*session, creation));
}

TEST_F(KeeperTest, NotFoundForWhatIsStillReturnedIsNoSuccess) {
  fake.deletes = {Delete::missing};
  EXPECT_TRUE(tracker.remove(*session, create()));
  EXPECT_THAT(fake.ids(), IsEmpty());
}

TEST_F(KeeperTest, ADeletionThatIsRefusedForAWhileIsTriedAgain) {
  fake.deletes = {Delete::refused, Delete::refused, Delete::refused};
  EXPECT_TRUE(tracker.remove(*session, create()));
  EXPECT_THAT(fake.ids(), IsEmpty());
}

TEST_F(KeeperTest, ADeletionWithoutAnswerIsTriedAgain) {
  fake.deletes = {Delete::silent, Delete::silent};
  EXPECT_TRUE(tracker.remove(*session, create()));
  EXPECT_THAT(fake.ids(), IsEmpty());
}

TEST_F(KeeperTest, ThrottledDeletionsAreTriedBeyondTheUsualPatience) {
  const Creation creation = create();
  fake.deletes_after = Delete::throttled;
  const Instant start = clock.now();
  fake.before = [&](const Params&) {
    if (clock.now() - start > 3min) fake.deletes_after = Delete::well;
  };
  EXPECT_TRUE(tracker.remove(*session, creation));
  EXPECT_GT(clock.now() - start, 3min);
}

TEST_F(KeeperTest, RefusedForEverBecomesALeftoverInBoundedTime) {
  fake.deletes_after = Delete::refused;
  const Creation creation = create("vpc-2", "name");
  const Instant start = clock.now();
  const Deletion deletion = tracker.remove(*session, creation);
  EXPECT_FALSE(deletion);
  EXPECT_THAT(deletion.why, HasSubstr("HTTP 400 InvalidFlowLog.InvalidStatus"));
  EXPECT_LE(clock.now() - start, 70s);
  EXPECT_LE(fake.log.size(), 120u);
  const Leftover left = only_leftover();
  EXPECT_EQ(left.account, "default");
  EXPECT_EQ(left.flow_log_id, "fl-1");
  EXPECT_EQ(left.resource_id, "vpc-2");
  EXPECT_EQ(left.name, "name");
  EXPECT_EQ(left.reason, deletion.why);
  EXPECT_EQ(journal->open_entries().size(), 1u);
}

TEST_F(KeeperTest, AcceptedButStillReturnedBecomesALeftover) {
  fake.deletes_after = Delete::ignored;
  const Deletion deletion = tracker.remove(*session, create());
  EXPECT_FALSE(deletion);
  EXPECT_THAT(deletion.why, HasSubstr("still returned as Active"));
}

TEST_F(KeeperTest, AfterOneInVainTheNextGetLessPatience) {
  fake.deletes_after = Delete::refused;
  EXPECT_FALSE(tracker.remove(*session, create("vpc-1")));
  const Instant start = clock.now();
  EXPECT_FALSE(tracker.remove(*session, create("vpc-2")));
  EXPECT_LE(clock.now() - start, 10s);
}

TEST_F(KeeperTest, AnEndpointThatIsGoneIsGivenUpSoon) {
  const Creation creation = create();
  fake.dead = true;
  const Instant start = clock.now();
  EXPECT_FALSE(tracker.remove(*session, creation));
  EXPECT_LE(clock.now() - start, 40s);
}

TEST_F(KeeperTest, AReplayOfOneFlowLogIsSettledWithIt) {
  fake.creates = {Create::well, Create::replayed};
  const Creation first = create();
  const Creation second = create();
  ASSERT_EQ(second.flow_log_id, first.flow_log_id);
  EXPECT_TRUE(tracker.remove(*session, first));
  EXPECT_EQ(state_of(second), EntryState::deleted);
  fake.log.clear();
  EXPECT_TRUE(tracker.remove(*session, second));
  EXPECT_THAT(fake.log, IsEmpty());
}

// What was lost

TEST_F(KeeperTest, WhatALostAnswerMadeIsFoundAndDeleted) {
  for (const Create how : {Create::lost, Create::fault, Create::no_id}) {
    fake.creates = {how};
    const Creation creation = create();
    EXPECT_EQ(creation.state, EntryState::unknown);
    ASSERT_EQ(fake.stored.size(), 1u);
    EXPECT_TRUE(tracker.remove(*session, creation));
    EXPECT_THAT(fake.ids(), IsEmpty());
    EXPECT_EQ(state_of(creation), EntryState::deleted);
  }
}

TEST_F(KeeperTest, WhatIsMadeAfterTheDeadlineIsWaitedFor) {
  fake.creates = {Create::late};
  fake.late_by = 3s;
  EXPECT_TRUE(tracker.remove(*session, create()));
  EXPECT_EQ(fake.sent("DeleteFlowLog"), 1);
  EXPECT_THAT(fake.ids(), IsEmpty());
}

TEST_F(KeeperTest, ALostCreationThatMadeNothingIsClosedByCleaningUp) {
  fake.creates = {Create::lost_unmade};
  const Creation creation = create();
  EXPECT_TRUE(tracker.remove(*session, creation));
  EXPECT_EQ(state_of(creation), EntryState::unknown);  // it may still turn up
  tracker.clean_up(*session);
  EXPECT_EQ(state_of(creation), EntryState::refused);
  EXPECT_THAT(tracker.leftovers(), IsEmpty());
}

TEST_F(KeeperTest, AfterAHundredAnswersThatMadeNothingCleaningUpIsEnough) {
  for (int i = 0; i < 100; ++i) {
    fake.creates = {Create::fault_unmade};
    EXPECT_TRUE(tracker.remove(*session, create()));
  }
  fake.log.clear();
  fake.creates = {Create::fault};
  EXPECT_TRUE(tracker.remove(*session, create()));
  EXPECT_EQ(fake.sent("DescribeFlowLogs"), 0);
  ASSERT_EQ(fake.stored.size(), 1u);
  tracker.clean_up(*session);
  EXPECT_THAT(fake.ids(), IsEmpty());
  EXPECT_THAT(tracker.leftovers(), IsEmpty());
}

TEST_F(KeeperTest, ALostCreationLeavesTheNeighboursAlone) {
  const WallTime now = clock.wall();
  fake.put("vpc-1", "neighbour", "key-of-default");
  fake.put("vpc-9", "n", "key-of-default");
  fake.put("vpc-1", "n", "key-of-other");
  fake.put("vpc-1", "n", "key-of-default", now - 1h);
  fake.creates = {Create::lost_unmade};
  tracker.remove(*session, create());
  tracker.clean_up(*session);
  EXPECT_THAT(fake.ids(), ElementsAre("fl-1", "fl-2", "fl-3", "fl-4"));
  EXPECT_EQ(fake.sent("DeleteFlowLog"), 0);
}

TEST_F(KeeperTest, AWrongIdInTheAnswerLeavesNothing) {
  fake.creates = {Create::wrong_id};
  EXPECT_TRUE(tracker.remove(*session, create()));
  EXPECT_THAT(fake.ids(), IsEmpty());
}

TEST_F(KeeperTest, ALostCreationThatCannotBeLookedForIsALeftover) {
  fake.creates = {Create::lost};
  const Creation creation = create();
  fake.listing_broken = true;
  EXPECT_FALSE(tracker.remove(*session, creation));
  tracker.clean_up(*session);
  EXPECT_THAT(only_leftover().reason, HasSubstr("could not be looked for"));
  EXPECT_EQ(only_leftover().flow_log_id, "");
}

// What was refused and made all the same

TEST_F(KeeperTest, CleaningUpFindsWhatWasMadeAlthoughItWasRefused) {
  fake.creates = {Create::refused_but_made};
  tracker.remove(*session, create());
  ASSERT_EQ(fake.stored.size(), 1u);
  tracker.clean_up(*session);
  EXPECT_THAT(fake.ids(), IsEmpty());
  EXPECT_THAT(tracker.leftovers(), IsEmpty());
}

TEST_F(KeeperTest, WhatWasRefusedAndMadeIsOursAndCanBeRemoved) {
  fake.creates = {Create::refused_but_made};
  create();
  fake.put("vpc-2", "neighbour", "key-of-default");
  const Listing listing = tracker.list(*session, account());
  const auto ours = tracker.ours(listing, account());
  ASSERT_EQ(ours.size(), 1u);
  EXPECT_EQ(ours[0].id, "fl-1");
  EXPECT_TRUE(tracker.remove(*session, account(), ours[0]));
  EXPECT_THAT(fake.ids(), ElementsAre("fl-2"));
}

TEST_F(KeeperTest, WhatIsShownLateIsNotTakenForGone) {
  fake.shown_after = std::chrono::milliseconds(300);
  fake.looks_until_gone = 1;
  tracker.saw_lag(std::chrono::milliseconds(300));
  const Creation creation = create();
  EXPECT_TRUE(tracker.remove(*session, creation));
  EXPECT_GE(clock.passed(), std::chrono::milliseconds(300));
  EXPECT_THAT(fake.ids(), IsEmpty());
}

TEST_F(KeeperTest, WhatAFaultMadeIsWaitedForWhereThingsAreShownLate) {
  fake.creates = {Create::fault};
  fake.shown_after = std::chrono::seconds(1);
  tracker.saw_lag(std::chrono::seconds(1));
  const Creation creation = create();
  EXPECT_TRUE(tracker.remove(*session, creation));
  EXPECT_THAT(fake.ids(), IsEmpty());
}

TEST_F(KeeperTest, AFlowLogOfSomeoneElseIsNotRemoved) {
  create("vpc-1");
  fake.put("vpc-2", "neighbour", "key-of-default");
  const Listing listing = tracker.list(*session, account());
  EXPECT_FALSE(tracker.remove(*session, account(), *listing.find("fl-2")));
  EXPECT_FALSE(tracker.remove(*session, account(), "fl-2"));
  EXPECT_THAT(fake.ids(), ElementsAre("fl-1", "fl-2"));
  EXPECT_TRUE(tracker.remove(*session, account(), "fl-1"));
}

// Cleaning up

TEST_F(KeeperTest, CleaningUpDeletesTheNewestFirst) {
  std::vector<std::string> order;
  fake.before = [&](const Params& params) {
    if (find(params, "Action") == "DeleteFlowLog") order.push_back(*find(params, "FlowLogId"));
  };
  create("vpc-1");
  create("vpc-2");
  create("vpc-3", "n", "other");
  tracker.clean_up(*session);
  EXPECT_THAT(order, ElementsAre("fl-3", "fl-2", "fl-1"));
  EXPECT_THAT(fake.ids(), IsEmpty());
}

TEST_F(KeeperTest, CleaningUpWorksAfterTheRunWasCancelled) {
  create();
  client.cancel();
  tracker.clean_up(*session);
  EXPECT_THAT(fake.ids(), IsEmpty());
}

TEST_F(KeeperTest, AfterAStopThrottledDeletionsAreGivenUpWithinAMinute) {
  for (const char* resource : {"vpc-1", "vpc-2", "vpc-3"}) create(resource);
  fake.deletes_after = Delete::throttled;
  const Instant start = clock.now();
  client.cancel(start + TrackerOptions{}.after_stop);
  tracker.clean_up(*session);
  EXPECT_GT(clock.now() - start, 50s);
  EXPECT_LE(clock.now() - start, 65s);
  EXPECT_THAT(fake.ids(), ElementsAre("fl-1", "fl-2", "fl-3"));
  EXPECT_EQ(tracker.leftovers().size(), 3u);
  EXPECT_EQ(journal->open_entries().size(), 3u);
}

TEST_F(KeeperTest, AStopBoundsTheRemovalThatIsUnderWay) {
  const Creation creation = create();
  fake.deletes_after = Delete::throttled;
  const Instant start = clock.now();
  bool stopped = false;
  fake.before = [&](const Params&) {
    if (stopped || clock.now() - start < 20s) return;
    stopped = true;
    client.cancel(clock.now() + TrackerOptions{}.after_stop);
  };
  const Deletion deletion = tracker.remove(*session, creation);
  EXPECT_FALSE(deletion);
  EXPECT_THAT(deletion.why, HasSubstr("429"));
  tracker.clean_up(*session);
  EXPECT_TRUE(stopped);
  EXPECT_LE(clock.now() - start, 110s);
  EXPECT_EQ(only_leftover().flow_log_id, "fl-1");
}

TEST_F(KeeperTest, AfterAStopWhatWasThrottledForAWhileIsStillDeleted) {
  create();
  fake.deletes = std::vector<Delete>(5, Delete::throttled);
  client.cancel(clock.now() + TrackerOptions{}.after_stop);
  tracker.clean_up(*session);
  EXPECT_THAT(fake.ids(), IsEmpty());
  EXPECT_THAT(tracker.leftovers(), IsEmpty());
}

TEST_F(KeeperTest, CleaningUpWithoutCreationsSendsNothing) {
  tracker.clean_up(*session);
  EXPECT_THAT(fake.log, IsEmpty());
}

// Two runs at once

TEST_F(KeeperTest, TwoRunsOfOneAccountDoNotTouchEachOthers) {
  char name[] = "/tmp/flowlog-keeper-XXXXXX";
  const std::string dir = mkdtemp(name);
  {
    const auto a = Journal::open(dir, clock);
    const auto b = Journal::open(dir, clock);
    Tracker first(service, profile, *a, clock);
    Tracker second(service, profile, *b, clock);
    fake.creates = {Create::lost_unmade};
    const Creation lost = first.create(*session, call("vpc-1", "n"), account());
    second.create(*session, call("vpc-1", "n"), account());  // the same name on the same resource
    first.remove(*session, lost);
    first.clean_up(*session);
    EXPECT_THAT(fake.ids(), ElementsAre("fl-1"));
    second.clean_up(*session);
    EXPECT_THAT(fake.ids(), IsEmpty());
  }
  std::filesystem::remove_all(dir);
}

// Listing and the guard

TEST_F(KeeperTest, ListsEveryPage) {
  fake.page = 2;
  for (int i = 0; i < 5; ++i) fake.put("vpc-1", "n", "key-of-default");
  const Listing listing = tracker.list(*session, account());
  EXPECT_TRUE(listing.complete);
  EXPECT_EQ(listing.flow_logs.size(), 5u);
  EXPECT_EQ(fake.sent("DescribeFlowLogs"), 3);
}

TEST_F(KeeperTest, EndlessPagesEnd) {
  fake.endless_pages = true;
  const Listing listing = tracker.list(*session, account());
  EXPECT_FALSE(listing.complete);
  EXPECT_THAT(listing.trouble, HasSubstr("do not end"));
}

TEST_F(KeeperTest, FindsByResource) {
  fake.put("vpc-1", "n", "key-of-default");
  EXPECT_EQ(tracker.find_by_resource(*session, account(), "vpc-1")->id, "fl-1");
  EXPECT_FALSE(tracker.find_by_resource(*session, account(), "vpc-2"));
}

TEST_F(KeeperTest, StrangersStandOnFreeResourcesAndAreNotInTheJournal) {
  create("vpc-1");
  fake.put("vpc-2", "stranger", "key-of-default");
  fake.put("vpc-9", "on no resource of ours", "key-of-default");
  std::string trouble;
  const auto strangers = tracker.strangers(*session, trouble);
  ASSERT_EQ(strangers.size(), 1u);
  EXPECT_EQ(strangers[0].id, "fl-2");
  EXPECT_EQ(trouble, "");
}

TEST_F(KeeperTest, AnUnreadableListingIsTroubleForTheGuard) {
  fake.listing_broken = true;
  std::string trouble;
  EXPECT_THAT(tracker.strangers(*session, trouble), IsEmpty());
  EXPECT_THAT(trouble, HasSubstr("account default"));
}

}  // namespace
}  // namespace flowlog
