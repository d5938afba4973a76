#include "score/sitting.h"

#include <nlohmann/json.hpp>

#include "mock/mock.h"
#include "specs/load.h"
#include "suites/run.h"

namespace flowlog::score {
namespace {

mock::Options mock_options(const Subject& subject) {
  mock::Options options;
  options.creating = std::chrono::milliseconds(100);  // long enough to be seen
  if (!subject.deviation.empty()) options.deviations = {subject.deviation};
  if (!subject.variant.empty()) options.variants = {subject.variant};
  return options;
}

// The machine's time, faster; the time of day stays, for requests are signed with it.
class HastyClock final : public Clock {
 public:
  explicit HastyClock(int haste) : haste_(haste), start_(system_clock().now()) {}
  WallTime wall() override { return system_clock().wall(); }
  Instant now() override { return start_ + (system_clock().now() - start_) * haste_; }
  void sleep_until(Instant when) override {
    system_clock().sleep_until(start_ + (when - start_) / haste_);
  }

 private:
  const int haste_;
  const Instant start_;
};

RunOptions run_options(const mock::Mock& mock, const Sight& sight) {
  RunOptions options;
  options.api = built_in_api();
  options.profile = load_profile(mock.profile().dump(), "the mock's profile");
  options.profile.flow_log_quota = 0;  // a fact of the contract, not for the mock to say
  options.plan.only = sight.only;
  options.seed = sight.seed;
  options.random_cases = sight.random_cases;
  options.max_shrinks = sight.max_shrinks;
  options.concurrency = sight.concurrency;
  options.timeout = sight.timeout;
  options.max_requests = sight.max_requests;
  options.requests_per_second = sight.requests_per_second;
  options.embedded = true;
  return options;
}

}  // namespace

Report sit(const Subject& subject, const Sight& sight) {
  const Api& served = subject.served == nullptr ? built_in_api() : *subject.served;
  const mock::Mock mock(served, mock_options(subject));
  HastyClock clock(sight.haste);
  Run run(run_options(mock, sight), clock);
  run.begin({});
  return run.finish();
}

Verdicts verdicts(const Report& report) {
  Verdicts verdicts;
  for (const CheckResult& check : report.checks) verdicts[check.id] = check.verdict;
  return verdicts;
}

Turned turned(const Verdicts& honest, const Report& report) {
  Turned turned;
  for (const CheckResult& check : report.checks) {
    const auto before = honest.find(check.id);
    if (before != honest.end() && before->second == check.verdict) continue;
    if (check.verdict == Verdict::deviating) turned.deviating.push_back(check.id);
    if (check.verdict == Verdict::finding) turned.finding.push_back(check.id);
    if (check.verdict == Verdict::inconclusive) turned.inconclusive.push_back(check.id);
  }
  return turned;
}

}  // namespace flowlog::score
