#include "mutation/mock_run.h"

#include <nlohmann/json.hpp>

#include "engine/run.h"
#include "mock/mock.h"
#include "specs/load.h"
#include "suites/catalog.h"

namespace flowlog::mutation {
namespace {

mock::Options mock_options(const MockSetup& setup) {
  mock::Options options;
  options.creating = std::chrono::milliseconds(100);  // long enough to be seen
  options.processing = setup.processing;
  if (!setup.deviation.empty()) options.deviations = {setup.deviation};
  if (!setup.variant.empty()) options.variants = {setup.variant};
  return options;
}

// The machine's time, faster; the time of day stays, for requests are signed with it.
class FastClock final : public Clock {
 public:
  explicit FastClock(int speedup) : haste_(speedup), start_(system_clock().now()) {}
  WallTime wall() override { return system_clock().wall(); }
  Instant now() override { return start_ + (system_clock().now() - start_) * haste_; }
  void sleep_until(Instant when) override {
    system_clock().sleep_until(start_ + (when - start_) / haste_);
  }

 private:
  const int haste_;
  const Instant start_;
};

RunOptions run_options(const mock::Mock& mock, const SuiteSettings& settings) {
  RunOptions options;
  options.service = built_in_service();
  options.catalog = catalog;
  options.profile = load_profile(mock.profile().dump(), "the mock's profile");
  options.profile.flow_log_quota = 0;  // a fact of the contract, not for the mock to say
  options.plan.only = settings.only;
  options.seed = settings.seed;
  options.random_cases = settings.random_cases;
  options.max_shrinks = settings.max_shrinks;
  options.concurrency = settings.concurrency;
  options.timeout = settings.timeout;
  options.max_requests = settings.max_requests;
  options.requests_per_second = settings.requests_per_second;
  options.embedded = true;
  return options;
}

}  // namespace

Report run_on_mock(const MockSetup& setup, const SuiteSettings& settings) {
  const Service& served = setup.served == nullptr ? built_in_service() : *setup.served;
  const mock::Mock mock(served, mock_options(setup));
  FastClock clock(settings.speedup);
  Run run(run_options(mock, settings), clock);
  run.begin({});
  return run.finish();
}

Verdicts verdicts(const Report& report) {
  Verdicts verdicts;
  for (const CheckResult& check : report.checks) verdicts[check.id] = check.verdict;
  return verdicts;
}

VerdictChanges changes(const Verdicts& honest, const Report& report) {
  VerdictChanges changes;
  for (const CheckResult& check : report.checks) {
    const auto before = honest.find(check.id);
    if (before != honest.end() && before->second == check.verdict) continue;
    if (check.verdict == Verdict::deviating) changes.deviating.push_back(check.id);
    if (check.verdict == Verdict::finding) changes.finding.push_back(check.id);
    if (check.verdict == Verdict::inconclusive) changes.inconclusive.push_back(check.id);
  }
  return changes;
}

}  // namespace flowlog::mutation
