#include "resources/journal.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

#include "base/json_node.h"

namespace flowlog {
namespace {

namespace fs = std::filesystem;

// A folder of its own, gone with the test.
class JournalTest : public testing::Test {
 protected:
  JournalTest() {
    char name[] = "/tmp/flowlog-journal-XXXXXX";
    dir_ = mkdtemp(name);
  }
  ~JournalTest() override { fs::remove_all(dir_); }

  std::unique_ptr<Journal> open() { return Journal::open(dir_, system_clock()); }
  // What stops it from opening, or "".
  std::string complaint(const std::string& dir) {
    try {
      Journal::open(dir, system_clock());
      return "";
    } catch (const InputError& error) {
      return error.what();
    }
  }

  std::string dir_;
};

JournalEntry entry_on(const std::string& resource, const std::string& account = "default") {
  JournalEntry entry;
  entry.owner = {"http://127.0.0.1:80/", "cn-beijing", account, "hash of " + account};
  entry.resource_type = "vpc";
  entry.resource_id = resource;
  entry.name = "name";
  entry.token = "token";
  entry.check = "check";
  return entry;
}

class Variable {
 public:
  Variable(const char* name, const char* value) : name_(name) {
    if (const char* old = std::getenv(name)) old_ = old;
    value == nullptr ? unsetenv(name) : setenv(name, value, 1);
  }
  ~Variable() { old_ ? setenv(name_, old_->c_str(), 1) : unsetenv(name_); }

