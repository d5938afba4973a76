#include "engine/shared_requests.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "generators/requests.h"
#include "mock/mock.h"
#include "specs/load.h"
#include "suites/catalog.h"

namespace flowlog {
namespace {

using testing::IsEmpty;
using testing::Le;
using testing::SizeIs;

const Contract& contract() {
  return built_in_service().creator().contract;
}

// A check of one case, which sets these parameters over the smallest request.
PlannedCheck setting(const std::string& id, const Params& values, bool grey = false,
                     const std::string& type = "vpc") {
  PlannedCheck one;
  one.check.id = id;
  one.check.shares = true;
  one.check.grey = grey;
  one.check.resources = {{type, ""}};
  Case c;
  c.base = smallest_request(contract(), type);
  c.params = flowlog::apply({values, {}}, c.base);
  one.check.cases.push_back(std::move(c));
  return one;
}

Plan plan_of(std::vector<PlannedCheck> checks) {
  Plan plan;
  plan.checks = std::move(checks);
  return plan;
}

TEST(SharedRequests, HoldCasesThatChangeDifferentParameters) {
  const Plan plan =
      plan_of({setting("a", {{"FlowLogName", "n"}}), setting("b", {{"Description", "d"}}),
               setting("c", {{"Tags.1.Key", "k"}})});
  const auto requests = shared_requests(plan, contract());
  ASSERT_THAT(requests, SizeIs(1));
  const Params params = params_of(requests[0], plan, contract());
  EXPECT_EQ(find(params, "FlowLogName"), "n");
  EXPECT_EQ(find(params, "Description"), "d");
  EXPECT_EQ(find(params, "Tags.1.Key"), "k");
}

TEST(SharedRequests, NeverHoldTwoCasesOfOneParameter) {
  const Plan plan = plan_of({setting("a", {{"Tags.1.Key", "k"}}),
                             setting("b", {{"Tags.2.Key", "k"}, {"Tags.1.Key", "j"}}),
                             setting("c", {{"Description", "d"}})});
  const auto requests = shared_requests(plan, contract());
  ASSERT_THAT(requests, SizeIs(1));
  EXPECT_THAT(requests[0].cases, SizeIs(2));
}

PlannedCheck movable(const std::string& id, const Params& values) {
  PlannedCheck one = setting(id, values);
  one.check.movable = true;
  return one;
}

TEST(SharedRequests, HoldIndexedValuesAtAnIndexEach) {
  const Plan plan = plan_of({movable("a", {{"Tags.1.Key", "k"}}),
                             movable("b", {{"Tags.1.Key", "a"}, {"Tags.1.Value", "v"}}),
                             movable("c", {{"Tags.1.Key", "a"}, {"Tags.1.Value", "w"}})});
  const auto requests = shared_requests(plan, contract());
  ASSERT_THAT(requests, SizeIs(1));
  const Params params = params_of(requests[0], plan, contract());
  EXPECT_EQ(find(params, "Tags.1.Key"), "k");
  EXPECT_EQ(find(params, "Tags.2.Key"), "b");
  EXPECT_EQ(find(params, "Tags.2.Value"), "v");
  EXPECT_EQ(find(params, "Tags.3.Key"), "c");
  EXPECT_EQ(find(params, "Tags.3.Value"), "w");
  EXPECT_EQ(find(params_of(requests[0].cases[2], "vpc", plan, contract()), "Tags.1.Value"), "w");
}

TEST(SharedRequests, HoldNoKeyTwiceHoweverItIsWritten) {
  const Plan plan =
      plan_of({movable("a", {{"Tags.1.Key", "key"}}), movable("b", {{"Tags.1.Key", " KEY"}}),
               setting("c", {{"Description", "d"}})});
  const auto requests = shared_requests(plan, contract());
  ASSERT_THAT(requests, SizeIs(1));
  EXPECT_THAT(requests[0].cases, SizeIs(2));
}

TEST(SharedRequests, HoldNoMoreOfAGroupThanOneCallMayHave) {
  std::vector<PlannedCheck> checks;
  for (int i = 0; i < 25; ++i) {
    checks.push_back(movable("a" + std::to_string(i), {{"Tags.1.Key", "k" + std::to_string(i)}}));
  }
  const auto requests = shared_requests(plan_of(checks), contract());
  ASSERT_THAT(requests, SizeIs(2));
  EXPECT_THAT(requests[0].cases, SizeIs(20));
}

TEST(SharedRequests, OfTheCatalogAreValidAsFarAsTheirCasesAre) {
  const mock::Mock server(built_in_service(), {});
  const Profile profile = load_profile(server.profile().dump(), "profile");
  const Plan whole = plan(catalog({&built_in_service(), &profile, 7, 3}), profile, {});
  Inventory inventory;
  inventory.projects = {profile.projects.begin(), profile.projects.end()};
  for (const SharedRequest& request : shared_requests(whole, contract())) {
    if (request.open) continue;
    Params params = params_of(request, whole, contract());
    set(params, "ResourceId", "vpc-1");
    inventory.resources["vpc-1"] = request.type;
    const Expectation expectation = expect(built_in_service(), params, inventory);
    EXPECT_TRUE(expectation.valid && !expectation.grey)
        << whole.checks[request.cases.front().check].check.id;
  }
}

TEST(SharedRequests, KeepWhatMayBeRefusedApartFromWhatMayNot) {
  const Plan plan =
      plan_of({setting("a", {{"FlowLogName", "n"}}), setting("b", {{"Description", "d"}}, true)});
  EXPECT_THAT(shared_requests(plan, contract()), IsEmpty());
}

TEST(SharedRequests, AreAboutATypeWhereACaseIs) {
  const Plan plan =
      plan_of({setting("a", {{"FlowLogName", "n"}}), setting("b", {}, false, "subnet")});
  const auto requests = shared_requests(plan, contract());
  ASSERT_THAT(requests, SizeIs(1));
  EXPECT_EQ(requests[0].type, "subnet");
  EXPECT_EQ(find(params_of(requests[0], plan, contract()), "ResourceId"), "@subnet");
}

TEST(SharedRequests, StayShortEnoughForWhatStandsInFront) {
  const std::string longest(3000, 'd');
  const Plan plan =
      plan_of({setting("a", {{"FlowLogName", longest}}), setting("b", {{"Description", longest}})});
  EXPECT_THAT(shared_requests(plan, contract()), IsEmpty());
}

TEST(SharedRequests, LeaveOutSkippedChecksAndThoseThatDoNotShare) {
  std::vector<PlannedCheck> checks{setting("a", {{"FlowLogName", "n"}}),
                                   setting("b", {{"Description", "d"}})};
  checks[0].skipped = "needs more";
  EXPECT_THAT(shared_requests(plan_of(checks), contract()), IsEmpty());
  checks[0].skipped.clear();
  checks[0].check.shares = false;
  EXPECT_THAT(shared_requests(plan_of(checks), contract()), IsEmpty());
}

TEST(SharedRequests, HoldACaseAsItIsByItself) {
  const Plan plan =
      plan_of({setting("a", {{"FlowLogName", "n"}}), setting("b", {{"Description", "d"}})});
  const Params alone = params_of(SharedCase{1, 0}, "eni", plan, contract());
  Params expected = smallest_request(contract(), "eni");
  expected.emplace_back("Description", "d");
  EXPECT_THAT(alone, testing::UnorderedElementsAreArray(expected));
}

TEST(SharedRequests, OfTheCatalogHoldEachCaseOnceAndAreFew) {
  const mock::Mock server(built_in_service(), {});
  const Profile profile = load_profile(server.profile().dump(), "profile");
  const Plan whole = plan(catalog({&built_in_service(), &profile, 1, 2}), profile, {});
  std::set<std::pair<std::size_t, std::size_t>> seen;
  std::size_t cases = 0;
  const auto requests = shared_requests(whole, contract());
  for (const SharedRequest& request : requests) {
    for (const SharedCase& one : request.cases) {
      seen.insert({one.check, one.number});
      ++cases;
      EXPECT_TRUE(whole.checks[one.check].check.shares);
    }
  }
  EXPECT_EQ(seen.size(), cases);
  EXPECT_THAT(requests.size(), Le(cases / 3));
}

TEST(SharedRequests, SplitInTwoHalves) {
  const SharedRequest request{"vpc", {{0, 0}, {1, 0}, {2, 0}}};
  const auto halves = split(request);
  ASSERT_THAT(halves, SizeIs(2));
  EXPECT_THAT(halves[0].cases, SizeIs(1));
  EXPECT_THAT(halves[1].cases, SizeIs(2));
  EXPECT_EQ(halves[1].type, "vpc");
}

TEST(SharedRequests, AreNotSplitWhereAllOfThemMayBeRefused) {
  EXPECT_THAT(split({"vpc", {{0, 0}, {1, 0}, {2, 0}}, true}), IsEmpty());
}

}  // namespace
}  // namespace flowlog
