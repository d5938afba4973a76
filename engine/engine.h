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
  // Hears each result as it comes, from any worker, one at a time.
  std::function<void(const CheckResult&)> on_result;
};

// One run. `bench` and `plan` outlive it.
class Engine {
 public:
  Engine(RunContext& run_context, const Plan& plan, EngineOptions options);
  ~Engine();  // stops

  void start();
  // Waits for the verdict of the check at `index` of the plan.
  CheckResult wait(std::size_t index);
  // From now on no check begins, and those that run end soon. What was not judged is inconclusive.
  void stop();
  // All results in the plan's order, when every worker is done.
  std::vector<CheckResult> finish();

 private:
  void work();
  std::optional<std::size_t> take(Phase phase);
  CheckResult run(const Check& check, Client::Session& session);
  CheckResult attempt(const Check& check, Client::Session& session, std::string& symptom);
  void lean_on_controls(const Check& check, CheckResult& result);
  void publish(std::size_t index, CheckResult result);

  RunContext& run_context_;
  const Plan& plan_;
  const EngineOptions options_;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::optional<CheckResult>> results_;
  std::vector<bool> taken_;
  std::vector<std::thread> workers_;
  bool stopped_ = false;
  int running_ = 0;
  std::size_t together_left_ = 0;
  std::size_t alone_left_ = 0;
};

}  // namespace flowlog