 private:
  const char* name_;
  std::optional<std::string> old_;
};

TEST(StateDir, PrefersTheOptionThenXdgThenHome) {
  const Variable home("HOME", "/home/someone");
  {
    const Variable state("XDG_STATE_HOME", "/state");
    EXPECT_EQ(state_dir("/mine"), "/mine");
    EXPECT_EQ(state_dir(""), "/state/flowlog-conformance");
  }
  const Variable none("XDG_STATE_HOME", nullptr);
  EXPECT_EQ(state_dir(""), "/home/someone/.local/state/flowlog-conformance");
}

TEST(StateDir, IgnoresARelativeXdgFolderAndRefusesWithoutAny) {
  const Variable state("XDG_STATE_HOME", "relative");
  const Variable home("HOME", nullptr);
  EXPECT_THROW(state_dir(""), InputError);
}

TEST_F(JournalTest, AnotherProcessSeesAnIntentAtOnce) {
  const auto journal = open();
  const auto id = journal->intend(entry_on("vpc-1"));
  ASSERT_TRUE(id);
  const auto entries = open()->open_entries();
  ASSERT_EQ(entries.size(), 1u);
  EXPECT_EQ(entries[0].id, *id);
  EXPECT_EQ(entries[0].run, journal->run());
  EXPECT_EQ(entries[0].state, EntryState::intended);
  EXPECT_EQ(entries[0].resource_id, "vpc-1");
  EXPECT_EQ(entries[0].owner.account, "default");
  EXPECT_EQ(entries[0].token, "token");
  EXPECT_EQ(entries[0].check, "check");
}

TEST_F(JournalTest, KeepsAnyBytesOfANameAndTellsNoneFromEmpty) {
  const auto journal = open();
  JournalEntry odd = entry_on("vpc-1");
  odd.name = std::string("a\0b\xff流", 7);
  JournalEntry empty = entry_on("vpc-2");
  empty.name = "";
  JournalEntry none = entry_on("vpc-3");
  none.name.reset();
  for (const auto& entry : {odd, empty, none}) ASSERT_TRUE(journal->intend(entry));
  const auto entries = journal->open_entries();
  ASSERT_EQ(entries.size(), 3u);
  EXPECT_EQ(entries[0].name, odd.name);
  EXPECT_EQ(entries[1].name, std::optional<std::string>(""));
  EXPECT_EQ(entries[2].name, std::nullopt);
}

TEST_F(JournalTest, OnlyWhatStandsOrMayStandIsOpen) {
  const auto journal = open();
  std::vector<std::int64_t> ids;
  for (int i = 0; i < 5; ++i) ids.push_back(journal->intend(entry_on("vpc-1")).value());
  journal->settle(ids[1], EntryState::created, "fl-1");
  journal->settle(ids[2], EntryState::refused);
  journal->settle(ids[3], EntryState::unknown);
  journal->settle(ids[4], EntryState::created, "fl-2");
  journal->settle(ids[4], EntryState::deleted);
  const auto entries = journal->open_entries();
  ASSERT_EQ(entries.size(), 3u);
  EXPECT_EQ(entries[0].id, ids[0]);
  EXPECT_EQ(entries[1].flow_log_id, "fl-1");
  EXPECT_EQ(entries[2].state, EntryState::unknown);
  EXPECT_EQ(journal->entry(ids[4])->flow_log_id, "fl-2");  // kept when closed
  EXPECT_EQ(journal->entry(ids[4])->state, EntryState::deleted);
}

TEST_F(JournalTest, FindsAnOwnersEntriesByKeyOrByName) {
  const auto journal = open();
  JournalEntry rotated = entry_on("vpc-2");
  rotated.owner.key_hash = "an older key";
  JournalEntry renamed = entry_on("vpc-3");
  renamed.owner.account = "other";
  JournalEntry foreign = entry_on("vpc-4", "other");
  JournalEntry elsewhere = entry_on("vpc-5");
  elsewhere.owner.endpoint = "http://127.0.0.1:81/";
  JournalEntry region = entry_on("vpc-6");
  region.owner.region = "cn-shanghai";
  for (const auto& entry : {entry_on("vpc-1"), rotated, renamed, foreign, elsewhere, region}) {
    ASSERT_TRUE(journal->intend(entry));
  }
  std::vector<std::string> found;
  for (const auto& entry : journal->open_entries(entry_on("").owner)) {
    found.push_back(entry.resource_id);
  }
  EXPECT_EQ(found, (std::vector<std::string>{"vpc-1", "vpc-2", "vpc-3"}));
}

TEST_F(JournalTest, FindsEntriesByFlowLogInAnyState) {
  const auto journal = open();
  const auto id = journal->intend(entry_on("vpc-1")).value();
  journal->settle(id, EntryState::created, "fl-1");
  journal->settle(id, EntryState::deleted);
  EXPECT_EQ(journal->entries_of(entry_on("").owner, "fl-1").size(), 1u);
  EXPECT_TRUE(journal->entries_of(entry_on("").owner, "fl-2").empty());
  EXPECT_TRUE(journal->entries_of(entry_on("", "other").owner, "fl-1").empty());
}

TEST_F(JournalTest, ALivingRunCannotBeTakenOverAnEndedOneCanOnce) {
  const auto mine = open();
  auto other = open();
  const std::string run = other->run();
  EXPECT_NE(run, mine->run());
  EXPECT_EQ(mine->claim(run), nullptr);
  EXPECT_EQ(mine->claim(mine->run()), nullptr);
  other.reset();
  const auto claim = mine->claim(run);
  EXPECT_NE(claim, nullptr);
  EXPECT_EQ(open()->claim(run), nullptr);
}

TEST_F(JournalTest, AResourceIsKeptForOneLivingRunOfAnEndpoint) {
  const auto mine = open();
  auto other = open();
  const Owner owner = entry_on("vpc-1").owner;
  Owner elsewhere = owner;
  elsewhere.endpoint += "x";
  auto kept = other->keep(owner, "vpc-1");
  ASSERT_NE(kept, nullptr);
  EXPECT_EQ(mine->keep(owner, "vpc-1"), nullptr);
  EXPECT_NE(mine->keep(owner, "vpc-2"), nullptr);
  EXPECT_NE(mine->keep(elsewhere, "vpc-1"), nullptr);
  kept.reset();
  EXPECT_NE(mine->keep(owner, "vpc-1"), nullptr);
}

TEST_F(JournalTest, WhatAKilledProcessCommittedIsThereAndItsRunIsOver) {
  int pipe_ends[2];
  ASSERT_EQ(pipe(pipe_ends), 0);
  const pid_t child = fork();
  if (child == 0) {
    const auto journal = Journal::open(dir_, system_clock());
    for (;;) {
      const std::int64_t id = journal->intend(entry_on("vpc-1")).value_or(-1);
      if (write(pipe_ends[1], &id, sizeof id) != sizeof id) _exit(1);
    }
  }
  close(pipe_ends[1]);
  std::int64_t last = 0;
  std::int64_t id = 0;
  for (int i = 0; i < 25 && read(pipe_ends[0], &id, sizeof id) == sizeof id; ++i) last = id;
  kill(child, SIGKILL);
  while (read(pipe_ends[0], &id, sizeof id) == sizeof id) last = id;
  close(pipe_ends[0]);
  waitpid(child, nullptr, 0);
  ASSERT_GE(last, 25);

  const auto journal = open();
  const auto entries = journal->open_entries();
  ASSERT_GE(entries.size(), static_cast<std::size_t>(last));
  EXPECT_EQ(entries[static_cast<std::size_t>(last) - 1].id, last);
  EXPECT_NE(journal->claim(entries[0].run), nullptr);
}

TEST_F(JournalTest, ManyRunsOpenAndWriteAtOnce) {
  constexpr int kRuns = 6;
  constexpr int kEntries = 20;
  std::atomic<int> written{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < kRuns; ++i) {
    threads.emplace_back([&] {
      const auto journal = open();
      for (int j = 0; j < kEntries; ++j) {
        if (journal->intend(entry_on("vpc-1"))) ++written;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(written, kRuns * kEntries);
  EXPECT_EQ(open()->open_entries().size(), static_cast<std::size_t>(kRuns * kEntries));
}

TEST_F(JournalTest, OnlyItsOwnerMayReadIt) {
  const auto journal = open();
  const auto others = fs::perms::group_all | fs::perms::others_all;
  EXPECT_EQ(fs::status(dir_).permissions() & others, fs::perms::none);
  EXPECT_EQ(fs::status(dir_ + "/journal.db").permissions() & others, fs::perms::none);
}

TEST_F(JournalTest, AFolderOfOthersKeepsItsMode) {
  fs::create_directory(dir_ + "/shared");
  const auto mode = fs::perms::all | fs::perms::sticky_bit;
  fs::permissions(dir_ + "/shared", mode);
  Journal::open(dir_ + "/shared", system_clock());
  EXPECT_EQ(fs::status(dir_ + "/shared").permissions(), mode);
  const auto others = fs::perms::group_all | fs::perms::others_all;
  EXPECT_EQ(fs::status(dir_ + "/shared/journal.db").permissions() & others, fs::perms::none);
}

TEST_F(JournalTest, IsLookedAtWithoutWriting) {
  EXPECT_EQ(Journal::look(dir_ + "/none", system_clock()), nullptr);
  EXPECT_FALSE(fs::exists(dir_ + "/none"));
  {
    const auto journal = open();
    ASSERT_TRUE(journal->intend({}));
    const auto seen = Journal::look(dir_, system_clock());
    ASSERT_EQ(seen->open_entries().size(), 1u);
    EXPECT_EQ(seen->claim(journal->run()), nullptr);  // it lives
  }
  const auto seen = Journal::look(dir_, system_clock());
  ASSERT_EQ(seen->open_entries().size(), 1u);
  EXPECT_NE(seen->claim(seen->open_entries().front().run), nullptr);
}

TEST_F(JournalTest, AFileThatIsNoJournalIsRefusedInOneSentence) {
  std::ofstream(dir_ + "/journal.db") << std::string(4096, 'x');
  const std::string sentence = complaint(dir_);
  EXPECT_NE(sentence.find(dir_ + "/journal.db"), std::string::npos) << sentence;
  EXPECT_NE(sentence.find("not a database"), std::string::npos) << sentence;
  EXPECT_EQ(sentence.find('\n'), std::string::npos) << sentence;
}

TEST_F(JournalTest, AFolderThatCannotBeMadeIsRefused) {
  std::ofstream(dir_ + "/file") << "x";
  const std::string sentence = complaint(dir_ + "/file/state");
  EXPECT_NE(sentence.find("/file/state"), std::string::npos) << sentence;
}

TEST_F(JournalTest, AJournalOfANewerVersionIsRefused) {
  open();
  sqlite3* db = nullptr;
  ASSERT_EQ(sqlite3_open((dir_ + "/journal.db").c_str(), &db), SQLITE_OK);
  sqlite3_exec(db, "PRAGMA user_version=99", nullptr, nullptr, nullptr);
  sqlite3_close(db);
  EXPECT_NE(complaint(dir_).find("newer version"), std::string::npos);
}

TEST_F(JournalTest, WritingToALostTableIsTroubleAndNoIntent) {
  const auto journal = open();
  sqlite3* db = nullptr;
  ASSERT_EQ(sqlite3_open((dir_ + "/journal.db").c_str(), &db), SQLITE_OK);
  sqlite3_exec(db, "DROP TABLE entries", nullptr, nullptr, nullptr);
  sqlite3_close(db);
  EXPECT_FALSE(journal->intend(entry_on("vpc-1")));
  EXPECT_FALSE(journal->trouble().empty());
}

TEST(JournalInMemory, WorksWithoutAFile) {
  const auto journal = Journal::in_memory(system_clock());
  const auto id = journal->intend(entry_on("vpc-1"));
  ASSERT_TRUE(id);
  EXPECT_EQ(journal->open_entries().size(), 1u);
  EXPECT_EQ(journal->claim("another"), nullptr);
}

}  // namespace
}  // namespace flowlog
