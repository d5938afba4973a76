#include "mutation/page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace flowlog::mutation {
namespace {

using testing::HasSubstr;
using testing::Not;

ScoreEntry entry(const std::string& id, VerdictChanges changes, long requests = 10) {
  ScoreEntry entry;
  entry.id = id;
  entry.good = true;
  entry.changes = std::move(changes);
  entry.requests = requests;
  return entry;
}

Scores scores() {
  Scores scores;
  scores.deviations = {entry("loud", {{"a", "b", "c"}, {"d"}, {}}, 7),
                       entry("quiet", {{}, {"x"}, {}}), entry("dumb", {{}, {}, {"y"}})};
  ScoreEntry missed = entry("unseen", {});
  missed.good = false;
  scores.deviations.push_back(missed);
  ScoreEntry same = entry("same", {});
  same.good = false;
  same.equivalent = true;
  ScoreEntry beyond = same;
  beyond.id = "beyond";
  beyond.unreachable = true;
  scores.mutants = {entry("fact", {{"a"}, {}, {}}, 3), same, beyond};
  scores.variants = {entry("reading", {}), missed};
  return scores;
}

long lines(const std::string& text) {
  return std::ranges::count(text, '\n');
}

TEST(ScorePage, CountsEachMarkInOneColumn) {
  const std::string text = page(scores());
  EXPECT_THAT(text, HasSubstr("| lies | 4 | 1 | 1 | 1 | 0 | 0 | 1 | 10 |\n"));
  EXPECT_THAT(text, HasSubstr("| changed facts | 3 | 1 | 0 | 0 | 1 | 1 | 0 | 10 |\n"));
  EXPECT_THAT(text, HasSubstr("nothing is said against: 1 of 2."));
}

TEST(ScorePage, NamesTheLiesThatFewestChecksNoticeFirst) {
  const std::string text = page(scores());
  EXPECT_LT(text.find("`unseen`"), text.find("`quiet`"));
  EXPECT_LT(text.find("`quiet`"), text.find("`loud`"));
}

TEST(ScorePage, StaysShortHoweverManyLiesThereAre) {
  Scores many = scores();
  for (int i = 0; i < 5000; ++i) many.deviations.push_back(entry("lie-" + std::to_string(i), {}));
  for (int i = 0; i < 5000; ++i) many.mutants.push_back(entry("fact-" + std::to_string(i), {}));
  EXPECT_LE(lines(page(many)), 60);
}

TEST(ScorePage, LeavesOutWhatWasNotMeasured) {
  Scores mutants;
  mutants.mutants = scores().mutants;
  EXPECT_THAT(page(mutants), Not(HasSubstr("lies |")));
  EXPECT_THAT(page(mutants), Not(HasSubstr("hardest")));
}

TEST(ScoreTables, HoldEveryMark) {
  const std::string text = tables(scores());
  for (const char* id : {"loud", "quiet", "dumb", "unseen", "fact", "same", "beyond", "reading"}) {
    EXPECT_THAT(text, HasSubstr('`' + std::string(id) + '`'));
  }
}

}  // namespace
}  // namespace flowlog::mutation
