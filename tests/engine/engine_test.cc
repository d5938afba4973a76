#include "engine/engine.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <stdexcept>

#include "generators/requests.h"
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
      const auto answered = context.answered(context.call({{"Action", "DescribeFlowLogs"}}));
      ASSERT_TRUE(answered);
      Assessment assessment(verdict, *answered);
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

// A check of many cases, each of which is refused for its name, but for those of these numbers.
void add_cases(Check& check, std::size_t count) {
  check.resources = {{"vpc", ""}};
  check.cases.add_more(count, [](std::size_t i) {
    Case one;
    one.label = std::to_string(i);
    one.base = smallest_request(built_in_service().creator().contract, "vpc");
    one.params = flowlog::apply({{{"FlowLogName", std::string(200 + i, 'a')}}, {}}, one.base);
    return one;
  });
}

TEST_F(EngineTest, ManyCasesAreCarriedOutSideBySideAndToldAsOne) {
  constexpr std::size_t kCount = 3 * Parts::kCases + 5;
  add_cases(add("param.FlowLogName.length/over-max", {}), kCount);
  std::mutex mutex;
  std::set<std::size_t> lengths;
  on_create = [&](const Params& params) -> std::optional<Answered> {
    const std::lock_guard lock(mutex);
    lengths.insert(find(params, "FlowLogName")->size());
    return refusal("errors/7");
  };
  const auto results = run();
  EXPECT_EQ(lengths.size(), kCount);
  EXPECT_EQ(results[0].cases, static_cast<int>(kCount));
  EXPECT_EQ(find(results[0].example->params, "FlowLogName")->size(), 200U);
}

TEST_F(EngineTest, ManyCasesGiveTheDeviationThatComesFirst) {
  Check& check = add("param.FlowLogName.length/over-max", {});
  add_cases(check, 6 * Parts::kCases);
  check.confirm = false;
  on_create = [&](const Params& params) -> std::optional<Answered> {
    const std::size_t length = find(params, "FlowLogName")->size();
    if (length == 300 || length == 301 || length >= 450) return std::nullopt;  // accepted
    return refusal("errors/7");
  };
  const auto results = run();
  EXPECT_EQ(results[0].verdict, Verdict::deviating);
  EXPECT_EQ(find(results[0].example->params, "FlowLogName")->size(), 300U);
  EXPECT_EQ(results[0].cases, 101);
}

