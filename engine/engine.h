// Carries a plan out on a pool of workers and gives each check its verdict.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "engine/plan.h"
#include "engine/run_context.h"
#include "reports/report.h"

namespace flowlog {

struct EngineOptions {
  int concurrency = 8;
  // Begins the command that repeats a check; id and seed are added.
  std::string command = "flowlog-conformance run";
  // Hears each result as it comes, from any worker, one at a time. What it throws makes that result
  // inconclusive; it may block without keeping stop() from returning.
  std::function<void(const CheckResult&)> on_result;
};

// One run. `run_context` and `plan` outlive it. No exception leaves a worker: one in a check makes
// that check inconclusive, one that ends a worker leaves its work to the others.
class Engine {
 public:
  Engine(RunContext& run_context, const Plan& plan, EngineOptions options);
  ~Engine();  // stops

  void start();
  // Waits for the verdict of the check at `index` of the plan.
  CheckResult wait(std::size_t index);
  // From now on no check begins, and those that run end soon. What was not judged is inconclusive.
  void stop();
  // The same, where enough is known: what did not begin is skipped for this reason, a sentence.
  void end(const std::string& why);
  // All results in the plan's order, when every worker is done.
  std::vector<CheckResult> finish();
  // The results that there are by now, and of the others that they were stopped. From any thread.
  std::vector<CheckResult> so_far();
  // Why there were fewer workers than asked for, a sentence; or "". After finish().
  std::string fewer_workers() const;

 private:
  void work();
  CheckResult not_begun(const Check& check) const;
  std::optional<std::size_t> take(Phase phase);
  CheckResult run(const Check& check, Client::Session& session);
  CheckResult attempt(const Check& check, Client::Session& session, std::string& symptom);
  CheckResult attempt_once(const Check& check, Client::Session& session, std::string& symptom,
                           int& lost);
  void lean_on_controls(const Check& check, CheckResult& result);
  CheckResult judge(const Check& check, Client::Session& session);
  void publish(std::size_t index, CheckResult result);
  void tell(std::size_t index, const CheckResult& result);
  void drop(std::size_t index);
  void ended(std::size_t index);
  void leave(const std::string& fault);

  RunContext& run_context_;
  const Plan& plan_;
  const EngineOptions options_;

  std::mutex telling_;  // held while on_result hears; never taken while mutex_ is held
  std::mutex mutex_;    // guards what follows but workers_
  std::condition_variable changed_;
  std::vector<std::optional<CheckResult>> results_;
  std::vector<bool> taken_;
  std::vector<std::thread> workers_;
  bool stopped_ = false;
  std::string ended_by_;  // why it was stopped, where enough was known
  int running_ = 0;
  int workers_left_ = 0;
  int workers_lost_ = 0;
  std::string lost_by_;        // what ended the last of them
  std::vector<bool> dropped_;  // begun, and its result could not even be kept
  std::size_t together_left_ = 0;
  std::size_t alone_left_ = 0;
};

}  // namespace flowlog
