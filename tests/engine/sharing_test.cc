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
