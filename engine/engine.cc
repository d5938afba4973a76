#include "engine/engine.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "base/fault.h"
#include "base/memory_reserve.h"
#include "engine/case_runner.h"
#include "engine/check_context.h"
#include "engine/result.h"
#include "engine/strangers.h"

namespace flowlog {
namespace {

CheckResult skipped(const PlannedCheck& planned) {
  CheckResult result = result_of(planned.check);
  result.verdict = Verdict::skipped;
  result.message = planned.skipped;
  return result;
}

CheckResult unjudged(const Check& check, std::string why) {
  CheckResult result = result_of(check);
  result.message = std::move(why);
  return result;
}

constexpr int kMoreAttempts = 2;
const std::string kFault = "A fault of this program: ";
const std::string kProfile = "Not judged, as the profile is at fault: ";

double seconds_between(Instant start, Instant end) {
  return std::chrono::duration<double>(end - start).count();
}

}  // namespace

Engine::Engine(RunContext& run_context, const Plan& plan, EngineOptions options)
    : run_context_(run_context),
      plan_(plan),
      options_(std::move(options)),
      results_(plan.checks.size()),
      taken_(plan.checks.size(), false),
      dropped_(plan.checks.size(), false) {
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
    taken_[i] = true;
    publish(i, skipped(plan_.checks[i]));
  }
  const int workers = std::max(1, options_.concurrency);
  workers_.reserve(static_cast<std::size_t>(workers));
  {
    const std::lock_guard lock(mutex_);
    workers_left_ = workers;
  }
  for (int i = 0; i < workers; ++i) {
    const std::string fault = fault_of([this] { workers_.emplace_back([this] { work(); }); });
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
  if (!fault.empty()) return unjudged(check, kProfile + fault);
  if (ended_by_.empty()) return unjudged(check, "The run was stopped before this check began.");
  CheckResult result = unjudged(check, ended_by_);
  result.verdict = Verdict::skipped;
  return result;
}

void Engine::work() {
  leave(fault_of([this] {
    const auto session = run_context_.client.open();
    for (const Phase phase : {Phase::together, Phase::alone, Phase::last}) {
      while (const auto index = take(phase)) {
        const std::string fault =
            fault_of([&] { publish(*index, run(plan_.checks[*index].check, *session)); });
        if (!fault.empty()) drop(*index);
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

// The next check of the phase, once the phases before it are done; nothing when none is left.
std::optional<std::size_t> Engine::take(Phase phase) {
  std::unique_lock lock(mutex_);
  const auto ready = [&] {
    if (stopped_) return true;
    if (phase == Phase::together) return true;
    if (phase == Phase::alone) return together_left_ == 0 && running_ == 0;
    return together_left_ == 0 && alone_left_ == 0;
  };
  changed_.wait(lock, ready);
  if (stopped_) return std::nullopt;
  for (std::size_t i = 0; i < plan_.checks.size(); ++i) {
    if (taken_[i] || plan_.checks[i].check.phase != phase) continue;
    taken_[i] = true;
    ++running_;
    return i;
  }
  return std::nullopt;
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

// The result could not be kept, for want of memory: it is made anew when it is asked for.
void Engine::drop(std::size_t index) {
  const std::lock_guard lock(mutex_);
  if (results_[index]) return;
  dropped_[index] = true;
  ended(index);
}

// REQUIRES: mutex_ is held
void Engine::ended(std::size_t index) {
  if (plan_.checks[index].skipped.empty()) {
    --running_;
    if (plan_.checks[index].check.phase == Phase::together) --together_left_;
    if (plan_.checks[index].check.phase == Phase::alone) --alone_left_;
  }
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
  changed_.wait(lock, [&] {
    return results_[index] || dropped_[index] ||
           ((stopped_ || workers_left_ == 0) && !taken_[index]);
  });
  if (results_[index]) return *results_[index];
  if (dropped_[index]) return unjudged(plan_.checks[index].check, kFault + "no memory was left.");
  if (!stopped_) {
    return unjudged(plan_.checks[index].check,
                    "No worker was left to begin this check: " + lost_by_);
  }
  return not_begun(plan_.checks[index].check);
}

CheckResult Engine::run(const Check& check, Client::Session& session) {
  CheckResult result;
  const std::string fault = fault_of([&] { result = judge(check, session); });
  const std::string wrong = run_context_.claims.fault();
  if (!wrong.empty()) {
    stop();
    return unjudged(check, kProfile + wrong);
  }
  return fault.empty() ? result : unjudged(check, kFault + fault);
}

CheckResult Engine::judge(const Check& check, Client::Session& session) {
  const Instant start = run_context_.clock.now();
  std::string symptom;
  CheckResult result = attempt(check, session, symptom);
  if (result.verdict == Verdict::deviating && check.script && check.confirm) {
    const Repeated repeated = repeat(symptom, [&] {
      std::string again;
      attempt(check, session, again);
      return again;
    });
    if (!repeated.repeats()) {
      result.verdict = Verdict::finding;
      result.message = fmt::format("Not repeatable: it came {} of {} times. {}", repeated.seen,
                                   repeated.tried, result.message);
    }
  }
  if (result.verdict == Verdict::conformant) lean_on_controls(check, result);
  if (result.verdict == Verdict::deviating || result.verdict == Verdict::inconclusive) {
    result.command =
        fmt::format("{} --only '{}' --seed {}", options_.command, check.id, run_context_.seed);
  }
  result.seconds = seconds_between(start, run_context_.clock.now());
  return result;
}

// A refusal means something only where a valid request is accepted. Controls stand first in a plan,
// so they have begun before this check.
void Engine::lean_on_controls(const Check& check, CheckResult& result) {
  if (check.phase == Phase::last) return;
  for (std::size_t i = 0; i < plan_.checks.size(); ++i) {
    const std::string& id = plan_.checks[i].check.id;
    if (std::ranges::find(check.controls, id) == check.controls.end()) continue;
    const Verdict verdict = wait(i).verdict;
    if (verdict == Verdict::conformant || verdict == Verdict::finding) continue;
    result.verdict = Verdict::inconclusive;
    result.message =
        fmt::format("{} is {}: where no valid request is accepted, a refusal proves nothing.", id,
                    name(verdict));
  }
}

// A script whose answers were lost on the way, or throttled away, is carried out again.
CheckResult Engine::attempt(const Check& check, Client::Session& session, std::string& symptom) {
  int lost = 0;
  CheckResult result = attempt_once(check, session, symptom, lost);
  for (int i = 0; i < kMoreAttempts && check.script; ++i) {
    if (result.verdict != Verdict::inconclusive || lost == 0) break;
    const long requests = result.requests;
    result = attempt_once(check, session, symptom, lost);
    result.requests += requests;
  }
  return result;
}

CheckResult Engine::attempt_once(const Check& check, Client::Session& session, std::string& symptom,
                                 int& lost) {
  auto leases = run_context_.lease_pool.acquire(check.account, check.resources);
  if (!leases) {
    symptom.clear();
    lost = 0;
    {
      const std::lock_guard lock(mutex_);
      if (!ended_by_.empty()) return not_begun(check);
    }
    CheckResult result =
        unjudged(check,
                 "No resource is free for it: flow logs stand on the profile's resources, or the "
                 "account's quota is used up.");
    // It wants all of the quota, and others have a part of it.
    if (check.phase == Phase::alone) result.verdict = Verdict::skipped;
    return result;
  }
  CheckContext context(run_context_, check, session, std::move(*leases));
  std::string fault = fault_of([&] {
    if (check.script) {
      check.script(context);
    } else {
      try_cases(context);
    }
  });
  // What a fault left unknown may stand on any of them.
  if (!fault.empty()) context.burn_leases();
  const Verdict verdict = result_of(context, symptom).verdict;
  const bool doubted = verdict == Verdict::deviating || verdict == Verdict::inconclusive;
  const auto strangers = doubted ? context.strangers() : std::vector<FlowLog>();
  const std::string unfinished = fault_of([&] { context.finish(); });
  if (!unfinished.empty()) context.burn_leases();
  for (const std::string& text : {fault, unfinished}) {
    if (!text.empty()) context.inconclusive(kFault + text);
  }
  lost = context.lost();
  CheckResult result = result_of(context, symptom);
  if (!strangers.empty()) {
    result.verdict = Verdict::inconclusive;
    result.message = told_of_strangers(strangers);
    symptom.clear();
  }
  return result;
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

std::vector<CheckResult> Engine::finish() {
  for (std::thread& worker : workers_) worker.join();
  workers_.clear();
  std::vector<CheckResult> results;
  for (std::size_t i = 0; i < plan_.checks.size(); ++i) results.push_back(wait(i));
  return results;
}

}  // namespace flowlog
