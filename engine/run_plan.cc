// Run: the checks of its actions, and what these are called.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "engine/coverage.h"
#include "engine/run.h"
#include "engine/shared_requests.h"

namespace flowlog {
namespace {

const Contract& contract_of(const RunOptions& options, const std::string& action) {
  return *options.service.contract(action);
}

// Ids and rows as they are called among those of several actions.
void name_action(const Action& action, Check& check) {
  check.action = action.name;
  if (action.effect == Effect::create) return;
  const std::string prefix = action.name + ":";
  check.id = prefix + check.id;
  for (std::string& id : check.controls) id = prefix + id;
  for (std::string& row : check.rows) row = row_of_action(action, row);
}

// Creations of checks whose thing another makes for them.
long saved_by_given(const Plan& plan) {
  std::set<std::string> names;
  long saved = 0;
  for (const PlannedCheck& one : plan.checks) {
    if (!one.skipped.empty() || one.check.given.name.empty()) continue;
    if (!names.insert(one.check.given.name).second) ++saved;
  }
  return saved;
}

}  // namespace

std::string contracts_of(const RunOptions& options) {
  std::vector<std::string> names;
  std::vector<std::string> pages;
  for (const std::string& action : actions_of(options)) {
    const Contract& contract = contract_of(options, action);
    names.push_back(contract.action);
    pages.push_back(contract.page);
  }
  return fmt::format("{} {} ({})", join(names, ", "), options.service.version, join(pages, "; "));
}

std::vector<std::string> actions_of(const RunOptions& options) {
  if (options.actions.empty()) return {options.service.creator().name};
  std::vector<std::string> names;
  for (const Action& action : options.service.actions) {
    const auto& asked = options.actions;
    if (std::ranges::find(asked, action.name) != asked.end()) names.push_back(action.name);
  }
  return names;
}

std::vector<Check> checks_of(const Catalog& catalog, CatalogOptions options,
                             const std::string& action) {
  options.action = options.service->action(action);
  std::vector<Check> checks = catalog(options);
  for (Check& check : checks) name_action(*options.action, check);
  return checks;
}

std::vector<Check> checks_of(const RunOptions& options) {
  CatalogOptions catalog{&options.service, &options.profile, options.seed, options.random_cases};
  std::vector<Check> checks;
  for (const std::string& name : actions_of(options)) {
    for (Check& check : checks_of(options.catalog, catalog, name)) {
      checks.push_back(std::move(check));
    }
  }
  return checks;
}

Plan plan_of(const RunOptions& options) {
  Plan made = plan(checks_of(options), options.profile, options.plan);
  long creations = 0;
  for (const SharedRequest& request : shared_requests(made, options.service.creator().contract)) {
    // What may be refused is not counted as a creation.
    const auto counted = std::ranges::count_if(request.cases, [&](const SharedCase& one) {
      return made.checks[one.check].check.creations > 0;
    });
    creations += std::max<long>(counted - 1, 0);
  }
  save(made, creations + saved_by_given(made));
  return made;
}

std::set<std::string> controls_of_others(const RunOptions& options, const Plan& plan) {
  std::set<std::string> ids;
  for (const PlannedCheck& planned : plan.checks) {
    if (planned.added && options.plan.shards > 1) ids.insert(planned.check.id);
  }
  return ids;
}

}  // namespace flowlog
