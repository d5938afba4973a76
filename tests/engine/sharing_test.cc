// What the engine does at once for several checks: verdicts are those of each check by itself.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/engine.h"
#include "generators/requests.h"
#include "tests/engine/bench_lab.h"

namespace flowlog {
namespace {

using testing::Each;
using testing::HasSubstr;

class SharingTest : public testing::Test, protected test::BenchLab {
 protected:
  // One case, which lays `edit` over the smallest request.
  Check& add(const std::string& id, const Edit& edit) {
    PlannedCheck one;
    one.check.id = id;
    one.check.resources = {{"vpc", ""}};
    Case c;
    c.label = id;
    c.base = smallest_request(service.creator().contract, "vpc");
    c.params = flowlog::apply(edit, c.base);
    one.check.cases.push_back(std::move(c));
    one.place = static_cast<int>(plan.checks.size());
    plan.checks.push_back(std::move(one));
    return plan.checks.back().check;
  }
  void add_valid(const std::string& id, const Params& values) {
    Check& check = add(id, {values, {}});
    check.shares = true;
    check.creations = 1;
  }
  void add_refused(int count) {
    for (int i = 0; i < count; ++i) {
      add("over-max/" + std::to_string(i), {{{"FlowLogName", std::string(129 + i, 'a')}}, {}});
    }
  }
  // Looks at a thing that others look at as well, or at one of its own.
  void add_looking(const std::string& id, const std::string& thing) {
    PlannedCheck one;
    one.check.id = id;
    one.check.resources = {{"vpc", ""}};
    one.check.given = {thing, [](CheckContext& context) { return context.smallest(); }};
    one.check.script = [this](CheckContext& context) {
      const Reply own = context.given() == nullptr ? context.create(context.smallest()) : Reply();
      const Reply& thing_made = context.given() == nullptr ? own : *context.given();
      const Lookup found = context.await(thing_made.id());
      const auto answered = context.answered(thing_made);
      ASSERT_TRUE(answered);
      context.claim(found.flow_log && found.flow_log->name != wrong_name, Standing::documented,
                    *answered, "the name", "another name", "It has another name.");
    };
    one.place = static_cast<int>(plan.checks.size());
    plan.checks.push_back(std::move(one));
  }
  std::vector<CheckResult> run(bool share = true) {
    EngineOptions options;
    options.concurrency = 1;
    options.share = share;
    Engine engine(run_context, plan, options);
    engine.start();
    auto results = engine.finish();
    grouped = engine.grouped();
    return results;
  }
  static std::vector<Verdict> verdicts(const std::vector<CheckResult>& results) {
    std::vector<Verdict> out;
    for (const CheckResult& result : results) out.push_back(result.verdict);
    return out;
  }
  static std::size_t name_length(const CheckResult& result) {
    return find(result.example->params, "FlowLogName").value_or("").size();
  }

