// The whole run in this process, against the embedded endpoint.
#include "engine/run.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "mock/mock.h"
#include "specs/load.h"
#include "suites/catalog.h"

namespace flowlog {
namespace {

// A broad part of the catalog that still is quickly done.
const std::vector<std::string> kSome = {"param.FlowLogName.*", "idempotency.*", "error.*"};

RunOptions options_for(const mock::Mock& server, std::uint64_t seed, int concurrency) {
  RunOptions options;
  options.service = built_in_service();
  options.catalog = catalog;
  options.profile = load_profile(server.profile().dump(), "profile");
  options.seed = seed;
  options.concurrency = concurrency;
  options.random_cases = 1;
  options.embedded = true;
  return options;
}

Report run_on(const mock::Options& mock_options, std::uint64_t seed, int concurrency,
              const std::vector<std::string>& only = {}) {
  mock::Mock server(built_in_service(), mock_options);
  RunOptions options = options_for(server, seed, concurrency);
  options.plan.only = only;
  flowlog::Run run(std::move(options));
  EXPECT_EQ(run.begin([](const CheckResult&) {}), "");
  return run.finish();
}

TEST(WholeRun, GivesTheSameVerdictsAtConcurrency1And16) {
  const Report one = run_on({}, 7, 1, kSome);
  const Report many = run_on({}, 7, 16, kSome);
  EXPECT_TRUE(one.complete);
  EXPECT_TRUE(many.complete);
  ASSERT_EQ(one.checks.size(), many.checks.size());
  for (std::size_t i = 0; i < one.checks.size(); ++i) {
    EXPECT_EQ(one.checks[i].id, many.checks[i].id);
    EXPECT_EQ(name(one.checks[i].verdict), name(many.checks[i].verdict)) << one.checks[i].id;
  }
}

TEST(WholeRun, FindsNoDeviationInAnEndpointThatKeepsTheContract) {
  const Report report =
      run_on({}, 11, 8, {"request.*", "param.Tags.*", "list*", "envelope*", "answer*"});
  for (const CheckResult& check : report.checks) {
    EXPECT_NE(check.verdict, Verdict::deviating) << check.id << ": " << check.message;
    EXPECT_NE(check.verdict, Verdict::inconclusive) << check.id << ": " << check.message;
  }
}

TEST(WholeRun, LeavesNothingStanding) {
  mock::Mock server(built_in_service(), {});
  const long before = server.stats().standing;
  RunOptions options = options_for(server, 7, 8);
  options.plan.only = {"param.Description.*", "life*"};
  flowlog::Run run(std::move(options));
  ASSERT_EQ(run.begin([](const CheckResult&) {}), "");
  const Report report = run.finish();
  EXPECT_GT(report.created, 0);
  EXPECT_TRUE(report.leftover.empty());
  EXPECT_EQ(server.stats().standing, before);
}

TEST(WholeRun, TellsEachCheckOnce) {
  mock::Mock server(built_in_service(), {});
  RunOptions options = options_for(server, 7, 8);
  options.plan.only = {"param.FlowLogName.*"};
  flowlog::Run run(std::move(options));
  std::multiset<std::string> told;
  ASSERT_EQ(run.begin([&](const CheckResult& result) { told.insert(result.id); }), "");
  std::multiset<std::string> reported;
  for (const CheckResult& check : run.finish().checks) reported.insert(check.id);
  EXPECT_EQ(told, reported);
}

TEST(WholeRun, GivesTheSameResultsWhateverTheOrderOfWaiting) {
  mock::Mock server(built_in_service(), {});
  RunOptions options = options_for(server, 7, 4);
  options.plan.only = {"param.TrafficType.*"};
  flowlog::Run run(std::move(options));
  ASSERT_EQ(run.begin([](const CheckResult&) {}), "");
  for (std::size_t i = run.plan().checks.size(); i-- > 0;) {
    EXPECT_EQ(run.wait(i).id, run.plan().checks[i].check.id);
  }
  EXPECT_TRUE(run.finish().complete);
}

TEST(WholeRun, StoppedGivesInconclusiveForWhatWasNotJudged) {
  mock::Mock server(built_in_service(), {});
  flowlog::Run run(options_for(server, 7, 2));
  ASSERT_EQ(run.begin([](const CheckResult&) {}), "");
  run.interrupt();
  const Report report = run.finish();
  EXPECT_FALSE(report.complete);
  EXPECT_EQ(report.checks.size(), run.plan().checks.size());
  EXPECT_TRUE(std::ranges::any_of(report.checks, [](const CheckResult& check) {
    return check.verdict == Verdict::inconclusive;
  }));
  EXPECT_TRUE(report.leftover.empty());
}

TEST(WholeRun, AgainstNobodyTellsTheTrouble) {
  RunOptions options;
  {
    mock::Mock server(built_in_service(), {});
    options = options_for(server, 7, 2);
  }
  flowlog::Run run(std::move(options));
  EXPECT_NE(run.begin([](const CheckResult&) {}), "");
  EXPECT_NE(run.finish().trouble, "");
}

// The endpoint's transport, whose nth answer over all connections `change` may replace.
class ChangedWire final : public Transport {
 public:
  using Change = std::function<Answered(int nth, Answered)>;
  ChangedWire(std::unique_ptr<Transport> wire, Change change, std::atomic<int>& sent)
      : wire_(std::move(wire)), change_(std::move(change)), sent_(sent) {}
  Answered send(const WireRequest& request, Instant deadline) override {
    Answered answer = wire_->send(request, deadline);
    return change_(++sent_, std::move(answer));
  }
  void cancel() override {}

