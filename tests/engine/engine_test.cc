#include "engine/engine.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>

#include "tests/engine/bench_lab.h"

namespace flowlog {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

class EngineTest : public testing::Test, protected test::BenchLab {
 protected:
  using Script = std::function<void(CheckContext&)>;

  Check& add(const std::string& id, Script script, Phase phase = Phase::together) {
    PlannedCheck one;
    one.check.id = id;
    one.check.phase = phase;
    one.check.script = std::move(script);
    one.place = static_cast<int>(plan.checks.size());
    plan.checks.push_back(std::move(one));
    return plan.checks.back().check;
  }
  static Script assessment(Verdict verdict, const std::string& symptom = "w") {
    return [verdict, symptom](CheckContext& context) {
      Assessment assessment;
      assessment.verdict = verdict;
      assessment.message = "told";
      assessment.symptom = symptom;
      context.rule(assessment);
    };
  }
  std::vector<CheckResult> run(EngineOptions options = {}) {
    Engine engine(run_context, plan, std::move(options));
    engine.start();
    return engine.finish();
  }

  Plan plan;
};

TEST_F(EngineTest, GivesResultsInThePlansOrder) {
  for (int i = 0; i < 40; ++i) add("check/" + std::to_string(i), assessment(Verdict::conformant));
  std::multiset<std::string> told;
  EngineOptions options;
  options.on_result = [&](const CheckResult& result) { told.insert(result.id); };
  const auto results = run(options);
  ASSERT_EQ(results.size(), 40U);
  for (std::size_t i = 0; i < results.size(); ++i) {
    EXPECT_EQ(results[i].id, plan.checks[i].check.id);
    EXPECT_EQ(results[i].place, static_cast<int>(i));
    EXPECT_EQ(told.count(results[i].id), 1U);
  }
}

TEST_F(EngineTest, ChecksThatMustBeAloneAre) {
  std::atomic<int> running = 0;
  std::atomic<int> together = 0;
  std::atomic<int> most = 0;
  std::atomic<int> before = -1;
  const auto side_by_side = [&](CheckContext& context) {
    ++running;
    ++together;
    assessment(Verdict::conformant)(context);
    --running;
  };
  const auto alone = [&](CheckContext& context) {
    most = std::max(most.load(), ++running);
    assessment(Verdict::conformant)(context);
    --running;
  };
  add("alone/1", alone, Phase::alone);
  add(
      "last",
      [&](CheckContext& context) {
        before = together.load();
        assessment(Verdict::conformant)(context);
      },
      Phase::last);
  add("alone/2", alone, Phase::alone);
  for (int i = 0; i < 30; ++i) add("check/" + std::to_string(i), side_by_side);
  run();
  EXPECT_EQ(most, 1);
  EXPECT_EQ(before, 30);
}

TEST_F(EngineTest, SkipsWithTheReason) {
  add("check", assessment(Verdict::deviating));
  plan.checks[0].skipped = "needs more";
  const auto results = run();
  EXPECT_EQ(results[0].verdict, Verdict::skipped);
  EXPECT_EQ(results[0].message, "needs more");
  EXPECT_EQ(results[0].command, "");
}

TEST_F(EngineTest, RefusalProvesNothingWhereItsControlFailed) {
  add("control", assessment(Verdict::inconclusive));
  add("check", assessment(Verdict::conformant)).controls = {"control"};
  const auto results = run();
  EXPECT_EQ(results[1].verdict, Verdict::inconclusive);
  EXPECT_THAT(results[1].message, HasSubstr("control"));
}

TEST_F(EngineTest, DeviationStandsWhateverItsControlSays) {
  add("control", assessment(Verdict::inconclusive));
  add("check", assessment(Verdict::deviating)).controls = {"control"};
  EXPECT_EQ(run()[1].verdict, Verdict::deviating);
}

TEST_F(EngineTest, ScriptThatDeviatesOnceIsAFinding) {
  std::atomic<int> times = 0;
  add("check", [&](CheckContext& context) {
    assessment(times++ == 0 ? Verdict::deviating : Verdict::conformant)(context);
  });
  const auto results = run();
  EXPECT_EQ(results[0].verdict, Verdict::finding);
  EXPECT_THAT(results[0].message, StartsWith("Not repeatable: it came 1 of 3 times."));
  EXPECT_EQ(times, 3);
}

TEST_F(EngineTest, TellsTheCommandThatRepeatsADeviation) {
  run_context.seed = 42;
  add("check", assessment(Verdict::deviating));
  EngineOptions options;
  options.command = "program run";
  EXPECT_EQ(run(options)[0].command, "program run --only 'check' --seed 42");
}

TEST_F(EngineTest, WithoutAFreeResourceIsInconclusive) {
  add("check", assessment(Verdict::conformant)).resources = {{"eni", "", "", false}};
  EXPECT_EQ(run()[0].verdict, Verdict::inconclusive);
}

TEST_F(EngineTest, StoppedBeforeItBeganIsInconclusive) {
  for (int i = 0; i < 5; ++i) add("check/" + std::to_string(i), assessment(Verdict::conformant));
  Engine engine(run_context, plan, {});
  engine.stop();
  engine.start();
  for (const CheckResult& result : engine.finish()) {
    EXPECT_EQ(result.verdict, Verdict::inconclusive);
    EXPECT_THAT(result.message, HasSubstr("stopped"));
  }
}

}  // namespace
}  // namespace flowlog
