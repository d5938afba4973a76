#include "mutation/mutants.h"

#include <gtest/gtest.h>

#include <set>

#include "specs/load.h"

namespace flowlog::mutation {
namespace {

Api changed(const std::string& id) {
  Api api = built_in_api();
  for (const Mutant& mutant : mutants(api)) {
    if (mutant.id == id) mutant.change(api);
  }
  return api;
}

bool same(const Api& a, const Api& b) {
  return a.create == b.create && a.common == b.common;
}

TEST(Facts, EachChangesTheContract) {
  std::set<std::string> ids;
  for (const Mutant& mutant : mutants(built_in_api())) {
    Api api = built_in_api();
    mutant.change(api);
    EXPECT_FALSE(same(api, built_in_api())) << mutant.id;
    EXPECT_TRUE(ids.insert(mutant.id).second) << mutant.id << " is there twice";
  }
}

TEST(Facts, MoveALimitByOne) {
  EXPECT_EQ(changed("FlowLogName/length.max+1").create.rule("FlowLogName/length")->max, 129u);
  EXPECT_EQ(changed("FlowLogName/length.max-1").create.rule("FlowLogName/length")->max, 127u);
}

TEST(Facts, TakeAWordOut) {
  const Api api = changed("ResourceType/values.without subnet");
  EXPECT_EQ(api.create.rule("ResourceType/values")->words,
            (std::vector<std::string>{"vpc", "eni"}));
}

TEST(Facts, TakeATriggerAway) {
  EXPECT_TRUE(changed("errors/26.without account.arrears").row("errors/26")->triggers.empty());
}

}  // namespace
}  // namespace flowlog::mutation
