#include "mutation/simulated_score.h"

#include <algorithm>
#include <set>

#include "base/clock.h"
#include "base/text.h"

namespace flowlog::mutation {
namespace {

Report run_of(Simulation& simulation, const Plan& plan) {
  Report report;
  report.checks = simulation.run(plan);
  return report;
}

// The checks that a glob names, and those that they build on.
Plan part_of(const Plan& whole, const std::vector<std::string>& globs) {
  std::set<std::string> ids;
  for (const PlannedCheck& one : whole.checks) {
    const std::string& id = one.check.id;
    if (std::ranges::none_of(globs, [&](const std::string& g) { return glob(g, id); })) continue;
    ids.insert(id);
    ids.insert(one.check.controls.begin(), one.check.controls.end());
  }
  Plan part;
  std::ranges::copy_if(whole.checks, std::back_inserter(part.checks),
                       [&](const PlannedCheck& one) { return ids.contains(one.check.id); });
  return part;
}

}  // namespace

std::vector<std::string> concerned(const Expected& expected) {
  std::vector<std::string> only;
  for (const std::string& must : expected.must) {
    for (const std::string& one : split(must, '|')) only.push_back(one);
  }
  only.insert(only.end(), {"request.*", "lifecycle.creation/*"});
  return only;
}

SimulatedScore::SimulatedScore(std::uint64_t seed)
    : options_{.seed = seed}, plan_(Simulation::whole_plan(options_)), honest_([&] {
        Simulation simulation(options_);
        return verdicts(run_of(simulation, plan_));
      }()) {}

std::optional<ScoreEntry> SimulatedScore::mark(const mock::Choice& choice,
                                               const Expected& expected) const {
  const Instant start = system_clock().now();
  SimulationOptions options = options_;
  options.deviation = choice.id;
  Simulation simulation(options);
  ScoreEntry entry;
  entry.id = choice.id;
  entry.text = choice.text;
  entry.changes = changes(honest_, run_of(simulation, part_of(plan_, concerned(expected))));
  if (!unmet(expected, entry.changes).empty()) return std::nullopt;
  entry.good = true;
  entry.requests = simulation.requests();
  entry.seconds = std::chrono::duration<double>(system_clock().now() - start).count();
  return entry;
}

}  // namespace flowlog::mutation
