#include "mutation/mutants.h"

#include <gtest/gtest.h>

#include <set>

#include "specs/load.h"

namespace flowlog::mutation {
namespace {

Service changed(const std::string& id) {
  Service service = built_in_service();
  for (const Mutant& mutant : mutants(service)) {
    if (mutant.id == id) mutant.change(service);
  }
  return service;
}

bool same(const Service& a, const Service& b) {
  return a.creator().contract == b.creator().contract && a.common == b.common;
}

TEST(Facts, EachChangesTheContract) {
  std::set<std::string> ids;
  for (const Mutant& mutant : mutants(built_in_service())) {
    Service service = built_in_service();
    mutant.change(service);
    EXPECT_FALSE(same(service, built_in_service())) << mutant.id;
    EXPECT_TRUE(ids.insert(mutant.id).second) << mutant.id << " is there twice";
  }
}

TEST(Facts, MoveALimitByOne) {
  EXPECT_EQ(changed("FlowLogName/length.max+1").creator().contract.rule("FlowLogName/length")->max,
            129u);
  EXPECT_EQ(changed("FlowLogName/length.max-1").creator().contract.rule("FlowLogName/length")->max,
            127u);
}

TEST(Facts, TakeAWordOut) {
  const Service service = changed("ResourceType/values.without subnet");
  EXPECT_EQ(service.creator().contract.rule("ResourceType/values")->words,
            (std::vector<std::string>{"vpc", "eni"}));
}

TEST(Facts, TakeATriggerAway) {
  EXPECT_TRUE(changed("errors/26.without account.arrears").row("errors/26")->triggers.empty());
}

}  // namespace
}  // namespace flowlog::mutation
