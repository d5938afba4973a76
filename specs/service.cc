#include "specs/service.h"

#include <algorithm>
#include <stdexcept>

#include "specs/words.h"

namespace flowlog {
namespace {

// The element of `list` whose `key` equals `wanted`, or nullptr.
template <class Element, class Key, class Wanted>
const Element* lookup(const std::vector<Element>& list, Key key, const Wanted& wanted) {
  auto it = std::find_if(list.begin(), list.end(),
                         [&](const Element& element) { return element.*key == wanted; });
  return it == list.end() ? nullptr : &*it;
}

// The words of the parameter's rule `values`; empty when it has none.
std::vector<std::string> words_of(const Contract& contract, std::string_view name) {
  const Parameter* parameter = contract.parameter(name);
  if (parameter == nullptr) return {};
  const Rule* values = parameter->rule("values");
  return values == nullptr ? std::vector<std::string>{} : values->words;
}

const Action& always(const Action* action) {
  if (action == nullptr) throw std::logic_error("a service without a creator or a lister");
  return *action;
}

}  // namespace

std::string_view name(Effect effect) {
  return word_for(effect_words(), effect);
}
std::string_view name(Role role) {
  return word_for(role_words(), role);
}

const Member* ListShape::member(std::string_view name) const {
  return lookup(members, &Member::name, name);
}

const Member* ListShape::member_showing(Shows shows) const {
  return lookup(members, &Member::shows, shows);
}

const Member* ListShape::member_of(std::string_view creator_parameter) const {
  return creator_parameter.empty() ? nullptr
                                   : lookup(members, &Member::parameter, creator_parameter);
}

const Filter* ListShape::filter(std::string_view parameter) const {
  return lookup(filters, &Filter::parameter, parameter);
}

const std::string& Action::parameter(Role role) const {
  static const std::string none;
  auto it = roles.find(role);
  return it == roles.end() ? none : it->second;
}

const State* ResourceKind::state(std::string_view name) const {
  return lookup(states, &State::name, name);
}

std::vector<std::string> ResourceKind::states_of(StateMeaning meaning) const {
  std::vector<std::string> names;
  for (const State& state : states) {
    if (state.meaning == meaning) names.push_back(state.name);
  }
  return names;
}

const Action* Service::action(std::string_view name) const {
  return lookup(actions, &Action::name, name);
}

const Contract* Service::contract(std::string_view action_name) const {
  const Action* found = action(action_name);
  return found == nullptr ? nullptr : &found->contract;
}

ContractView Service::view(std::string_view action_name) const {
  const Contract* found = contract(action_name);
  return {found == nullptr ? creator().contract : *found, common};
}

const Action* Service::first(Effect effect) const {
  return lookup(actions, &Action::effect, effect);
}

const Action& Service::creator() const {
  return always(first(Effect::create));
}

const Action& Service::lister() const {
  return always(first(Effect::read));
}

std::string Service::member_showing(Shows shows) const {
  const Member* member = list().member_showing(shows);
  return member == nullptr ? "" : member->name;
}

std::vector<std::string> Service::target_types() const {
  return words_of(creator().contract, creator().parameter(Role::target_type));
}

const Condition* Service::condition(std::string_view name) const {
  return lookup(conditions, &Condition::name, name);
}

const ErrorRow* Service::row(const Contract& contract, std::string_view id) const {
  const ErrorRow* own = lookup(contract.errors, &ErrorRow::id, id);
  return own != nullptr ? own : lookup(common, &ErrorRow::id, id);
}

std::vector<const ErrorRow*> Service::rows_for(const Contract& contract, const Rule& rule) const {
  std::vector<const ErrorRow*> rows;
  for (const std::vector<ErrorRow>* table : {&contract.errors, &common}) {
    for (const ErrorRow& row : *table) {
      if (row.triggered_by(rule)) rows.push_back(&row);
    }
  }
  return rows;
}

Contract& Service::contract_to_change() {
  return std::ranges::find(actions, Effect::create, &Action::effect)->contract;
}

void Service::follow_contract() {
  const auto creator = std::ranges::find(actions, Effect::create, &Action::effect);
  const Contract& contract = creator->contract;
  if (!contract.state_while_creating.empty()) {
    creator->states.through = contract.state_while_creating;
  }
  if (!contract.state_when_ready.empty()) creator->states.to = {contract.state_when_ready};
  if (contract.quota == 0) {
    kind.quota.reset();
  } else {
    if (!kind.quota) kind.quota.emplace();
    kind.quota->max = contract.quota;
  }
}

ContractView::ContractView(const Service& service)
    : ContractView(service.creator().contract, service.common) {
  creates_ = true;
}

}  // namespace flowlog
