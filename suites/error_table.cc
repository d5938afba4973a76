// Each row of the error table, provoked through each of its triggers. Rows of races stand in
// races.cc.
#include <fmt/format.h>

#include "base/text.h"
#include "engine/check_context.h"
#include "generators/requests.h"
#include "suites/catalog.h"

namespace flowlog {
namespace {

std::string slug(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c == '/' || c == '_') c = c == '/' ? '.' : '-';
  }
  return out;
}

// "account.arrears" gives "arrears".
std::string after(std::string_view text, std::string_view prefix) {
  return std::string(text.substr(prefix.size()));
}

Check check_of(const CatalogOptions& options, const ErrorRow& row, const std::string& name) {
  Check check;
  check.id = fmt::format("error.{}/{}", row.code, name);
  check.title = {
      fmt::format("Row {}: {} {} ({})", after(row.id, "errors/"), row.http.front(), row.code, name),
      fmt::format("第 {} 行：{} {}（{}）", after(row.id, "errors/"), row.http.front(), row.code,
                  row.message.zh)};
  check.rows = {row.id};
  check.standing = row.standing;
  check.controls = {kAcceptedControl};
  check.resources = {{resource_type_for(options, check.id), ""}};
  return check;
}

Params base_of(const CatalogOptions& options, const Check& check) {
  return smallest_request(options.contract(), check.resources.front().type);
}

void add_case(Check& check, std::string label, Params params, Situation situation) {
  Case one;
  one.label = std::move(label);
  one.base = params;
  one.params = std::move(params);
  one.situation = std::move(situation);
  check.cases.push_back(std::move(one));
}

// The first class of each way of breaking the rule that is surely a breach.
Check by_rule(const CatalogOptions& options, const ErrorRow& row, const Rule& rule,
              const Parameter& parameter) {
  Check check = check_of(options, row, slug(rule.address));
  check.rows.push_back(parameter.row());
  const Params base = base_of(options, check);
  for (const InputClass& input : options.classes->of(parameter, rule)) {
    if (input.side != Side::invalid || input.boundaries.empty()) continue;
    Case one;
    one.label = input.id;
    one.params = flowlog::apply(input.boundaries.front(), base);
    one.base = base;
    one.origin = input.roots.front();
    check.cases.push_back(std::move(one));
    if (check.cases.size() == 2) break;
  }
  return check;
}

Check by_account(const CatalogOptions& options, const ErrorRow& row, const std::string& condition) {
  Check check = check_of(options, row, slug(after(condition, "account.")));
  check.account = after(condition, "account.");
  Situation situation;
  situation.conditions = {condition};
  // The account may bring resources of its own, of one type only.
  if (const Account* account = options.profile->account(check.account)) {
    const auto& free = options.profile->resources_of(*account).free;
    if (!free.contains(check.resources.front().type) && !free.empty()) {
      check.resources.front().type = free.begin()->first;
    }
  }
  add_case(check, condition, base_of(options, check), std::move(situation));
  return check;
}

Check by_resource(const CatalogOptions& options, const ErrorRow& row,
                  const std::string& condition) {
  const std::string name = after(condition, "resource.");
  Check check = check_of(options, row, slug(name));
  check.needs = {condition};
  Situation situation;
  situation.conditions = {condition};
  const Resources& resources = options.profile->resources;
  const auto known = resources.conditions.find(condition);
  if (known != resources.conditions.end()) {
    check.resources = {{known->second.type, known->second.id}};
  }
  Params params = base_of(options, check);
  const Condition* known_condition = options.service->condition(condition);
  if (known_condition != nullptr && known_condition->provision == Provision::parameters &&
      resources.conflicting_topic) {
    for (const auto& [member, parameter] : known_condition->values) {
      const bool project = member == "project";
      set(params, parameter,
          project ? resources.conflicting_topic->project : resources.conflicting_topic->topic);
    }
  }
  add_case(check, condition, std::move(params), std::move(situation));
  return check;
}

Check bound(const CatalogOptions& options, const ErrorRow& row) {
  Check check = check_of(options, row, "bound");
  check.creations = 1;
  check.requests = 5;
  check.script = [](CheckContext& context) {
    const Params params = context.smallest();
    if (!context.accepted(context.create(params))) return;
    context.answers(context.create(params), context.situation("resource.bound"));
  };
  return check;
}

Check other_arguments(const CatalogOptions& options, const ErrorRow& row) {
  Check check = check_of(options, row, "other-arguments");
  const std::string token = options.action->parameter(Role::token);
  const std::string description = options.action->parameter(Role::description);
  check.rows.push_back("parameters/" + token);
  check.creations = 1;
  check.requests = 5;
  check.script = [token, description](CheckContext& context) {
    Params params = context.smallest();
    set(params, token, context.token());
    if (!context.accepted(context.create(params))) return;
    set(params, description, "other");
    Situation situation = context.situation();
    situation.replay = "other-arguments";
    context.answers(context.create(params), situation);
  };
  return check;
}

void add_trigger(const CatalogOptions& options, const ErrorRow& row, const Trigger& trigger,
                 std::vector<Check>& checks) {
  const Contract& contract = options.contract();
  const bool creating = options.action->effect == Effect::create;
  if (!trigger.rule.empty()) {
    for (const Parameter& parameter : contract.parameters) {
      for (const Rule& rule : parameter.rules) {
        if (rule.address != trigger.rule) continue;
        Check check = by_rule(options, row, rule, parameter);
        if (!check.cases.empty()) checks.push_back(std::move(check));
      }
    }
  } else if (!creating) {
    // In an account or on a resource in such a condition there is no thing to act on, and replays
    // are of tokens.cc.
  } else if (trigger.condition == "resource.bound") {
    checks.push_back(bound(options, row));
  } else if (trigger.condition.starts_with("account.")) {
    checks.push_back(by_account(options, row, trigger.condition));
  } else if (trigger.condition.starts_with("resource.")) {
    checks.push_back(by_resource(options, row, trigger.condition));
  } else if (trigger.replay == "other-arguments") {
    checks.push_back(other_arguments(options, row));
  }
}

}  // namespace

void error_table_checks(const CatalogOptions& options, std::vector<Check>& checks) {
  for (const ErrorRow& row : options.contract().errors) {
    for (const Trigger& trigger : row.triggers) add_trigger(options, row, trigger, checks);
  }
}

}  // namespace flowlog