  Plan plan;
  std::string grouped;
  std::string wrong_name = "none";
};

TEST_F(SharingTest, OneCreationServesSeveralChecks) {
  add_valid("a", {{"FlowLogName", "name"}});
  add_valid("b", {{"Description", "text"}});
  add_valid("c", {{"AggregationInterval", "5"}});
  const auto results = run();
  EXPECT_THAT(verdicts(results), Each(Verdict::conformant));
  EXPECT_EQ(fake.sent("CreateFlowLog"), 1);
  EXPECT_TRUE(fake.stored.empty());
  for (const CheckResult& result : results) {
    EXPECT_EQ(result.cases, 1);
    EXPECT_EQ(find(result.example->params, "Description"), "text");
  }
  EXPECT_THAT(grouped, HasSubstr("3 valid values"));
}

TEST_F(SharingTest, WhatIsRefusedIsFoundAndShownByItself) {
  add_valid("a", {{"FlowLogName", "name"}});
  add_valid("b", {{"Description", "text"}});
  add_valid("c", {{"AggregationInterval", "5"}});
  add_valid("d", {{"ProjectName", "default"}});
  on_create = [&](const Params& params) -> std::optional<Answered> {
    if (find(params, "Description")) return refusal("errors/3");
    return std::nullopt;
  };
  const auto results = run();
  EXPECT_EQ(results[0].verdict, Verdict::conformant);
  EXPECT_EQ(results[1].verdict, Verdict::deviating);
  EXPECT_EQ(results[2].verdict, Verdict::conformant);
  EXPECT_EQ(results[3].verdict, Verdict::conformant);
  EXPECT_FALSE(find(results[1].example->params, "AggregationInterval"));
  EXPECT_FALSE(find(results[1].example->params, "ProjectName"));
  EXPECT_TRUE(fake.stored.empty());
}

TEST_F(SharingTest, WhatIsRefusedOnlyTogetherIsConformant) {
  add_valid("a", {{"FlowLogName", "name"}});
  add_valid("b", {{"Description", "text"}});
  on_create = [&](const Params& params) -> std::optional<Answered> {
    if (find(params, "Description") && find(params, "FlowLogName") == "name") {
      return refusal("errors/3");
    }
    return std::nullopt;
  };
  EXPECT_THAT(verdicts(run()), Each(Verdict::conformant));
}

TEST_F(SharingTest, OneLookServesTheRefusalsOfSeveralChecks) {
  int sent = 0;
  on_create = [&](const Params&) {
    ++sent;
    return refusal("errors/7");
  };
  add_refused(8);
  EXPECT_THAT(verdicts(run()), Each(Verdict::conformant));
  EXPECT_EQ(sent, 8);
  EXPECT_EQ(fake.sent("DescribeFlowLogs"), 1);
}

TEST_F(SharingTest, WhatARefusalLeftIsFoundForTheCheckThatLeftIt) {
  on_create = [&](const Params& params) {
    const std::string name = find(params, "FlowLogName").value_or("");
    if (name.size() == 132) fake.put("vpc-1", name, "key-of-default");
    return refusal("errors/7");
  };
  add_refused(8);
  const auto results = run();
  for (std::size_t i = 0; i < results.size(); ++i) {
    EXPECT_EQ(results[i].verdict, i == 3 ? Verdict::deviating : Verdict::conformant) << i;
  }
  EXPECT_EQ(name_length(results[3]), 132u);
  EXPECT_TRUE(fake.stored.empty());
}

TEST_F(SharingTest, WhatARefusalLeftOnlyOnceIsTold) {
  int times = 0;
  on_create = [&](const Params& params) {
    const std::string name = find(params, "FlowLogName").value_or("");
    if (name.size() == 132 && ++times == 1) fake.put("vpc-1", name, "key-of-default");
    return refusal("errors/7");
  };
  add_refused(8);
  int deviating = 0;
  for (const CheckResult& result : run()) {
    if (result.verdict != Verdict::deviating) continue;
    ++deviating;
    EXPECT_THAT(result.message, HasSubstr("a flow log was created"));
  }
  EXPECT_EQ(deviating, 1);
}

TEST_F(SharingTest, AcceptedAmongRefusalsDeviatesByItself) {
  on_create = [&](const Params& params) -> std::optional<Answered> {
    if (find(params, "FlowLogName")->size() == 131) return std::nullopt;
    return refusal("errors/7");
  };
  add_refused(8);
  const auto results = run();
  for (std::size_t i = 0; i < results.size(); ++i) {
    EXPECT_EQ(results[i].verdict, i == 2 ? Verdict::deviating : Verdict::conformant) << i;
  }
  EXPECT_TRUE(fake.stored.empty());
}

TEST_F(SharingTest, OneThingIsMadeForAllThatLookAtIt) {
  for (const char* id : {"a", "b", "c"}) add_looking(id, "thing");
  add_looking("d", "another");
  const auto results = run();
  EXPECT_THAT(verdicts(results), Each(Verdict::conformant));
  EXPECT_EQ(fake.sent("CreateFlowLog"), 2);
  EXPECT_TRUE(fake.stored.empty());
}

TEST_F(SharingTest, WhatDoesNotConformIsShownWithAThingOfItsOwn) {
  for (const char* id : {"a", "b"}) add_looking(id, "thing");
  wrong_name = *find(smallest_request(service.creator().contract, "vpc"), "FlowLogName");
  const auto results = run();
  EXPECT_THAT(verdicts(results), Each(Verdict::deviating));
  EXPECT_EQ(fake.sent("CreateFlowLog"), 1 + 2 * 2);  // together, and each by itself, twice
  for (const CheckResult& result : results) {
    ASSERT_FALSE(result.steps.empty());
    EXPECT_EQ(find(result.steps.front().params, "Action"), "CreateFlowLog");
  }
  EXPECT_TRUE(fake.stored.empty());
}

TEST_F(SharingTest, EachLooksAtItsOwnWhereNoneCanBeMadeForAll) {
  for (const char* id : {"a", "b"}) add_looking(id, "thing");
  int creations = 0;
  on_create = [&](const Params&) -> std::optional<Answered> {
    if (++creations == 1) return refusal("errors/12");
    return std::nullopt;
  };
  EXPECT_THAT(verdicts(run()), Each(Verdict::conformant));
  EXPECT_TRUE(fake.stored.empty());
}

TEST_F(SharingTest, NothingIsSharedWhereItIsNotWanted) {
  int sent = 0;
  on_create = [&](const Params& params) -> std::optional<Answered> {
    ++sent;
    if (find(params, "FlowLogName")->size() > 128) return refusal("errors/7");
    return std::nullopt;
  };
  add_refused(4);
  add_valid("a", {{"FlowLogName", "name"}});
  add_valid("b", {{"Description", "text"}});
  EXPECT_THAT(verdicts(run(false)), Each(Verdict::conformant));
  EXPECT_EQ(sent, 6);
  EXPECT_EQ(grouped, "");
}

}  // namespace
}  // namespace flowlog
