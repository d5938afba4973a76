#include <fmt/format.h>

#include <algorithm>

#include "mock/action_choices.h"

namespace flowlog::mock {
namespace {

std::string slug(std::string id) {
  std::replace(id.begin(), id.end(), '/', '-');
  return id;
}

bool names_state(const ErrorRow& row) {
  return std::ranges::any_of(row.triggers,
                             [](const Trigger& trigger) { return !trigger.state.empty(); });
}

bool names_rule(const ErrorRow& row) {
  return std::ranges::any_of(row.triggers,
                             [](const Trigger& trigger) { return !trigger.rule.empty(); });
}

bool comes_about(const ActionChoices& choices, const Trigger& trigger) {
  const Action& action = choices.action;
  if (!trigger.rule.empty()) {
    for (const Parameter& parameter : action.contract.parameters) {
      for (const Rule& rule : parameter.rules) {
        if (rule.address == trigger.rule) return can_be_broken_alone(choices, parameter, rule);
      }
    }
  }
  // A mock deletes in every state.
  if (!trigger.state.empty()) return action.effect != Effect::remove;
  // No mock stands in such a condition by itself.
  const Condition* condition = choices.service.condition(trigger.condition);
  return condition == nullptr || condition->provision != Provision::instance;
}

bool comes_about(const ActionChoices& choices, const ErrorRow& row) {
  // What is inferred of accounts and of two requests at once is not tried.
  if (row.standing == Standing::inferred && !names_rule(row) && !names_state(row)) return false;
  return std::ranges::any_of(row.triggers,
                             [&](const Trigger& trigger) { return comes_about(choices, trigger); });
}

// True iff no other answer than the row's is lawful where it is due. No page says which states
// permit an action.
bool is_certain(const ErrorRow& row) {
  return row.standing != Standing::inferred && !names_state(row);
}

// The next row of another code, from the end on to the beginning; nullptr when there is none.
const ErrorRow* neighbour(const std::vector<ErrorRow>& rows, std::size_t of) {
  for (std::size_t step = 1; step < rows.size(); ++step) {
    const ErrorRow& other = rows[(of + step) % rows.size()];
    if (other.code != rows[of].code) return &other;
  }
  return nullptr;
}

// True iff a rule that the row is due for may be answered by any row of the other's HTTP status.
bool may_be_answered(const Contract& contract, const ErrorRow& row, const ErrorRow& other) {
  const bool any_400 = std::ranges::any_of(row.triggers, [&](const Trigger& trigger) {
    const Rule* rule = contract.rule(trigger.rule);
    return rule != nullptr && std::ranges::find(rule->also, "any-400") != rule->also.end();
  });
  return any_400 && std::ranges::find(other.http, 400) != other.http.end();
}

void add_messages(const ActionChoices& choices, const ErrorRow& row) {
  for (const ErrorRow& twin : choices.action.contract.errors) {
    const bool apart = twin.code == row.code && twin.message.en != row.message.en;
    if (!apart || twin.id <= row.id || twin.message.en.empty() || row.message.en.empty()) continue;
    choices.add(fmt::format("row.swap-message.{}-{}", slug(row.id), slug(twin.id)),
                fmt::format("{} and {}, of one code, give each other's message.", row.id, twin.id),
                [one = choices.scope() + row.id, other = choices.scope() + twin.id, of_one = row.id,
                 of_other = twin.id](Behaviour& behaviour) {
                  behaviour.rows[one].message_of = of_other;
                  behaviour.rows[other].message_of = of_one;
                });
  }
}

}  // namespace

void add_row_deviations(const ActionChoices& choices) {
  const std::vector<ErrorRow>& rows = choices.action.contract.errors;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const ErrorRow& row = rows[i];
    if (!comes_about(choices, row)) continue;
    const std::string key = choices.scope() + row.id;
    choices.add(fmt::format("row.http.{}", slug(row.id)),
                fmt::format("{} comes with HTTP 500.", row.id),
                [key](Behaviour& behaviour) { behaviour.rows[key].http = 500; });
    if (!is_certain(row)) continue;
    const ErrorRow* other = neighbour(rows, i);
    if (other != nullptr && !may_be_answered(choices.action.contract, row, *other)) {
      choices.add(fmt::format("row.neighbour.{}-{}", slug(row.id), slug(other->id)),
                  fmt::format("where {} is due, {} is answered.", row.id, other->id),
                  [key, as = other->id](Behaviour& behaviour) { behaviour.rows[key].as = as; });
    }
    add_messages(choices, row);
    if (names_rule(row)) continue;
    choices.add(fmt::format("row.never.{}", slug(row.id)),
                fmt::format("what {} is due for is accepted.", row.id),
                [key](Behaviour& behaviour) { behaviour.rows[key].never = true; });
  }
}

}  // namespace flowlog::mock
