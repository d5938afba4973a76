#include "resources/tracker.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/engine/fake_api.h"
#include "tests/resources/tracker_lab.h"

namespace flowlog {
namespace {

using Create = test::FakeApi::Create;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class TrackerTest : public testing::Test, protected test::TrackerLab {};

// Creating

TEST_F(TrackerTest, TheIntentIsInTheJournalWhenTheRequestLeaves) {
  std::vector<JournalEntry> seen;
  fake.before = [&](const Params&) { seen = journal->open_entries(); };
  const Creation creation = create("vpc-2", "名");
  ASSERT_EQ(seen.size(), 1u);
  EXPECT_EQ(seen[0].state, EntryState::intended);
  EXPECT_EQ(seen[0].resource_type, "vpc");
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

TEST_F(TrackerTest, WithoutAJournalNothingIsSent) {
  char name[] = "/tmp/flowlog-tracker-XXXXXX";
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

TEST_F(TrackerTest, TheAccessKeyIsInNoFileOfTheJournal) {
  char name[] = "/tmp/flowlog-tracker-XXXXXX";
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

TEST_F(TrackerTest, ARefusedCreationCostsNoRequestToRemove) {
  fake.creates = {Create::refused};
  const Creation creation = create();
  EXPECT_EQ(state_of(creation), EntryState::refused);
  EXPECT_TRUE(tracker.remove(*session, creation));
  EXPECT_THAT(fake.log, ElementsAre("CreateFlowLog"));
  EXPECT_THAT(tracker.leftovers(), IsEmpty());
}

TEST_F(TrackerTest, ACallThatNeverLeftIsSettled) {
  fake.dead = true;
  EXPECT_EQ(state_of(create()), EntryState::refused);
}

TEST_F(TrackerTest, CreatesForTheAccountThatIsNamed) {
  create("vpc-1", "n", "other");
  EXPECT_EQ(fake.stored.at(0).key, "key-of-other");
}

TEST_F(TrackerTest, CountsWhatTheAnswersToldOfAndAReplayOnce) {
  fake.creates = {Create::well, Create::refused, Create::fault_unmade, Create::no_id,
                  Create::replayed};
  for (int i = 0; i < 5; ++i) create();
  EXPECT_EQ(tracker.made(), 1);
}

// Two runs at once

TEST_F(TrackerTest, TwoRunsOfOneAccountDoNotTouchEachOthers) {
  char name[] = "/tmp/flowlog-tracker-XXXXXX";
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

TEST_F(TrackerTest, ListsEveryPage) {
  fake.page = 2;
  for (int i = 0; i < 5; ++i) fake.put("vpc-1", "n", "key-of-default");
  const Listing listing = tracker.list(*session, account());
  EXPECT_TRUE(listing.complete);
  EXPECT_EQ(listing.flow_logs.size(), 5u);
  EXPECT_EQ(fake.sent("DescribeFlowLogs"), 3);
}

TEST_F(TrackerTest, EndlessPagesEnd) {
  fake.endless_pages = true;
  const Listing listing = tracker.list(*session, account());
  EXPECT_FALSE(listing.complete);
  EXPECT_THAT(listing.trouble, HasSubstr("do not end"));
}

TEST_F(TrackerTest, FindsByResource) {
  fake.put("vpc-1", "n", "key-of-default");
  EXPECT_EQ(tracker.find_by_resource(*session, account(), "vpc-1")->id, "fl-1");
  EXPECT_FALSE(tracker.find_by_resource(*session, account(), "vpc-2"));
}

TEST_F(TrackerTest, StrangersStandOnFreeResourcesAndAreNotInTheJournal) {
  create("vpc-1");
  fake.put("vpc-2", "stranger", "key-of-default");
  fake.put("vpc-9", "on no resource of ours", "key-of-default");
  std::string trouble;
  const auto strangers = tracker.strangers(*session, trouble);
  ASSERT_EQ(strangers.size(), 1u);
  EXPECT_EQ(strangers[0].id, "fl-2");
  EXPECT_EQ(trouble, "");
}

TEST_F(TrackerTest, AnUnreadableListingIsTroubleForTheGuard) {
  fake.listing_broken = true;
  std::string trouble;
  EXPECT_THAT(tracker.strangers(*session, trouble), IsEmpty());
  EXPECT_THAT(trouble, HasSubstr("account default"));
}

}  // namespace
}  // namespace flowlog
