// Engine: what a worker does with its work.
#include <fmt/format.h>

#include <algorithm>

#include "base/fault.h"
#include "base/trace.h"
#include "engine/case_runner.h"
#include "engine/check_context.h"
#include "engine/engine.h"
#include "engine/strangers.h"

namespace flowlog {
namespace {

constexpr int kMoreAttempts = 4;  // of a long script with one answer in fifty lost three may fail
const std::string kFault = "A fault of this program: ";
const std::string kProfile = "Not judged, as the profile is at fault: ";

double seconds_between(Instant start, Instant end) {
  return std::chrono::duration<double>(end - start).count();
}

}  // namespace

void Engine::carry_out(const Work& work, Client::Session& session) {
  if (work.shared) {
    run_shared(*work.shared, session);
  } else if (work.part) {
    run_part(work.checks.front(), *work.part, session);
  } else if (work.checks.size() > 1) {
    const bool scripts = static_cast<bool>(plan_.checks[work.checks.front()].check.script);
    (scripts ? run_group(work.checks, session) : run_batch(work.checks, session));
  } else {
    publish(work.checks.front(), run(work.checks.front(), session));
  }
}

void Engine::run_part(std::size_t index, const Part& part, Client::Session& session) {
  const Check& check = plan_.checks[index].check;
  Parts* parts = nullptr;
  {
    const std::lock_guard lock(mutex_);
    parts = schedule_.parts(index);
  }
  const Span span("check", check.id);
  CasesTried tried;
  const auto act = [&](CheckContext& context) {
    tried = try_cases(context, {.first = part.first, .last = part.last, .superseded = [&] {
                                  return parts->superseded(part);
                                }});
  };
  Noted noted;
  const std::string fault = fault_of([&] { noted = in_context(check, session, act); });
  if (!fault.empty()) noted.log.add(Assessment::inconclusive(kFault + fault));
  bool last = false;
  {
    const std::lock_guard lock(mutex_);
    schedule_.part_ended(index, part, std::move(noted), tried.whole);
    last = !parts->under_way() && (parts->all_taken() || stopped_) && parts->close();
  }
  if (last) close(index);
}

// Every part that began has ended.
void Engine::close(std::size_t index) {
  const Check& check = plan_.checks[index].check;
  Noted joined;
  Instant start;
  bool whole = false;
  {
    const std::lock_guard lock(mutex_);
    joined = schedule_.parts(index)->joined();
    whole = schedule_.parts(index)->all_taken();
    start = begun_.at(index);
  }
  if (!whole) joined.log.add(Assessment::inconclusive("The run was stopped before its end."));
  publish(index, concluded(check, start, joined));
}

CheckResult Engine::run(std::size_t index, Client::Session& session) {
  const Check& check = plan_.checks[index].check;
  Span span("check", check.id);
  CheckResult result;
  const std::string fault = fault_of([&] { result = judge(index, session); });
  if (!fault.empty()) {
    result = result_of(check);
    result.message = kFault + fault;
  }
  blame_profile(check, result);
  span.tell("verdict", name(result.verdict));
  span.tell("requests", result.requests);
  return result;
}

CheckResult Engine::judge(std::size_t index, Client::Session& session) {
  const Check& check = plan_.checks[index].check;
  const Instant start = run_context_.clock.now();
  Attempt first = attempt(index, session);
  CheckResult& result = first.result;
  if (result.verdict == Verdict::deviating && check.script && check.confirm) {
    const Repeated repeated = repeat(first.symptom, [&]() -> std::optional<std::string> {
      Attempt again = attempt(index, session);
      // Where others' resources are used up it may be chance all the same.
      if (!again.leased && first.burnt) return std::nullopt;
      return std::move(again.symptom);
    });
    if (!repeated.repeats()) {
      result.verdict = Verdict::finding;
      result.message = fmt::format("Not repeatable: it came {} of {} times. {}", repeated.seen,
                                   repeated.tried, result.message);
    }
  }
  conclude(check, start, result);
  return std::move(result);
}

CheckResult Engine::concluded(const Check& check, Instant start, const Noted& noted) {
  CheckResult result;
  const std::string fault = fault_of([&] {
    std::string symptom;
    result = told(check, noted, symptom);
    conclude(check, start, result);
  });
  if (!fault.empty()) {
    result = result_of(check);
    result.message = kFault + fault;
  }
  blame_profile(check, result);
  return result;
}

// Where the profile is at fault nothing is judged any more.
void Engine::blame_profile(const Check& check, CheckResult& result) {
  const std::string wrong = run_context_.claims.fault();
  if (wrong.empty()) return;
  stop();
  result = result_of(check);
  result.message = kProfile + wrong;
}

// What another run made on its resources leaves nothing to be judged.
CheckResult Engine::told(const Check& check, const Noted& noted, std::string& symptom) {
  CheckResult result = result_of(check, noted, symptom);
  if (noted.strangers.empty()) return result;
  result.verdict = Verdict::inconclusive;
  result.message = told_of_strangers(noted.strangers);
  symptom.clear();
  return result;
}

// What is said beside what the check itself noted.
void Engine::conclude(const Check& check, Instant start, CheckResult& result) {
  if (result.verdict == Verdict::conformant) lean_on_controls(check, result);
  if (result.verdict == Verdict::deviating || result.verdict == Verdict::inconclusive) {
    result.command =
        fmt::format("{} --only '{}' --seed {}", options_.command, check.id, run_context_.seed);
  }
  result.seconds = seconds_between(start, run_context_.clock.now());
}

// A refusal means something only where a valid request is accepted. Controls go first, so they have
// begun before this check.
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
Engine::Attempt Engine::attempt(std::size_t index, Client::Session& session) {
  Attempt last = attempt_once(index, session);
  for (int i = 0; i < kMoreAttempts && plan_.checks[index].check.script; ++i) {
    if (last.result.verdict != Verdict::inconclusive || last.lost == 0) break;
    const int requests = last.result.requests;
    last = attempt_once(index, session);
    last.result.requests += requests;
  }
  return last;
}

Engine::Attempt Engine::attempt_once(std::size_t index, Client::Session& session) {
  const Check& check = plan_.checks[index].check;
  std::map<std::size_t, Assessment> known;
  Noted noted;
  {
    const std::lock_guard lock(mutex_);
    known = schedule_.known(index);
    noted = schedule_.cost(index);
  }
  if (!check.script && !known.empty() && known.size() == check.cases.size()) {
    for (auto& [number, assessment] : known) noted.log.add(std::move(assessment));
  } else {
    noted.append(in_context(check, session, [&](CheckContext& context) {
      if (check.script) {
        check.script(context);
      } else {
        try_cases(context, {.known = &known});
      }
    }));
  }
  Attempt attempt;
  attempt.lost = noted.lost;
  attempt.leased = !noted.no_lease;
  attempt.burnt = noted.burnt;
  attempt.result = told(check, noted, attempt.symptom);
  if (attempt.leased) return attempt;
  {
    const std::lock_guard lock(mutex_);
    if (!ended_by_.empty()) {
      attempt.result = not_begun(check);
      return attempt;
    }
  }
  attempt.result.cases = 0;
  // It wants all of the quota, and others have a part of it.
  if (check.phase == Phase::alone) attempt.result.verdict = Verdict::skipped;
  return attempt;
}

// What `act` notes with the check's leases, which are given back when all that was made is gone.
Noted Engine::in_context(const Check& check, Client::Session& session,
                         const std::function<void(CheckContext&)>& act) {
  auto leases = run_context_.lease_pool.acquire(check.account, check.resources);
  if (!leases) {
    Noted noted;
    noted.no_lease = true;
    noted.log.add(Assessment::inconclusive(
        "No resource is free for it: flow logs stand on the profile's resources, or the account's "
        "quota is used up."));
    return noted;
  }
  CheckContext context(run_context_, check, session, std::move(*leases));
  const std::string fault = fault_of([&] { act(context); });
  return finished(context, fault);
}

// All that was noted, when what was made is gone. What a fault left unknown may stand anywhere.
Noted Engine::finished(CheckContext& context, const std::string& fault) {
  if (!fault.empty()) context.burn_leases();
  std::string symptom;
  const Verdict verdict = result_of(context, symptom).verdict;
  const bool doubted = !context.assessments().empty() &&
                       (verdict == Verdict::deviating || verdict == Verdict::inconclusive);
  auto strangers = doubted ? context.strangers() : std::vector<FlowLog>();
  const std::string unfinished = fault_of([&] { context.finish(); });
  if (!unfinished.empty()) context.burn_leases();
  for (const std::string& text : {fault, unfinished}) {
    if (!text.empty()) context.inconclusive(kFault + text);
  }
  Noted noted = noted_by(context);
  noted.strangers = std::move(strangers);
  noted.burnt = context.burnt();
  return noted;
}

}  // namespace flowlog