TEST_F(EngineTest, ManyCasesThatWereStoppedAreNotConformant) {
  add_cases(add("param.FlowLogName.length/over-max", {}), 6 * Parts::kCases);
  std::atomic<int> seen = 0;
  EngineOptions options;
  options.concurrency = 1;
  Engine engine(run_context, plan, options);
  on_create = [&](const Params&) -> std::optional<Answered> {
    if (++seen == 10) engine.stop();
    return refusal("errors/7");
  };
  engine.start();
  EXPECT_EQ(engine.finish()[0].verdict, Verdict::inconclusive);
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

TEST_F(EngineTest, ExceptionInACheckMakesThatCheckInconclusive) {
  add("check/throws", [](CheckContext&) { throw std::runtime_error("made to fail"); });
  add("check/throws-a-number", [](CheckContext&) { throw 1; });
  add("check/goes-on", assessment(Verdict::conformant));
  EngineOptions options;
  options.concurrency = 1;
  const auto results = run(options);
  EXPECT_EQ(results[0].verdict, Verdict::inconclusive);
  EXPECT_THAT(results[0].message, HasSubstr("made to fail"));
  EXPECT_EQ(results[1].verdict, Verdict::inconclusive);
  EXPECT_EQ(results[2].verdict, Verdict::conformant);
}

TEST_F(EngineTest, WhatACheckMadeBeforeItThrewIsDeleted) {
  add("check", [](CheckContext& context) {
    context.create(context.smallest());
    throw std::runtime_error("made to fail");
  }).resources = {{"vpc", "", "", false}};
  EXPECT_EQ(run()[0].verdict, Verdict::inconclusive);
  EXPECT_TRUE(fake.stored.empty());
}

// The exchange is lost with it; what the request made is not.
TEST_F(EngineTest, WhatIsMadeWhileAnObserverThrowsIsDeleted) {
  client.observer = [](const Exchange&, const Call& call) {
    if (call.may_create) throw std::runtime_error("made to fail");
  };
  add("check", [](CheckContext& context) { context.create(context.smallest()); }).resources = {
      {"vpc", "", "", false}};
  const auto results = run();
  EXPECT_EQ(results[0].verdict, Verdict::inconclusive);
  EXPECT_THAT(results[0].message, HasSubstr("made to fail"));
  EXPECT_EQ(fake.stored.size(), 1U);
  tracker.clean_up(*session);
  EXPECT_TRUE(fake.stored.empty());
  EXPECT_TRUE(tracker.leftovers().empty());
}

TEST_F(EngineTest, ExceptionOfOneOfTwoAtOnceMakesTheCheckInconclusive) {
  on_create = [](const Params& params) -> std::optional<Answered> {
    if (find(params, "FlowLogName") == "second") throw std::runtime_error("made to fail");
    return std::nullopt;
  };
  add("check", [](CheckContext& context) {
    Params second = context.smallest();
    set(second, "FlowLogName", "second");
    context.create_both(context.smallest(), second);
  }).resources = {{"vpc", "", "", false}};
  const auto results = run();
  EXPECT_EQ(results[0].verdict, Verdict::inconclusive);
  EXPECT_THAT(results[0].message, HasSubstr("made to fail"));
  EXPECT_TRUE(fake.stored.empty());
}

TEST_F(EngineTest, ResultThatCannotBeToldIsInconclusive) {
  add("check/1", assessment(Verdict::conformant));
  add("check/2", assessment(Verdict::conformant));
  EngineOptions options;
  options.on_result = [](const CheckResult& result) {
    if (result.id == "check/1") throw std::runtime_error("made to fail");
  };
  const auto results = run(options);
  EXPECT_EQ(results[0].verdict, Verdict::inconclusive);
  EXPECT_THAT(results[0].message, HasSubstr("made to fail"));
  EXPECT_EQ(results[1].verdict, Verdict::conformant);
}

TEST_F(EngineTest, WorkersWithoutAConnectionLeaveTheirWorkToTheOthers) {
  std::atomic<int> opened = 0;
  on_open = [&] {
    if (opened++ >= 2) throw std::runtime_error("made to fail");
  };
  for (int i = 0; i < 20; ++i) add("check/" + std::to_string(i), assessment(Verdict::conformant));
  EngineOptions options;
  options.concurrency = 8;
  Engine engine(run_context, plan, options);
  engine.start();
  for (const CheckResult& result : engine.finish()) {
    EXPECT_EQ(result.verdict, Verdict::conformant) << result.id;
  }
  EXPECT_EQ(engine.fewer_workers(), "6 of 8 workers could not work: made to fail.");
}

TEST_F(EngineTest, WithoutAnyWorkerEveryCheckIsInconclusive) {
  on_open = [] { throw std::runtime_error("made to fail"); };
  for (int i = 0; i < 5; ++i) add("check/" + std::to_string(i), assessment(Verdict::conformant));
  for (const CheckResult& result : run()) {
    EXPECT_EQ(result.verdict, Verdict::inconclusive);
    EXPECT_THAT(result.message, HasSubstr("made to fail"));
  }
}

// A console may block for as long as somebody reads a page of it.
TEST_F(EngineTest, StopsWhileAResultIsBeingTold) {
  std::promise<void> telling;
  std::promise<void> read;
  EngineOptions options;
  options.concurrency = 1;
  options.on_result = [&](const CheckResult& result) {
    if (result.id != "check/0") return;
    telling.set_value();
    read.get_future().wait();
  };
  for (int i = 0; i < 3; ++i) add("check/" + std::to_string(i), assessment(Verdict::conformant));
  Engine engine(run_context, plan, options);
  engine.start();
  telling.get_future().wait();
  engine.stop();  // with the lock held meanwhile, this would never return
  EXPECT_EQ(engine.wait(0).verdict, Verdict::conformant);
  EXPECT_EQ(engine.wait(2).verdict, Verdict::inconclusive);
  read.set_value();
  engine.finish();
}

TEST_F(EngineTest, ScriptWhoseAnswerWasLostIsCarriedOutAgain) {
  const std::vector<Answered> lost = {Failure{Failure::Kind::reset, "made to fail", true},
                                      WireResponse{503, {}, "<html>come again</html>"}};
  for (std::size_t i = 0; i < lost.size(); ++i) {
    add("check/" + std::to_string(i), [](CheckContext& context) {
      context.accepted(context.create(context.smallest()));
    }).resources = {{"vpc", "", "", false}};
  }
  std::size_t nth = 0;
  on_create = [&](const Params&) -> std::optional<Answered> {
    const std::size_t now = nth++;
    return now % 2 == 0 && now / 2 < lost.size() ? std::optional(lost[now / 2]) : std::nullopt;
  };
  EngineOptions options;
  options.concurrency = 1;
  for (const CheckResult& result : run(options)) {
    EXPECT_EQ(result.verdict, Verdict::conformant) << result.id << ": " << result.message;
  }
  EXPECT_TRUE(fake.stored.empty());
}

// A connection that is cut after the effect: what was made is looked up before the next attempt.
TEST_F(EngineTest, ScriptAfterALostCreationFindsItsResourceFree) {
  fake.creates = {test::FakeApi::Create::lost};
  add("check", [](CheckContext& context) {
    context.accepted(context.create(context.smallest()));
  }).resources = {{"vpc", "vpc-1", "", false}};
  const CheckResult result = run()[0];
  EXPECT_EQ(result.verdict, Verdict::conformant) << result.message;
  EXPECT_TRUE(fake.stored.empty());
}

TEST_F(EngineTest, ScriptThatIsThrottledForEverIsInconclusive) {
  no_answer = [] { return std::optional<Answered>(WireResponse{429, {}, ""}); };
  add("check", [](CheckContext& context) {
    const Reply reply = context.create(context.smallest());
    if (const auto answered = context.answered(reply)) {
      context.claim(reply.created(), Standing::documented, *answered, "2xx", "", "refused");
    }
  }).resources = {{"vpc", "", "", false}};
  const CheckResult result = run()[0];
  EXPECT_EQ(result.verdict, Verdict::inconclusive);
  EXPECT_THAT(result.message, HasSubstr("throttling"));
}

}  // namespace
}  // namespace flowlog
