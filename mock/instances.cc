#include "mock/instances.h"

#include <algorithm>
#include <ranges>

namespace flowlog::mock {
namespace {

constexpr std::size_t kShortest = 4;  // beginning of an id that names something, where one does

bool contains(const std::vector<std::string>& list, const std::string& text) {
  return std::ranges::find(list, text) != list.end();
}

StoredFlowLog* found(const Site& site, Tenant& account, const std::string& id) {
  if (StoredFlowLog* own = site.backend.flow_log(account, id)) return own;
  // Of several that begin alike the youngest.
  const bool beginning = site.action.effect == Effect::remove &&
                         site.behaviour.life.delete_by_beginning && id.size() > kShortest;
  for (StoredFlowLog& log : std::views::reverse(account.flow_logs)) {
    if (beginning && !log.dying && log.id.starts_with(id)) return &log;
  }
  if (!site.how().foreign) return nullptr;
  for (Tenant& other : site.backend.accounts()) {
    if (StoredFlowLog* theirs = site.backend.flow_log(other, id)) return theirs;
  }
  return nullptr;
}

// Where no page names a row: one of the make of its neighbours. Nothing iff a row is overlooked.
std::optional<Refusal> unknown(const Site& site, const SentParameter& sent) {
  const Parameter* parameter = site.contract().parameter(site.action.parameter(Role::id));
  const auto rule = std::ranges::find(parameter->rules, RuleKind::exists, &Rule::kind);
  if (rule != parameter->rules.end()) return site.rows.for_rule(*parameter, *rule, sent.name);
  return Refusal{404, "NotFound", std::nullopt,
                 "The specified " + site.service.kind.text.en + " does not exist.", ""};
}

bool rests(const ResourceKind& kind, const std::string& name) {
  const State* state = kind.state(name);
  return state != nullptr &&
         (state->meaning == StateMeaning::ready || state->meaning == StateMeaning::inactive);
}

bool permits(const Site& site, const std::string& state) {
  const StateChange& states = site.action.states;
  if (site.how().any_state || contains(states.from, state)) return true;
  if (states.from.empty() && states.grey_from.empty()) return true;
  if (!contains(states.grey_from, state)) return false;
  switch (site.how().grey_states) {
    case GreyStates::permitted:
      return true;
    case GreyStates::refused:
      return false;
    case GreyStates::likely:
      break;
  }
  if (site.action.effect == Effect::update) return rests(site.service.kind, state);
  return site.action.effect == Effect::remove;
}

}  // namespace

std::variant<Instances, Refusal> instances(const Site& site, Tenant& account,
                                           const Reading& reading) {
  Instances all;
  for (const SentParameter& sent : reading.sent(site.action.parameter(Role::id))) {
    StoredFlowLog* log = found(site, account, sent.value);
    if (log == nullptr && !site.how().unknown_ok) {
      if (auto refusal = unknown(site, sent)) return *refusal;
    }
    if (log != nullptr && !std::ranges::count(all, log)) all.push_back(log);
  }
  if (site.how().first_only && all.size() > 1) all.resize(1);
  if (site.how().takes_all && !all.empty()) {
    all.clear();
    for (StoredFlowLog& each : account.flow_logs) all.push_back(&each);
  }
  return all;
}

std::optional<Refusal> refuse_account(const Site& site, const Tenant& account) {
  if (account.condition.empty()) return std::nullopt;
  return site.rows.for_condition(account.condition);
}

std::optional<Refusal> refuse_state(const Site& site, const StoredFlowLog& log) {
  if (permits(site, site.backend.state(log))) return std::nullopt;
  return site.rows.for_state("not-permitted");
}

}  // namespace flowlog::mock
