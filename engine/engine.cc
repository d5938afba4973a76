#include "engine/engine.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "base/counted.h"
#include "base/fault.h"
#include "base/memory_reserve.h"
#include "base/trace.h"
#include "engine/result.h"

namespace flowlog {
namespace {

CheckResult unjudged(const Check& check, std::string why) {
  CheckResult result = result_of(check);
  result.message = std::move(why);
  return result;
}

CheckResult skipped(const PlannedCheck& planned) {
  CheckResult result = result_of(planned.check);
  result.verdict = Verdict::skipped;
  result.message = planned.skipped;
  return result;
}

const std::string kProfileAtFault = "Not judged, as the profile is at fault: ";

}  // namespace

Engine::Engine(RunContext& run_context, const Plan& plan, EngineOptions options)
    : run_context_(run_context),
      plan_(plan),
      options_(std::move(options)),
      results_(plan.checks.size()),
      schedule_(plan, run_context.service, {options_.concurrency, options_.share, options_.share}),
      dropped_(plan.checks.size(), false),
      over_(plan.checks.size(), false) {
  for (const PlannedCheck& one : plan.checks) {
    if (!one.skipped.empty()) continue;
    if (one.check.phase == Phase::together) ++together_left_;
    if (one.check.phase == Phase::alone) ++alone_left_;
  }
}

Engine::~Engine() {
  stop();
  for (std::thread& worker : workers_) {
    if (worker.joinable()) worker.join();
  }
}

void Engine::start() {
  for (std::size_t i = 0; i < plan_.checks.size(); ++i) {
    if (plan_.checks[i].skipped.empty()) continue;
    schedule_.take(i);
    publish(i, skipped(plan_.checks[i]));
  }
  const int workers = std::max(1, options_.concurrency);
  workers_.reserve(static_cast<std::size_t>(workers));
  {
    const std::lock_guard lock(mutex_);
    workers_left_ = workers;
  }
  for (int i = 0; i < workers; ++i) {
    const std::string fault = fault_of([this, i] {
      workers_.emplace_back([this, i] {
        if (Trace* trace = Trace::on()) trace->name_thread(fmt::format("worker {:02}", i + 1));
        work();
      });
    });
    if (!fault.empty()) leave(fault);
  }
}

void Engine::stop() {
  const std::lock_guard lock(mutex_);
  stopped_ = true;
  run_context_.lease_pool.stop();
  changed_.notify_all();
}

void Engine::end(const std::string& why) {
  {
    const std::lock_guard lock(mutex_);
    if (stopped_) return;
    ended_by_ = why;
  }
  stop();
}

// REQUIRES: mutex_ is held, and the check did not begin
CheckResult Engine::not_begun(const Check& check) const {
  const std::string fault = run_context_.claims.fault();
  if (!fault.empty()) return unjudged(check, kProfileAtFault + fault);
  if (ended_by_.empty()) return unjudged(check, "The run was stopped before this check began.");
  CheckResult result = unjudged(check, ended_by_);
  result.verdict = Verdict::skipped;
  return result;
}

void Engine::work() {
  leave(fault_of([this] {
    const auto session = run_context_.client.open();
    for (const Phase phase : {Phase::together, Phase::alone, Phase::last}) {
      while (const auto work = take(phase)) {
        const std::string fault = fault_of([&] { carry_out(*work, *session); });
        release(*work, !fault.empty());
        if (memory_is_short()) throw std::runtime_error("memory is short");
      }
    }
  }));
}

// A worker ends, or never began.
void Engine::leave(const std::string& fault) {
  const std::lock_guard lock(mutex_);
  --workers_left_;
  if (!fault.empty()) {
    ++workers_lost_;
    lost_by_ = fault;
  }
  changed_.notify_all();
}

std::string Engine::fewer_workers() const {
  if (workers_lost_ == 0) return "";
  return fmt::format("{} of {} workers could not work: {}.", workers_lost_,
                     std::max(1, options_.concurrency), lost_by_);
}

// The next work of the phase, once the phases before it are done; nothing when none is left.
std::optional<Work> Engine::take(Phase phase) {
  std::unique_lock lock(mutex_);
  const auto ready = [&] {
    if (stopped_) return true;
    if (phase == Phase::together) return true;
    if (phase == Phase::alone) return together_left_ == 0 && running_ == 0;
    return together_left_ == 0 && alone_left_ == 0;
  };
  for (;;) {
    changed_.wait(lock, ready);
    if (stopped_) return std::nullopt;
    if (auto work = schedule_.next(phase)) {
      ++running_;
      if (work->part) begun_.emplace(work->checks.front(), run_context_.clock.now());
      return work;
    }
    if (!schedule_.waiting(phase)) return std::nullopt;
    changed_.wait(lock);
  }
}

void Engine::publish(std::size_t index, CheckResult result) {
  result.place = plan_.checks[index].place;
  {
    const std::lock_guard lock(mutex_);
    results_[index] = result;
    ended(index);
  }
  tell(index, result);
}

// The worker is done with it. A result that could not be kept, for want of memory, is made anew
// when it is asked for.
void Engine::release(const Work& work, bool failed) {
  const std::lock_guard lock(mutex_);
  for (const std::size_t index : work.checks) {
    if (!failed || results_[index]) continue;
    dropped_[index] = true;
    ended(index);
  }
  --running_;
  changed_.notify_all();
}

// REQUIRES: mutex_ is held
void Engine::ended(std::size_t index) {
  if (plan_.checks[index].skipped.empty() && !over_[index]) {
    if (plan_.checks[index].check.phase == Phase::together) --together_left_;
    if (plan_.checks[index].check.phase == Phase::alone) --alone_left_;
  }
  over_[index] = true;
  changed_.notify_all();
}

void Engine::tell(std::size_t index, const CheckResult& result) {
  if (!options_.on_result) return;
  const std::string fault = fault_of([&] {
    const std::lock_guard lock(telling_);
    options_.on_result(result);
  });
  if (fault.empty()) return;
  const std::lock_guard lock(mutex_);
  CheckResult& kept = *results_[index];
  kept.remarks.push_back("Its result could not be told: " + fault);
  if (worse(kept.verdict, Verdict::inconclusive) != Verdict::inconclusive) return;
  kept.verdict = Verdict::inconclusive;
  kept.message = kept.remarks.back();
}

CheckResult Engine::wait(std::size_t index) {
  std::unique_lock lock(mutex_);
  const auto parts = [&] { return schedule_.parts(index); };
  changed_.wait(lock, [&] {
    if (results_[index] || dropped_[index]) return true;
    if (parts() != nullptr && (parts()->under_way() || parts()->closed())) return false;
    return (stopped_ || workers_left_ == 0) && !schedule_.taken(index);
  });
  if (!results_[index] && !dropped_[index] && parts() != nullptr && parts()->close()) {
    lock.unlock();
    close(index);
    lock.lock();
  }
  if (results_[index]) return *results_[index];
  if (dropped_[index])
    return unjudged(plan_.checks[index].check, "A fault of this program: no memory was left.");
  if (!stopped_) {
    return unjudged(plan_.checks[index].check,
                    "No worker was left to begin this check: " + lost_by_);
  }
  return not_begun(plan_.checks[index].check);
}

std::vector<CheckResult> Engine::so_far() {
  const std::lock_guard lock(mutex_);
  std::vector<CheckResult> results;
  for (std::size_t i = 0; i < plan_.checks.size(); ++i) {
    results.push_back(results_[i] ? *results_[i]
                                  : unjudged(plan_.checks[i].check,
                                             "The run was stopped before this check ended."));
  }
  return results;
}

std::string Engine::grouped() const {
  if (schedule_.shared_cases() == 0) return "";
  return fmt::format("{} valid values of different parameters shared {}.", schedule_.shared_cases(),
                     counted(schedule_.shared_requests(), "request"));
}

std::vector<CheckResult> Engine::finish() {
  for (std::thread& worker : workers_) worker.join();
  workers_.clear();
  std::vector<CheckResult> results;
  for (std::size_t i = 0; i < plan_.checks.size(); ++i) results.push_back(wait(i));
  return results;
}

}  // namespace flowlog
