#include "score/fact_trial.h"

#include <algorithm>

#include "base/text.h"
#include "generators/requests.h"
#include "specs/load.h"

namespace flowlog::score {
namespace {

bool is_near(const Fact& fact, const Check& check) {
  return std::ranges::any_of(fact.near,
                             [&](const std::string& pattern) { return glob(pattern, check.id); });
}

bool cites(const Fact& fact, const Check& check) {
  return std::ranges::find(check.rows, fact.row) != check.rows.end();
}

// The one request that an equivalent fact is shown by.
Planned shown(const Fact& fact) {
  const std::string type = "vpc";
  Planned planned;
  planned.check.id = "fact/" + fact.id;
  planned.check.resources = {{type, ""}};
  Case one;
  one.base = smallest_request(built_in_api().create, type);
  one.params = flowlog::apply(*fact.shown_by, one.base);
  planned.check.cases.push_back(std::move(one));
  return planned;
}

bool is_a_race(const Api& api, const Fact& fact) {
  const ErrorRow* row = api.row(fact.row);
  return row != nullptr && std::ranges::any_of(row->triggers, [](const Trigger& trigger) {
           return !trigger.race.empty();
         });
}

// Two requests at once need two threads and time to pass.
Turned turned_at_a_server(const Api& served, const std::vector<std::string>& checks) {
  Sight sight;
  sight.only = checks;
  sight.max_shrinks = 0;
  return turned(verdicts(sit({}, sight)), sit({.served = &served}, sight));
}

}  // namespace

FactTrial::FactTrial(const RehearsalOptions& options)
    : options_(options), plan_(Rehearsal::whole_plan(options)), truth_(built_in_api(), options) {}

Verdict FactTrial::honest(const Planned& planned) const {
  const std::lock_guard lock(mutex_);
  const auto found = honest_.find(planned.check.id);
  if (found != honest_.end()) return found->second;
  return honest_[planned.check.id] = truth_.run(planned).verdict;
}

Turned FactTrial::turned_of(const Planned& planned, CheckResult result) const {
  const bool telling = result.verdict == Verdict::deviating || result.verdict == Verdict::finding;
  if (!telling) return {};
  Report report;
  report.checks.push_back(std::move(result));
  return turned({{planned.check.id, honest(planned)}}, report);
}

std::vector<const Planned*> FactTrial::planned_for(const Fact& fact) const {
  std::vector<const Planned*> near;
  std::vector<const Planned*> citing;
  for (const Planned& planned : plan_.checks) {
    if (!planned.skipped.empty()) continue;
    if (is_near(fact, planned.check)) {
      near.push_back(&planned);
    } else if (cites(fact, planned.check)) {
      citing.push_back(&planned);
    }
  }
  near.insert(near.end(), citing.begin(), citing.end());
  return near;
}

std::vector<std::string> FactTrial::checks_of(const Fact& fact) const {
  std::vector<std::string> ids;
  for (const Planned* planned : planned_for(fact)) ids.push_back(planned->check.id);
  return ids;
}

Noticed FactTrial::operator()(const Fact& fact) const {
  Api served = built_in_api();
  fact.change(served);
  Rehearsal rehearsal(served, options_);
  Noticed noticed;
  for (const Planned* planned : planned_for(fact)) {
    ++noticed.tried;
    noticed.turned = turned_of(*planned, rehearsal.run(*planned));
    if (noticed.seen()) break;
  }
  if (!noticed.seen() && fact.shown_by) {
    Rehearsal fresh(served, options_);
    const CheckResult result = fresh.run(shown(fact));
    const bool lawful = result.verdict == Verdict::conformant || result.verdict == Verdict::finding;
    if (!lawful) noticed.accused = result.observed + ": " + result.message;
  }
  noticed.requests = rehearsal.requests();
  if (!noticed.seen() && fact.equivalent.empty() && is_a_race(built_in_api(), fact)) {
    noticed.turned = turned_at_a_server(served, checks_of(fact));
  }
  return noticed;
}

}  // namespace flowlog::score