 private:
  std::unique_ptr<Transport> wire_;
  Change change_;
  std::atomic<int>& sent_;
};

TransportFactory changed(const RunOptions& options, ChangedWire::Change change,
                         std::atomic<int>& sent) {
  return [endpoint = parse_endpoint(options.profile.endpoint), change, &sent] {
    return std::make_unique<ChangedWire>(make_http_transport(endpoint, {}), change, sent);
  };
}

// Its third request is the last before the engine is made.
TEST(WholeRun, InterruptedBeforeItsEngineIsBornBeginsNoCheck) {
  mock::Mock server(built_in_service(), {});
  RunOptions options = options_for(server, 7, 2);
  options.plan.only = {"param.TrafficType.*"};
  std::erase_if(options.profile.accounts, [](const auto& one) { return one.first != "default"; });
  std::atomic<int> sent = 0;
  flowlog::Run* interrupted = nullptr;
  options.factory = changed(
      options,
      [&](int nth, Answered answer) {
        if (nth == 3) interrupted->interrupt();
        return answer;
      },
      sent);
  flowlog::Run run(std::move(options));
  interrupted = &run;
  ASSERT_EQ(run.begin([](const CheckResult&) {}), "");
  const Report report = run.finish();
  EXPECT_FALSE(report.complete);
  for (const CheckResult& check : report.checks) {
    EXPECT_EQ(check.message, "The run was stopped before this check began.") << check.id;
  }
}

// Of every `nth` answer after the preflight nothing is left but `lost`; the request had its effect.
Report run_that_loses(const Answered& lost, int every) {
  constexpr int kPreflight = 30;
  mock::Mock server(built_in_service(), {});
  RunOptions options = options_for(server, 7, 4);
  options.plan.only = {"auth.*/DescribeFlowLogs",
                       "auth.signed/*",
                       "lifecycle.*",
                       "idempotency.*",
                       "race.*",
                       "error.*",
                       "model.*"};
  std::atomic<int> sent = 0;
  options.factory = changed(
      options,
      [&](int nth, Answered answer) {
        return nth > kPreflight && nth % every == 0 ? lost : std::move(answer);
      },
      sent);
  flowlog::Run run(std::move(options));
  EXPECT_EQ(run.begin([](const CheckResult&) {}), "");
  return run.finish();
}

TEST(WholeRun, NeverTakesNoAnswerForADeviation) {
  const std::vector<Answered> none = {Failure{Failure::Kind::timeout, "made to fail", true},
                                      Failure{Failure::Kind::reset, "made to fail", true},
                                      WireResponse{503, {}, "<html>come again</html>"}};
  for (const Answered& lost : none) {
    // What throttles whatever the pace makes a run slow.
    const int every = std::holds_alternative<WireResponse>(lost) ? 29 : 7;
    for (const CheckResult& check : run_that_loses(lost, every).checks) {
      EXPECT_NE(check.verdict, Verdict::deviating) << check.id << ": " << check.message;
    }
  }
}

TEST(WholeRun, JudgesEverythingWhereAConnectionIsCutNowAndThen) {
  const Failure cut{Failure::Kind::reset, "made to fail", true};
  for (const CheckResult& check : run_that_loses(cut, 50).checks) {
    EXPECT_NE(check.verdict, Verdict::deviating) << check.id << ": " << check.message;
    EXPECT_NE(check.verdict, Verdict::inconclusive) << check.id << ": " << check.message;
  }
}

}  // namespace
}  // namespace flowlog
