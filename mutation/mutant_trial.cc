#include "mutation/mutant_trial.h"

#include <algorithm>

#include "base/text.h"
#include "generators/requests.h"
#include "specs/load.h"

namespace flowlog::mutation {
namespace {

bool is_near(const Mutant& mutant, const Check& check) {
  return std::ranges::any_of(mutant.near,
                             [&](const std::string& pattern) { return glob(pattern, check.id); });
}

bool cites(const Mutant& mutant, const Check& check) {
  return std::ranges::find(check.rows, mutant.row) != check.rows.end();
}

// The one request that an equivalent fact is shown by.
PlannedCheck shown(const Mutant& mutant) {
  const std::string type = "vpc";
  PlannedCheck planned;
  planned.check.id = "fact/" + mutant.id;
  planned.check.resources = {{type, ""}};
  Case one;
  one.base = smallest_request(built_in_service().creator().contract, type);
  one.params = flowlog::apply(*mutant.shown_by, one.base);
  planned.check.cases.push_back(std::move(one));
  return planned;
}

bool is_a_race(const Service& service, const Mutant& mutant) {
  const ErrorRow* row = service.row(mutant.row);
  return row != nullptr && std::ranges::any_of(row->triggers, [](const Trigger& trigger) {
           return !trigger.race.empty();
         });
}

// Two requests at once need two threads and time to meet in, on a busy machine as well.
VerdictChanges turned_at_a_server(const Service& served, const std::vector<std::string>& checks) {
  constexpr std::chrono::milliseconds kMeeting{60};
  SuiteSettings settings;
  settings.only = checks;
  settings.max_shrinks = 0;
  return changes(verdicts(run_on_mock({.processing = kMeeting}, settings)),
                 run_on_mock({.served = &served, .processing = kMeeting}, settings));
}

}  // namespace

MutantTrial::MutantTrial(const SimulationOptions& options)
    : options_(options), plan_(Simulation::whole_plan(options)), truth_(options) {}

Verdict MutantTrial::honest(const PlannedCheck& planned) const {
  const std::lock_guard lock(mutex_);
  const auto found = honest_.find(planned.check.id);
  if (found != honest_.end()) return found->second;
  return honest_[planned.check.id] = truth_.run(planned).verdict;
}

VerdictChanges MutantTrial::changes_of(const PlannedCheck& planned, CheckResult result) const {
  const bool telling = result.verdict == Verdict::deviating || result.verdict == Verdict::finding;
  if (!telling) return {};
  Report report;
  report.checks.push_back(std::move(result));
  return changes({{planned.check.id, honest(planned)}}, report);
}

std::vector<const PlannedCheck*> MutantTrial::planned_for(const Mutant& mutant) const {
  std::vector<const PlannedCheck*> near;
  std::vector<const PlannedCheck*> citing;
  for (const PlannedCheck& planned : plan_.checks) {
    if (!planned.skipped.empty()) continue;
    if (is_near(mutant, planned.check)) {
      near.push_back(&planned);
    } else if (cites(mutant, planned.check)) {
      citing.push_back(&planned);
    }
  }
  near.insert(near.end(), citing.begin(), citing.end());
  return near;
}

std::vector<std::string> MutantTrial::checks_of(const Mutant& mutant) const {
  std::vector<std::string> ids;
  for (const PlannedCheck* planned : planned_for(mutant)) ids.push_back(planned->check.id);
  return ids;
}

Noticed MutantTrial::operator()(const Mutant& mutant) const {
  Service served = built_in_service();
  mutant.change(served);
  Simulation simulation(served, options_);
  Noticed noticed;
  for (const PlannedCheck* planned : planned_for(mutant)) {
    ++noticed.tried;
    noticed.changes = changes_of(*planned, simulation.run(*planned));
    if (noticed.seen()) break;
  }
  if (!noticed.seen() && mutant.shown_by) {
    Simulation fresh(served, options_);
    const CheckResult result = fresh.run(shown(mutant));
    const bool lawful = result.verdict == Verdict::conformant || result.verdict == Verdict::finding;
    if (!lawful) noticed.accused = result.observed + ": " + result.message;
  }
  noticed.requests = simulation.requests();
  if (!noticed.seen() && mutant.equivalent.empty() && is_a_race(built_in_service(), mutant)) {
    noticed.changes = turned_at_a_server(served, checks_of(mutant));
  }
  return noticed;
}

}  // namespace flowlog::mutation
