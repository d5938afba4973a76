#include "score/page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace flowlog::score {
namespace {

using testing::HasSubstr;
using testing::Not;

Mark mark(const std::string& id, Turned turned, long requests = 10) {
  Mark mark;
  mark.id = id;
  mark.good = true;
  mark.turned = std::move(turned);
  mark.requests = requests;
  return mark;
}

Scores scores() {
  Scores scores;
  scores.deviations = {mark("loud", {{"a", "b", "c"}, {"d"}, {}}, 7),
                       mark("quiet", {{}, {"x"}, {}}), mark("dumb", {{}, {}, {"y"}})};
  Mark missed = mark("unseen", {});
  missed.good = false;
  scores.deviations.push_back(missed);
  Mark same = mark("same", {});
  same.good = false;
  same.equivalent = true;
  Mark beyond = same;
  beyond.id = "beyond";
  beyond.unreachable = true;
  scores.facts = {mark("fact", {{"a"}, {}, {}}, 3), same, beyond};
  scores.variants = {mark("reading", {}), missed};
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
  for (int i = 0; i < 5000; ++i) many.deviations.push_back(mark("lie-" + std::to_string(i), {}));
  for (int i = 0; i < 5000; ++i) many.facts.push_back(mark("fact-" + std::to_string(i), {}));
  EXPECT_LE(lines(page(many)), 60);
}

TEST(ScorePage, LeavesOutWhatWasNotMeasured) {
  Scores facts;
  facts.facts = scores().facts;
  EXPECT_THAT(page(facts), Not(HasSubstr("lies |")));
  EXPECT_THAT(page(facts), Not(HasSubstr("hardest")));
}

TEST(ScoreTables, HoldEveryMark) {
  const std::string text = tables(scores());
  for (const char* id : {"loud", "quiet", "dumb", "unseen", "fact", "same", "beyond", "reading"}) {
    EXPECT_THAT(text, HasSubstr('`' + std::string(id) + '`'));
  }
}

}  // namespace
}  // namespace flowlog::score
