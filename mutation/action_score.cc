#include "mutation/action_score.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/clock.h"
#include "engine/check.h"

namespace flowlog::mutation {
namespace {

Verdicts verdicts_of(std::vector<CheckResult> results) {
  Report report;
  report.checks = std::move(results);
  return verdicts(report);
}

VerdictChanges changes_of(const Verdicts& honest, std::vector<CheckResult> results) {
  Report report;
  report.checks = std::move(results);
  return changes(honest, report);
}

ScoreEntry entry_of(const mock::Choice& choice) {
  ScoreEntry entry;
  entry.id = choice.id;
  entry.text = choice.text;
  return entry;
}

double seconds_since(Instant start) {
  return std::chrono::duration<double>(system_clock().now() - start).count();
}

// Looks at every answer of the run, and so needs some.
bool needs_answers(const PlannedCheck& planned) {
  return planned.check.phase == Phase::last;
}

// Gets a success, and of an action that lists one with something in it.
bool asks(const PlannedCheck& planned) {
  const std::string& id = planned.check.id;
  return id.ends_with("/accepted") || id.ends_with(":list.ids/one-unknown") ||
         id.ends_with(":tags.list/by-id");
}

// "ActiveFlowLog:errors/2" of "ActiveFlowLog:row.never.errors-2"; "" where it is about no row.
std::string row_in(const std::string& choice) {
  const std::size_t at = choice.find("errors-");
  if (at == std::string::npos) return "";
  const std::size_t begin = at + std::string("errors-").size();
  const std::size_t end = choice.find_first_not_of("0123456789", begin);
  return choice.substr(0, choice.find(':') + 1) + "errors/" + choice.substr(begin, end - begin);
}

// The checks that may turn, those first that cite the row.
std::vector<const PlannedCheck*> candidates(const Plan& plan, const Expected& expected,
                                            const std::string& row) {
  std::vector<const PlannedCheck*> all;
  for (const PlannedCheck& planned : plan.checks) {
    if (planned.skipped.empty() && must_turn(expected, planned.check.id)) all.push_back(&planned);
  }
  std::ranges::stable_partition(all, [&](const PlannedCheck* planned) {
    return std::ranges::find(planned->check.rows, row) != planned->check.rows.end();
  });
  return all;
}

}  // namespace

ActionScore::ActionScore(const ScoreOptions& options) : options_(options) {}

ActionScore::Action& ActionScore::action_of(const std::string& choice) {
  const std::string name = choice.substr(0, choice.find(':'));
  Action* action = nullptr;
  {
    const std::lock_guard lock(mutex_);
    action = &actions_[name];
  }
  const std::lock_guard lock(action->mutex);
  if (action->truth == nullptr) {
    const SimulationOptions options{.seed = options_.seed};
    action->plan = Simulation::whole_plan(options, name);
    action->truth = std::make_unique<Simulation>(options);
  }
  return *action;
}

// How the last check of `plan` comes out against the honest mock.
Verdict ActionScore::honest(Action& action, const Plan& plan) {
  const std::string& id = plan.checks.back().check.id;
  const std::lock_guard lock(action.mutex);
  const auto known = action.honest.find(id);
  if (known != action.honest.end()) return known->second;
  return action.honest[id] = action.truth->run(plan).back().verdict;
}

VerdictChanges ActionScore::all_that_turn(Simulation& simulation, Action& action) {
  {
    const std::lock_guard lock(action.mutex);
    if (action.honest.size() < action.plan.checks.size()) {
      action.honest = verdicts_of(action.truth->run(action.plan));
    }
  }
  return changes_of(action.honest, simulation.run(action.plan));
}

VerdictChanges ActionScore::first_to_turn(Simulation& simulation, Action& action,
                                          const Expected& expected, const std::string& choice) {
  for (const PlannedCheck* candidate : candidates(action.plan, expected, row_in(choice))) {
    Plan plan;
    for (const PlannedCheck& other : action.plan.checks) {
      const auto& controls = candidate->check.controls;
      const bool control = std::ranges::find(controls, other.check.id) != controls.end();
      const bool asked_for = needs_answers(*candidate) && asks(other);
      if (&other != candidate && (control || asked_for)) plan.checks.push_back(other);
    }
    plan.checks.push_back(*candidate);
    const CheckResult result = simulation.run(plan).back();
    if (result.verdict != Verdict::deviating) continue;
    if (honest(action, plan) != Verdict::deviating) return {{result.id}, {}, {}};
  }
  return {};
}

ScoreEntry ActionScore::mark_deviation(const mock::Choice& choice) {
  Action& action = action_of(choice.id);
  const Expected expected = expected_of(choice.id);
  const Instant start = system_clock().now();
  Simulation simulation({.seed = options_.seed, .deviation = choice.id});
  ScoreEntry entry = entry_of(choice);
  entry.changes = options_.whole ? all_that_turn(simulation, action)
                                 : first_to_turn(simulation, action, expected, choice.id);
  entry.requests = simulation.requests();
  entry.seconds = seconds_since(start);
  entry.reason = unmet(expected, entry.changes);
  entry.good = entry.reason.empty();
  return entry;
}

ScoreEntry ActionScore::mark_variant(const mock::Choice& choice) {
  const Action& action = action_of(choice.id);
  const Instant start = system_clock().now();
  Simulation simulation({.seed = options_.seed, .variant = choice.id});
  ScoreEntry entry = entry_of(choice);
  entry.changes = changes_of({}, simulation.run(action.plan));
  entry.changes.finding.clear();  // findings are lawful
  entry.requests = simulation.requests();
  entry.seconds = seconds_since(start);
  entry.good = entry.changes.deviating.empty() && entry.changes.inconclusive.empty();
  if (!entry.good) {
    entry.reason = fmt::format("{} checks deviate and {} are inconclusive",
                               entry.changes.deviating.size(), entry.changes.inconclusive.size());
  }
  return entry;
}

}  // namespace flowlog::mutation
