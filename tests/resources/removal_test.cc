// What a tracker removes again, and what stays as a leftover.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "resources/tracker.h"
#include "tests/engine/fake_api.h"
#include "tests/resources/tracker_lab.h"

namespace flowlog {
namespace {

using Create = test::FakeApi::Create;
using Delete = test::FakeApi::Delete;
using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class RemovalTest : public testing::Test, protected test::TrackerLab {
 protected:
  Leftover only_leftover() const {
    const auto left = tracker.leftovers();
    return left.size() == 1 ? left.front() : Leftover{};
  }
};

// Removing

TEST_F(RemovalTest, RemovingWaitsUntilItIsNoLongerReturned) {
  fake.looks_until_gone = 3;
  const Creation creation = create();
  const Deletion deletion = tracker.remove(*session, creation);
  EXPECT_TRUE(deletion);
  EXPECT_THAT(fake.ids(), IsEmpty());
  EXPECT_EQ(fake.sent("DeleteFlowLog"), 1);
  EXPECT_EQ(deletion.answer->response()->status, 200);
  EXPECT_EQ(state_of(creation), EntryState::deleted);
}

TEST_F(RemovalTest, NotFoundOnDeletionIsSuccess) {
  const Creation creation = create();
  fake.stored.clear();
  EXPECT_TRUE(tracker.remove(*session, creation));
  EXPECT_EQ(state_of(creation), EntryState::deleted);
}

TEST_F(RemovalTest, NotFoundCountsAlsoWhenNothingCanBeListed) {
  const Creation creation = create();
  fake.stored.clear();
  fake.listing_broken = true;
  EXPECT_TRUE(tracker.remove(*session, creation));
}

TEST_F(RemovalTest, NotFoundForWhatIsStillReturnedIsNoSuccess) {
  fake.deletes = {Delete::missing};
  EXPECT_TRUE(tracker.remove(*session, create()));
  EXPECT_THAT(fake.ids(), IsEmpty());
}

TEST_F(RemovalTest, ADeletionThatIsRefusedForAWhileIsTriedAgain) {
  fake.deletes = {Delete::refused, Delete::refused, Delete::refused};
  EXPECT_TRUE(tracker.remove(*session, create()));
  EXPECT_THAT(fake.ids(), IsEmpty());
}

TEST_F(RemovalTest, ADeletionWithoutAnswerIsTriedAgain) {
  fake.deletes = {Delete::silent, Delete::silent};
  EXPECT_TRUE(tracker.remove(*session, create()));
  EXPECT_THAT(fake.ids(), IsEmpty());
}

TEST_F(RemovalTest, ThrottledDeletionsAreTriedBeyondTheUsualPatience) {
  const Creation creation = create();
  fake.deletes_after = Delete::throttled;
  const Instant start = clock.now();
  fake.before = [&](const Params&) {
    if (clock.now() - start > 3min) fake.deletes_after = Delete::well;
  };
  EXPECT_TRUE(tracker.remove(*session, creation));
  EXPECT_GT(clock.now() - start, 3min);
}

TEST_F(RemovalTest, RefusedForEverBecomesALeftoverInBoundedTime) {
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

TEST_F(RemovalTest, AcceptedButStillReturnedBecomesALeftover) {
  fake.deletes_after = Delete::ignored;
  const Deletion deletion = tracker.remove(*session, create());
  EXPECT_FALSE(deletion);
  EXPECT_THAT(deletion.why, HasSubstr("still returned as Active"));
}

TEST_F(RemovalTest, AfterOneInVainTheNextGetLessPatience) {
  fake.deletes_after = Delete::refused;
  EXPECT_FALSE(tracker.remove(*session, create("vpc-1")));
  const Instant start = clock.now();
  EXPECT_FALSE(tracker.remove(*session, create("vpc-2")));
  EXPECT_LE(clock.now() - start, 10s);
}

TEST_F(RemovalTest, AnEndpointThatIsGoneIsGivenUpSoon) {
  const Creation creation = create();
  fake.dead = true;
  const Instant start = clock.now();
  EXPECT_FALSE(tracker.remove(*session, creation));
  EXPECT_LE(clock.now() - start, 40s);
}

TEST_F(RemovalTest, AReplayOfOneFlowLogIsSettledWithIt) {
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

TEST_F(RemovalTest, WhatALostAnswerMadeIsFoundAndDeleted) {
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

TEST_F(RemovalTest, WhatIsMadeAfterTheDeadlineIsWaitedFor) {
  fake.creates = {Create::late};
  fake.late_by = 3s;
  EXPECT_TRUE(tracker.remove(*session, create()));
  EXPECT_EQ(fake.sent("DeleteFlowLog"), 1);
  EXPECT_THAT(fake.ids(), IsEmpty());
}

TEST_F(RemovalTest, ALostCreationThatMadeNothingIsClosedByCleaningUp) {
  fake.creates = {Create::lost_unmade};
  const Creation creation = create();
  EXPECT_TRUE(tracker.remove(*session, creation));
  EXPECT_EQ(state_of(creation), EntryState::unknown);  // it may still turn up
  tracker.clean_up(*session);
  EXPECT_EQ(state_of(creation), EntryState::refused);
  EXPECT_THAT(tracker.leftovers(), IsEmpty());
}

TEST_F(RemovalTest, AfterAHundredAnswersThatMadeNothingCleaningUpIsEnough) {
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

TEST_F(RemovalTest, ALostCreationLeavesTheNeighboursAlone) {
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

TEST_F(RemovalTest, AWrongIdInTheAnswerLeavesNothing) {
  fake.creates = {Create::wrong_id};
  EXPECT_TRUE(tracker.remove(*session, create()));
  EXPECT_THAT(fake.ids(), IsEmpty());
}

TEST_F(RemovalTest, ALostCreationThatCannotBeLookedForIsALeftover) {
  fake.creates = {Create::lost};
  const Creation creation = create();
  fake.listing_broken = true;
  EXPECT_FALSE(tracker.remove(*session, creation));
  tracker.clean_up(*session);
  EXPECT_THAT(only_leftover().reason, HasSubstr("could not be looked for"));
  EXPECT_EQ(only_leftover().flow_log_id, "");
}

// What was refused and made all the same

TEST_F(RemovalTest, CleaningUpFindsWhatWasMadeAlthoughItWasRefused) {
  fake.creates = {Create::refused_but_made};
  tracker.remove(*session, create());
  ASSERT_EQ(fake.stored.size(), 1u);
  tracker.clean_up(*session);
  EXPECT_THAT(fake.ids(), IsEmpty());
  EXPECT_THAT(tracker.leftovers(), IsEmpty());
}

TEST_F(RemovalTest, WhatWasRefusedAndMadeIsOursAndCanBeRemoved) {
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

TEST_F(RemovalTest, WhatIsShownLateIsNotTakenForGone) {
  fake.shown_after = std::chrono::milliseconds(300);
  fake.looks_until_gone = 1;
  tracker.saw_lag(std::chrono::milliseconds(300));
  const Creation creation = create();
  EXPECT_TRUE(tracker.remove(*session, creation));
  EXPECT_GE(clock.passed(), std::chrono::milliseconds(300));
  EXPECT_THAT(fake.ids(), IsEmpty());
}

TEST_F(RemovalTest, WhatAFaultMadeIsWaitedForWhereThingsAreShownLate) {
  fake.creates = {Create::fault};
  fake.shown_after = std::chrono::seconds(1);
  tracker.saw_lag(std::chrono::seconds(1));
  const Creation creation = create();
  EXPECT_TRUE(tracker.remove(*session, creation));
  EXPECT_THAT(fake.ids(), IsEmpty());
}

TEST_F(RemovalTest, AFlowLogOfSomeoneElseIsNotRemoved) {
  create("vpc-1");
  fake.put("vpc-2", "neighbour", "key-of-default");
  const Listing listing = tracker.list(*session, account());
  EXPECT_FALSE(tracker.remove(*session, account(), *listing.find("fl-2")));
  EXPECT_FALSE(tracker.remove(*session, account(), "fl-2"));
  EXPECT_THAT(fake.ids(), ElementsAre("fl-1", "fl-2"));
  EXPECT_TRUE(tracker.remove(*session, account(), "fl-1"));
}

// Cleaning up

TEST_F(RemovalTest, CleaningUpDeletesTheNewestFirst) {
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

TEST_F(RemovalTest, CleaningUpWorksAfterTheRunWasCancelled) {
  create();
  client.cancel();
  tracker.clean_up(*session);
  EXPECT_THAT(fake.ids(), IsEmpty());
}

TEST_F(RemovalTest, AfterAStopThrottledDeletionsAreGivenUpWithinAMinute) {
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

TEST_F(RemovalTest, AStopBoundsTheRemovalThatIsUnderWay) {
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

TEST_F(RemovalTest, AfterAStopWhatWasThrottledForAWhileIsStillDeleted) {
  create();
  fake.deletes = std::vector<Delete>(5, Delete::throttled);
  client.cancel(clock.now() + TrackerOptions{}.after_stop);
  tracker.clean_up(*session);
  EXPECT_THAT(fake.ids(), IsEmpty());
  EXPECT_THAT(tracker.leftovers(), IsEmpty());
}

TEST_F(RemovalTest, CleaningUpWithoutCreationsSendsNothing) {
  tracker.clean_up(*session);
  EXPECT_THAT(fake.log, IsEmpty());
}

}  // namespace
}  // namespace flowlog
