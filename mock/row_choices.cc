#include <fmt/format.h>

#include <algorithm>

#include "mock/action_choices.h"

namespace flowlog::mock {
namespace {

std::string slug(std::string id) {
  std::replace(id.begin(), id.end(), '/', '-');
  return id;
}

// No mock stands in such a condition by itself.
bool comes_about(const flowlog::Service& service, const ErrorRow& row) {
  return std::ranges::any_of(row.triggers, [&](const Trigger& trigger) {
    const Condition* condition = service.condition(trigger.condition);
    return condition == nullptr || condition->provision != Provision::instance;
  });
}

bool of_a_rule(const ErrorRow& row) {
  return std::ranges::any_of(row.triggers,
                             [](const Trigger& trigger) { return !trigger.rule.empty(); });
}

// The next row of another code, from the end on to the beginning; nullptr when there is none.
const ErrorRow* neighbour(const std::vector<ErrorRow>& rows, std::size_t of) {
  for (std::size_t step = 1; step < rows.size(); ++step) {
    const ErrorRow& other = rows[(of + step) % rows.size()];
    if (other.code != rows[of].code) return &other;
  }
  return nullptr;
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
    if (!comes_about(choices.service, row)) continue;
    const std::string key = choices.scope() + row.id;
    if (const ErrorRow* other = neighbour(rows, i)) {
      choices.add(fmt::format("row.neighbour.{}-{}", slug(row.id), slug(other->id)),
                  fmt::format("where {} is due, {} is answered.", row.id, other->id),
                  [key, as = other->id](Behaviour& behaviour) { behaviour.rows[key].as = as; });
    }
    choices.add(fmt::format("row.http.{}", slug(row.id)),
                fmt::format("{} comes with HTTP 500.", row.id),
                [key](Behaviour& behaviour) { behaviour.rows[key].http = 500; });
    add_messages(choices, row);
    const bool state = std::ranges::any_of(
        row.triggers, [](const Trigger& trigger) { return !trigger.state.empty(); });
    // Where no page says which states permit the action, permitting it is lawful; and no page has
    // a row that is inferred.
    if (of_a_rule(row) || state || row.standing == Standing::inferred) continue;
    choices.add(fmt::format("row.never.{}", slug(row.id)),
                fmt::format("what {} is due for is accepted.", row.id),
                [key](Behaviour& behaviour) { behaviour.rows[key].never = true; });
  }
}

}  // namespace flowlog::mock
