#include "engine/plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/counted.h"
#include "base/text.h"
#include "reports/chinese.h"

namespace flowlog {
namespace {

// Requests beside the creating one that a creation costs: its deletion and the looks until it is
// gone.
constexpr long kRequestsPerCreation = 3;

bool any_matches(const std::vector<std::string>& patterns, const std::string& text) {
  return std::ranges::any_of(patterns, [&](const auto& pattern) { return glob(pattern, text); });
}

bool selected(const Check& check, const PlanOptions& options) {
  if (!options.only.empty() && !any_matches(options.only, check.id)) return false;
  if (any_matches(options.exclude, check.id)) return false;
  return options.rows.empty() || std::ranges::any_of(check.rows, [&](const std::string& row) {
           return any_matches(options.rows, row);
         });
}

// A half that is mistyped must not pass for a whole.
std::string unmatched(const std::vector<Check>& checks, const PlanOptions& options) {
  const auto by_id = [](const Check& check, const std::string& pattern) {
    return glob(pattern, check.id);
  };
  const auto by_row = [](const Check& check, const std::string& pattern) {
    return std::ranges::any_of(check.rows, [&](const auto& row) { return glob(pattern, row); });
  };
  const auto first = [&](const char* option, const auto& patterns, const auto& matches) {
    for (const std::string& pattern : patterns) {
      const bool hit =
          std::ranges::any_of(checks, [&](const Check& check) { return matches(check, pattern); });
      if (!hit) return fmt::format("{} '{}'", option, pattern);
    }
    return std::string();
  };
  std::string found = first("--only", options.only, by_id);
  if (found.empty()) found = first("--row", options.rows, by_row);
  if (found.empty()) found = first("--exclude", options.exclude, by_id);
  return found;
}

std::string missing_account(const std::string& name) {
  return fmt::format("needs the account \"{0}\": give its keys as accounts.{0} in the profile",
                     name);
}

// Beside the conditions of the contract, for checks that need more of a profile.
struct Need {
  std::string_view name;
  std::string_view how;
};
constexpr Need kNeeds[] = {
    {"accounts.other.resources",
     "needs resources that belong to the account \"other\": list them as "
     "accounts.other.resources in the profile"},
    {"resources",
     "needs more free resources than the account may have flow logs: list them under "
     "resources.vpc, .subnet and .eni in the profile"},
    {"projects", "needs a second project: list one that exists under projects in the profile"},
};

std::string missing_condition(const std::string& condition) {
  for (const Need& need : kNeeds) {
    if (need.name == condition) return std::string(need.how);
  }
  const std::string name = condition.substr(condition.find('.') + 1);
  if (condition.starts_with("account.")) return missing_account(name);
  return fmt::format("needs the condition {}: name such a resource as resources.{} in the profile",
                     condition, name);
}

bool provides(const Profile& profile, const std::string& condition) {
  if (std::ranges::find(kNeeds, condition, &Need::name) != std::end(kNeeds)) return false;
  if (condition == "resource.conflicting_topic") {
    return profile.resources.conflicting_topic.has_value();
  }
  if (condition.starts_with("account.")) {
    return profile.account(condition.substr(condition.find('.') + 1)) != nullptr;
  }
  return profile.resources.conditions.contains(condition);
}

std::string missing_resources(const Profile& profile, const Check& check) {
  std::map<std::pair<std::string, std::string>, std::size_t> needed;  // by account and type
  for (const Wanted& one : check.resources) {
    const std::string& account = one.account.empty() ? check.account : one.account;
    if (profile.account(account) == nullptr) return missing_account(account);
    if (one.id.empty()) ++needed[{account, one.type}];
  }
  for (const auto& [key, count] : needed) {
    const auto& [account, type] = key;
    const auto& free = profile.resources_of(*profile.account(account)).free;
    const auto list = free.find(type);
    const std::size_t have = list == free.end() ? 0 : list->second.size();
    if (have >= count) continue;
    return fmt::format(
        "needs {} free resource{} of type {} in the account {} and the profile has {}: list {} "
        "under resources.{}",
        count, count == 1 ? "" : "s", type, account, have, count == 1 ? "one" : "them", type);
  }
  return {};
}

std::string why_skipped(const Profile& profile, const Check& check) {
  const Account* account = profile.account(check.account);
  if (account == nullptr) return missing_account(check.account);
  for (const std::string& need : check.needs) {
    if (!provides(profile, need)) return missing_condition(need);
  }
  if (check.creates && !profile.may_create) {
    return "could create a flow log, which costs money: set may_create to true in the profile to "
           "allow it";
  }
  return missing_resources(profile, check);
}

void add_totals(Plan& plan) {
  for (const PlannedCheck& one : plan.checks) {
    if (!one.skipped.empty()) continue;
    plan.creations += one.check.creations;
    plan.requests += requests_of(one.check);
  }
}

// The longest first, each to the shard that has least to do.
std::vector<std::size_t> of_shard(const std::vector<Check>& checks, std::vector<std::size_t> all,
                                  const Profile& profile, const PlanOptions& options) {
  if (options.shards <= 1) return all;
  const auto length = [&](std::size_t i) {
    return why_skipped(profile, checks[i]).empty() ? std::max<long>(requests_of(checks[i]), 1) : 1;
  };
  std::ranges::stable_sort(all,
                           [&](std::size_t a, std::size_t b) { return length(a) > length(b); });
  std::vector<long> busy(static_cast<std::size_t>(options.shards), 0);
  std::vector<std::size_t> own;
  for (const std::size_t i : all) {
    const auto least = std::ranges::min_element(busy);
    if (least - busy.begin() == options.shard - 1) own.push_back(i);
    *least += length(i);
  }
  return own;
}

// What looks at all answers finds none where nothing is sent that they would come of.
void skip_with_controls(Plan& plan) {
  std::map<std::string, std::string> skipped;
  for (const PlannedCheck& one : plan.checks) skipped[one.check.id] = one.skipped;
  for (PlannedCheck& one : plan.checks) {
    const std::vector<std::string>& controls = one.check.controls;
    if (one.check.phase != Phase::last || controls.empty() || !one.skipped.empty()) continue;
    const bool none =
        std::ranges::all_of(controls, [&](const std::string& id) { return !skipped[id].empty(); });
    if (none) one.skipped = skipped[controls.front()];
  }
}

}  // namespace

long requests_of(const Check& check) {
  if (check.script) return check.requests;
  return static_cast<long>(check.cases.size()) + check.creations * kRequestsPerCreation + 1;
}

long requests_saved(long creations) {
  return creations * (1 + kRequestsPerCreation);
}

void save(Plan& plan, long creations) {
  plan.shared += creations;
  plan.creations -= creations;
  plan.requests -= requests_saved(creations);
}

Plan plan(std::vector<Check> checks, const Profile& profile, const PlanOptions& options) {
  std::vector<bool> chosen(checks.size(), false);
  std::set<std::string> controls;
  Plan plan;
  plan.unmatched = unmatched(checks, options);
  std::vector<std::size_t> all;
  for (std::size_t i = 0; i < checks.size(); ++i) {
    if (selected(checks[i], options)) all.push_back(i);
  }
  plan.selected = all.size();
  for (const std::size_t i : of_shard(checks, std::move(all), profile, options)) {
    chosen[i] = true;
    controls.insert(checks[i].controls.begin(), checks[i].controls.end());
  }
  for (std::size_t i = 0; i < checks.size(); ++i) {
    const bool added = !chosen[i] && controls.contains(checks[i].id);
    if (!chosen[i] && !added) continue;
    PlannedCheck one;
    one.skipped = why_skipped(profile, checks[i]);
    one.check = std::move(checks[i]);
    one.place = static_cast<int>(i);
    one.added = added;
    plan.checks.push_back(std::move(one));
  }
  skip_with_controls(plan);
  add_totals(plan);
  return plan;
}

std::string describe(const Plan& plan, Language say) {
  std::string out;
  for (const PlannedCheck& one : plan.checks) {
    if (!one.skipped.empty()) {
      out += fmt::format(fmt::runtime(say("{}  skipped: {}\n", "{}  跳过：{}\n")), one.check.id,
                         as_told(one.skipped, say));
      continue;
    }
    if (one.check.script) {
      out += fmt::format(
          fmt::runtime(say("{0}  a script of about {1}\n", "{0}  约 {2} 个请求的脚本\n")),
          one.check.id, counted(one.check.requests, "request"), one.check.requests);
    }
    for (std::size_t i = 0; i < one.check.cases.size(); ++i) {
      const Case c = one.check.cases[i];
      std::vector<std::string> shown;
      for (const auto& [name, value] : c.params) {
        shown.push_back(name + "=" + as_told(show(value, 40), say));
      }
      out += fmt::format("{}  {}  {}  {}\n", one.check.id, c.label, one.check.account,
                         join(shown, " "));
    }
  }
  return out;
}

}  // namespace flowlog
