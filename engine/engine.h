// Carries a plan out on a pool of workers and gives each check its verdict.
#pragma once

#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "engine/plan.h"
#include "engine/result.h"
#include "engine/run_context.h"
#include "engine/schedule.h"
#include "reports/report.h"

namespace flowlog {

struct EngineOptions {
  int concurrency = 8;
  // Begins the command that repeats a check; id and seed are added.
  std::string command = "flowlog-conformance run";
  // Hears each result as it comes, from any worker, one at a time. What it throws makes that result
  // inconclusive; it may block without keeping stop() from returning.
  std::function<void(const CheckResult&)> on_result;
  bool share = true;  // requests and looks, between checks
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
  // What was grouped, a sentence; or "". After finish().
  std::string grouped() const;

 private:
  void work();
  CheckResult not_begun(const Check& check) const;
  std::optional<Work> take(Phase phase);
  // carry_out.cc: what a worker does with its work.
  void carry_out(const Work& work, Client::Session& session);
  void run_part(std::size_t index, const Part& part, Client::Session& session);
  void close(std::size_t index);
  void run_shared(const SharedRequest& request, Client::Session& session);
  std::vector<Assessment> try_shared(const SharedRequest& request, CheckContext& context);
  void remember_stored(const SharedRequest& request, const Reply& reply, CheckContext& context);
  void run_batch(const std::vector<std::size_t>& indexes, Client::Session& session);
  struct Tried {
    std::size_t index = 0;
    Instant start{};
    Noted noted;
    bool to_be_looked = false;
  };
  std::vector<Tried> try_batch(const std::vector<std::size_t>& indexes, std::vector<Lease>& leases,
                               Client::Session& session);
  void run_group(const std::vector<std::size_t>& indexes, Client::Session& session);
  std::vector<Tried> try_group(const std::vector<std::size_t>& indexes, CheckContext& owner,
                               Client::Session& session);
  struct Left {
    bool read = true;                     // it could be seen what stands
    std::vector<Assessment> assessments;  // one for each flow log
  };
  Left look_at(const Check& check, WallTime since, std::vector<Lease>& leases,
               Client::Session& session);
  CheckResult run(std::size_t index, Client::Session& session);
  // A check carried out once.
  struct Attempt {
    CheckResult result;
    std::string symptom;
    int lost = 0;        // answers
    bool leased = true;  // there were resources for it
    bool burnt = false;  // what it made on them could not be removed
  };
  Attempt attempt(std::size_t index, Client::Session& session);
  Attempt attempt_once(std::size_t index, Client::Session& session);
  Noted in_context(const Check& check, Client::Session& session,
                   const std::function<void(CheckContext&)>& act);
  CheckResult judge(std::size_t index, Client::Session& session);
  Noted finished(CheckContext& context, const std::string& fault);
  CheckResult told(const Check& check, const Noted& noted, std::string& symptom);
  void blame_profile(const Check& check, CheckResult& result);
  CheckResult concluded(const Check& check, Instant start, const Noted& noted);
  void conclude(const Check& check, Instant start, CheckResult& result);
  void lean_on_controls(const Check& check, CheckResult& result);
  void publish(std::size_t index, CheckResult result);
  void tell(std::size_t index, const CheckResult& result);
  void release(const Work& work, bool failed);
  void ended(std::size_t index);
  void leave(const std::string& fault);

  RunContext& run_context_;
  const Plan& plan_;
  const EngineOptions options_;

  std::mutex telling_;  // held while on_result hears; never taken while mutex_ is held
  std::mutex mutex_;    // guards what follows but workers_
  std::condition_variable changed_;
  std::vector<std::optional<CheckResult>> results_;
  Schedule schedule_;
  std::map<std::size_t, Instant> begun_;  // of those that are divided
  std::vector<std::thread> workers_;
  bool stopped_ = false;
  std::string ended_by_;  // why it was stopped, where enough was known
  int running_ = 0;
  int workers_left_ = 0;
  int workers_lost_ = 0;
  std::string lost_by_;        // what ended the last of them
  std::vector<bool> dropped_;  // begun, and its result could not even be kept
  std::vector<bool> over_;     // counted as ended
  std::size_t together_left_ = 0;
  std::size_t alone_left_ = 0;
};

}  // namespace flowlog
