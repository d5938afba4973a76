// The parts that action_deviations.h joins, each for one action.
#pragma once

#include <string>
#include <vector>

#include "mock/choice.h"

namespace flowlog::mock {

using ActionChange = std::function<void(ActionReading&)>;
using TokenChange = std::function<void(TokenReading&)>;

// Where the choices of one action go.
struct ActionChoices {
  const flowlog::Service& service;
  const Action& action;
  std::vector<Choice>& all;

  std::string scope() const { return scope_of(service, action.name); }
  // `id` without the action's name.
  void add(const std::string& id, const std::string& text,
           std::function<void(Behaviour&)> apply) const {
    all.push_back({action.name + ':' + id, action.name + ": " + text, std::move(apply)});
  }
  void add(const std::string& id, const std::string& text, const ActionChange& apply) const {
    add(id, text, std::function<void(Behaviour&)>([=, name = action.name](Behaviour& behaviour) {
          apply(behaviour.actions[name]);
        }));
  }
};

// True iff a request can break the rule and no other one of its parameter: of things that have to
// exist no account has more than the quota.
bool can_be_broken_alone(const ActionChoices& choices, const Parameter& parameter,
                         const Rule& rule);

void add_rule_deviations(const ActionChoices& choices);    // rule x misreading
void add_row_deviations(const ActionChoices& choices);     // row x neighbour
void add_effect_deviations(const ActionChoices& choices);  // what is done, and to whom
void add_list_deviations(const ActionChoices& choices);    // filters, pages, members
void add_token_deviations(const ActionChoices& choices);

}  // namespace flowlog::mock
