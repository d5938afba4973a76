#include "reports/history.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <filesystem>
#include <thread>

#include "base/json_node.h"
#include "sample.h"
#include "scratch.h"

namespace flowlog {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr const char* kCheck = "param.TrafficType.values/valid";

Report at(const std::string& started, Verdict verdict) {
  Report report = clean_report();
  report.started = started;
  report.checks[0].verdict = verdict;
  return report;
}

TEST(History, ListsTheLatestRunFirst) {
  const Scratch scratch;
  History history(scratch.path("state/history.db"));
  history.record(at("2026-11-24T00:00:00Z", Verdict::conformant));
  history.record(sample_report());
  const auto runs = history.runs(10);
  ASSERT_EQ(runs.size(), 2U);
  EXPECT_EQ(runs[0].number, 2);
  EXPECT_EQ(runs[0].outcome, 1);
  EXPECT_EQ(runs[0].totals.at(Verdict::skipped), 2);
  EXPECT_EQ(runs[0].seed, "7");
  EXPECT_EQ(runs[0].requests, 16);
  EXPECT_EQ(runs[1].started, "2026-11-24T00:00:00Z");
  EXPECT_EQ(runs[1].outcome, 0);
  EXPECT_EQ(history.runs(1).size(), 1U);
}

TEST(History, SaysWhenACheckTurned) {
  const Scratch scratch;
  History history(scratch.path("h.db"));
  history.record(at("2026-11-21T00:00:00Z", Verdict::conformant));
  history.record(at("2026-11-22T00:00:00Z", Verdict::conformant));
  history.record(at("2026-11-23T00:00:00Z", Verdict::deviating));
  Report without = clean_report();
  without.checks.clear();
  history.record(without);
  history.record(at("2026-11-25T00:00:00Z", Verdict::conformant));
  const auto turns = history.turns(kCheck);
  ASSERT_EQ(turns.size(), 3U);
  EXPECT_EQ(turns[0].before, std::nullopt);
  EXPECT_EQ(turns[1].started, "2026-11-23T00:00:00Z");
  EXPECT_EQ(turns[1].before, Verdict::conformant);
  EXPECT_EQ(turns[1].after, Verdict::deviating);
  EXPECT_EQ(turns[2].started, "2026-11-25T00:00:00Z");
  EXPECT_TRUE(history.turns("no.such/check").empty());
  EXPECT_THAT(history.checks(), ElementsAre(kCheck));
}

TEST(History, KeepsEndpointsApart) {
  const Scratch scratch;
  History history(scratch.path("h.db"));
  Report staging = at("2026-11-21T00:00:00Z", Verdict::conformant);
  Report production = at("2026-11-22T00:00:00Z", Verdict::deviating);
  production.endpoint = "https://open.volcengineapi.com";
  history.record(staging);
  history.record(production);
  history.record(staging);
  const auto turns = history.turns(kCheck);
  ASSERT_EQ(turns.size(), 2U);
  EXPECT_EQ(turns[1].target, "https://open.volcengineapi.com");
  EXPECT_EQ(turns[1].before, std::nullopt);
}

TEST(History, EmbeddedMocksOnDifferentPortsAreOneTarget) {
  const Scratch scratch;
  History history(scratch.path("h.db"));
  Report first = at("2026-11-21T00:00:00Z", Verdict::conformant);
  first.embedded = true;
  Report second = at("2026-11-22T00:00:00Z", Verdict::deviating);
  second.embedded = true;
  second.endpoint = "http://127.0.0.1:9";
  history.record(first);
  history.record(second);
  EXPECT_EQ(history.turns(kCheck).back().before, Verdict::conformant);
}

TEST(History, SurvivesClosingAndForgetsTheOldest) {
  const Scratch scratch;
  for (int i = 0; i < 5; ++i) {
    History(scratch.path("h.db")).record(at("2026-11-2" + std::to_string(i), Verdict::known), 3);
  }
  History history(scratch.path("h.db"));
  const auto runs = history.runs(10);
  ASSERT_EQ(runs.size(), 3U);
  EXPECT_EQ(runs[0].number, 5);
  EXPECT_EQ(history.turns(kCheck).size(), 1U);
}

TEST(History, SeveralProcessesMayRecordAtOnce) {
  const Scratch scratch;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      History history(scratch.path("h.db"));
      for (int i = 0; i < 5; ++i) history.record(sample_report());
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(History(scratch.path("h.db")).runs(100).size(), 20U);
}

std::string history_complaint(const std::string& path) {
  try {
    History history(path);
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

TEST(History, SaysWhyAFileCannotBeUsed) {
  const Scratch scratch;
  EXPECT_THAT(history_complaint(scratch.put("x.db", std::string(5000, 'x'))),
              HasSubstr("file is not a database"));
  EXPECT_THAT(history_complaint("/dev/null/at/all/h.db"),
              HasSubstr("history /dev/null/at/all/h.db: "));
  { History history(scratch.path("new.db")); }
  sqlite3* db = nullptr;
  ASSERT_EQ(sqlite3_open(scratch.path("new.db").c_str(), &db), SQLITE_OK);
  EXPECT_EQ(sqlite3_exec(db, "PRAGMA user_version = 9", nullptr, nullptr, nullptr), SQLITE_OK);
  sqlite3_close(db);
  EXPECT_THAT(history_complaint(scratch.path("new.db")), HasSubstr("newer version"));
}

TEST(History, NamesAContractOnceHoweverManyRunsThereAre) {
  const Scratch scratch;
  History history(scratch.path("h.db"));
  history.record(sample_report());
  history.record(sample_report());
  const std::string told = text(history.runs(5), Style());
  EXPECT_EQ(told.find("CreateFlowLog"), told.rfind("CreateFlowLog"));
}

TEST(History, IsLookedAtWithoutWriting) {
  const Scratch scratch;
  const std::string path = scratch.path("h.db");
  EXPECT_TRUE(History(path, History::Use::look).runs(5).empty());
  EXPECT_FALSE(std::filesystem::exists(path));
  History(path).record(sample_report());
  std::filesystem::permissions(path, std::filesystem::perms::owner_read);
  EXPECT_EQ(History(path, History::Use::look).runs(5).size(), 1U);
}

TEST(History, ReadsAsText) {
  const Scratch scratch;
  History history(scratch.path("h.db"));
  EXPECT_EQ(text(history.runs(5), Style()), "No run has been recorded.\n");
  history.record(sample_report());
  EXPECT_EQ(
      text(history.runs(5), Style()),
      "CreateFlowLog 2020-04-01 (page read 2026-11-25)\n"
      "   1  2026-11-25T03:04:00Z  http://127.0.0.1:18080\n"
      "      exit status 1; 1 conformant · 1 deviating · 1 inconclusive · 1 known · 1 finding · "
      "2 skipped; 16 requests, 12.5 s, seed 7\n");
  EXPECT_EQ(text(kCheck, history.turns(kCheck), Style()),
            "param.TrafficType.values/valid\n"
            "  2026-11-25T03:04:00Z  run 1  first seen → conformant  http://127.0.0.1:18080\n");
}

}  // namespace
}  // namespace flowlog
