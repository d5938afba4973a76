#include "engine/script.h"

#include <algorithm>

namespace flowlog {
namespace {

const Rule* rule_of(const Parameter& parameter, RuleKind kind) {
  const auto it = std::ranges::find(parameter.rules, kind, &Rule::kind);
  return it == parameter.rules.end() ? nullptr : &*it;
}

std::string other_word(const std::vector<std::string>& words, const std::string& value) {
  const auto it = std::ranges::find(words, value);
  if (it == words.end()) return words.front();
  return std::next(it) == words.end() ? words.front() : *std::next(it);
}

}  // namespace

Check script_check(const CatalogOptions& options, std::string id, Text title,
                   std::vector<std::string> rows, std::function<void(CheckContext&)> script) {
  Check check;
  check.id = std::move(id);
  check.title = std::move(title);
  check.rows = std::move(rows);
  check.controls = {kAcceptedControl};
  check.resources = {{.type = resource_type_for(options, check.id)}};
  check.script = std::move(script);
  check.creations = 1;
  check.requests = 6;
  return check;
}

void lease_more(Check& check, std::size_t count) {
  check.resources.insert(check.resources.end(), count, check.resources.front());
}

void lease_of_other(const CatalogOptions& options, Check& check) {
  check.needs.push_back("account.other");
  if (options.service->creator().parameter(Role::target_id).empty()) return;
  Wanted wanted{.type = check.resources.front().type, .account = "other"};
  if (const Account* other = options.profile->account("other")) {
    const auto& own = other->resources.free;
    if (own.empty()) {
      check.needs.push_back("accounts.other.resources");
    } else if (!own.contains(wanted.type)) {
      wanted.type = own.begin()->first;
    }
  }
  check.resources.push_back(std::move(wanted));
}

std::vector<std::string> rows_of(const Service& service, std::string Trigger::*member,
                                 std::string_view wanted) {
  std::vector<std::string> ids;
  for (const ErrorRow& row : service.creator().contract.errors) {
    const bool hit = std::ranges::any_of(
        row.triggers, [&](const Trigger& trigger) { return trigger.*member == wanted; });
    if (hit) ids.push_back(row.id);
  }
  return ids;
}

std::string first_name(const Parameter& parameter) {
  std::string name = parameter.name;
  const std::size_t at = name.find(".N.");
  if (at != std::string::npos) name.replace(at, 3, ".1.");
  return name;
}

bool has_second_project(const Profile& profile, const Parameter& parameter) {
  return std::ranges::any_of(profile.projects, [&](const std::string& project) {
    return project != parameter.default_value;
  });
}

std::optional<std::string> other_value(const Profile& profile, const Parameter& parameter,
                                       const std::string& value) {
  if (const Rule* values = rule_of(parameter, RuleKind::values)) {
    const std::string word = other_word(values->words, value);
    return word == value ? std::nullopt : std::optional(word);
  }
  if (const Rule* exists = rule_of(parameter, RuleKind::exists)) {
    if (exists->target != "project") return std::nullopt;
    const auto it = std::ranges::find_if(
        profile.projects, [&](const std::string& project) { return project != value; });
    return it == profile.projects.end() ? std::nullopt : std::optional(*it);
  }
  std::string other = value;
  if (other.empty()) return "a";
  other.back() = other.back() == 'a' ? 'b' : 'a';
  return other;
}

Params full_request(const Service& service, const Profile& profile, Params smallest) {
  for (const Parameter& parameter : service.creator().contract.parameters) {
    if (parameter.required || parameter.token) continue;
    const std::string standard = parameter.default_value.value_or("");
    const std::string value = standard.empty() ? "first" : standard;
    set(smallest, first_name(parameter),
        standard.empty() && rule_of(parameter, RuleKind::values) == nullptr
            ? value
            : other_value(profile, parameter, value).value_or(value));
  }
  return smallest;
}

Params with_token(const CheckContext& context, Params params, const std::string& token) {
  const std::string& parameter = context.service().creator().parameter(Role::token);
  if (!parameter.empty()) set(params, parameter, token);
  return params;
}

}  // namespace flowlog
