// Parts of the whole plan, and what a result shows.
#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "base/text.h"
#include "mutation/simulation.h"

namespace flowlog::mutation {

inline Plan part_of(const std::string& pattern, const SimulationOptions& options = {}) {
  Plan plan = Simulation::whole_plan(options);
  std::erase_if(plan.checks,
                [&](const PlannedCheck& planned) { return !glob(pattern, planned.check.id); });
  return plan;
}

// The random cases alone: those that a smaller one is looked for.
inline Plan random_part_of(const std::string& pattern, const SimulationOptions& options = {}) {
  Plan plan = part_of(pattern, options);
  for (PlannedCheck& planned : plan.checks) {
    planned.check.cases.keep_only([](const Case& one) { return one.random; });
  }
  return plan;
}

using Sent = std::map<std::string, std::string>;

inline Sent sent(const std::optional<Evidence>& evidence) {
  if (!evidence) return {};
  return {evidence->params.begin(), evidence->params.end()};
}

}  // namespace flowlog::mutation
