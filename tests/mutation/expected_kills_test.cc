#include "mutation/expected_kills.h"

#include <gtest/gtest.h>

#include <set>

#include "mock/action_deviations.h"
#include "mock/deviations.h"
#include "mock/variants.h"
#include "specs/load.h"

namespace flowlog::mutation {
namespace {

TEST(Table, NamesChecksForEveryDeviation) {
  for (const mock::Choice& choice : mock::deviations()) {
    EXPECT_FALSE(expected_of(choice.id).must.empty()) << choice.id;
  }
}

TEST(Table, NamesChecksForEveryLieOfTheOtherActions) {
  for (const mock::Choice& choice : mock::action_deviations(built_in_service())) {
    const Expected expected = expected_of(choice.id);
    EXPECT_FALSE(expected.must.empty()) << choice.id;
    const std::string action = choice.id.substr(0, choice.id.find(':') + 1);
    for (const std::string& must : expected.must) EXPECT_TRUE(must.starts_with(action)) << must;
  }
}

TEST(Table, TakesAnyOfTheChecksBetweenBars) {
  const Expected expected{{"a/*|b/*"}, {}, false};
  EXPECT_EQ(unmet(expected, {{"b/1"}, {}, {}}), "");
  EXPECT_EQ(unmet(expected, {{"c/1"}, {}, {}}), "a/*|b/* did not turn");
}

TEST(Table, FillsInTheCodeOfTheActionsOwnRow) {
  EXPECT_TRUE(expected_of("ActiveFlowLog:row.http.errors-2")
                  .must.front()
                  .starts_with("ActiveFlowLog:error.InvalidFlowLog.InvalidStatus/*|"));
}

TEST(Table, HasAHundredDeviationsAndFifteenReadingsOfDifferentIds) {
  std::set<std::string> ids;
  for (const mock::Choice& choice : mock::deviations()) ids.insert(choice.id);
  EXPECT_EQ(ids.size(), mock::deviations().size());
  EXPECT_GE(ids.size(), 100u);
  EXPECT_GE(mock::variants().size(), 15u);
}

TEST(Table, FillsInParameterAndCode) {
  EXPECT_EQ(expected_of("length.Tags.N.Key.counts-bytes").must,
            std::vector<std::string>{"param.Tags.N.Key.length/at-max-chinese"});
  EXPECT_EQ(expected_of("row.never.errors-20").must,
            std::vector<std::string>{"error.InvalidVpc.InvalidStatus/*"});
}

TEST(Table, AsksForEachCheckThatMustTurn) {
  const Expected expected{{"a/*", "b/*"}, {}, false};
  EXPECT_EQ(unmet(expected, {{"a/1", "b/1"}, {}, {}}), "");
  EXPECT_EQ(unmet(expected, {{"a/1"}, {"b/1"}, {}}), "b/* did not turn");
}

TEST(Table, AllowsNoOthersThanItNames) {
  const Expected expected{{"a/*"}, {"b/*"}, false};
  EXPECT_EQ(unmet(expected, {{"a/1", "b/1"}, {}, {}}), "");
  EXPECT_EQ(unmet(expected, {{"a/1", "c/1"}, {}, {}}), "c/1 turned as well");
}

TEST(Table, TakesAFindingForALieThatDoesNotComeBack) {
  EXPECT_EQ(unmet({{"a/*"}, {}, true}, {{}, {"a/1"}, {}}), "");
}

}  // namespace
}  // namespace flowlog::mutation
