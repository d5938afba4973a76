#include "mock/action_deviations.h"

#include <fmt/format.h>

#include <algorithm>

#include "mock/action_choices.h"
#include "mock/envelope.h"
#include "mock/views.h"
#include "specs/load.h"

namespace flowlog::mock {
namespace {

bool has_own_deviations(const flowlog::Service& service, const Action& action) {
  return &action == &service.creator() && action.name == built_in_service().creator().name;
}

void add_state_variants(const ActionChoices& choices) {
  const Action& action = choices.action;
  const bool changes = action.effect == Effect::update || action.effect == Effect::transition;
  if (!changes || action.states.grey_from.empty()) return;
  choices.add("grey-states.permitted", "any state that no page excludes permits it.",
              ActionChange([](ActionReading& how) { how.grey_states = GreyStates::permitted; }));
  if (action.effect != Effect::update) return;
  choices.add("grey-states.refused", "only a state that a page names permits it.",
              ActionChange([](ActionReading& how) { how.grey_states = GreyStates::refused; }));
  choices.add("empty-keeps", "what is sent empty is kept as it was.",
              ActionChange([](ActionReading& how) { how.empty_keeps = true; }));
  const auto ready = choices.service.kind.states_of(StateMeaning::ready);
  if (!action.states.to.empty() || ready.empty()) return;
  choices.add("ends-ready", "a stopped one is at work afterwards.",
              ActionChange([name = ready.front()](ActionReading& how) { how.ends_as = name; }));
}

void add_list_variants(const ActionChoices& choices) {
  if (!choices.action.list) return;
  choices.add("empty-list.null", "an empty list is null.",
              ActionChange([](ActionReading& how) { how.empty_is_null = true; }));
  if (const Rule* range = page_range(choices.action)) {
    choices.add("page-size.clamped", "a page size out of its range counts as the range's end.",
                [address = choices.scope() + range->address](Behaviour& behaviour) {
                  behaviour.rules[address].sees = views::clamped;
                });
  }
  const auto& filters = choices.action.list->filters;
  if (std::ranges::find(filters, FilterMatch::equal_or_within, &Filter::match) == filters.end()) {
    return;
  }
  choices.add("filters.part-is-enough", "a part of a text finds it.",
              ActionChange([](ActionReading& how) { how.part_is_enough = true; }));
}

// Members that an answer may have.
void add_answer_variants(const ActionChoices& choices) {
  for (const Field& field : choices.action.contract.answer) {
    const bool lone = field.optional && field.type == "String" && field.path.starts_with("Result.");
    const bool listed = field.path.find("[]") != std::string::npos;
    const bool paging = choices.action.list && field.path == choices.action.list->page_token;
    if (!lone || listed || paging) continue;
    choices.add("answer." + field.path, fmt::format("answers have {}.", field.path),
                [path = field.path, name = choices.action.name](Behaviour& behaviour) {
                  behaviour.edits.push_back([=](nlohmann::json& answer, const Told& told) {
                    if (!told.success || told.action != name) return;
                    in_result(answer["Result"], path) = told.request_id;
                  });
                });
  }
}

void add_row_variants(const ActionChoices& choices) {
  for (const ErrorRow& row : choices.action.contract.errors) {
    for (std::size_t i = 1; i < row.http.size(); ++i) {
      std::string id = row.id;
      std::replace(id.begin(), id.end(), '/', '-');
      choices.add(fmt::format("row.http-{}.{}", row.http[i], id),
                  fmt::format("{} comes with HTTP {}.", row.id, row.http[i]),
                  [key = choices.scope() + row.id, i](Behaviour& behaviour) {
                    behaviour.rows[key].http_choice = i;
                  });
    }
  }
}

}  // namespace

std::vector<Choice> action_deviations(const flowlog::Service& service) {
  std::vector<Choice> all;
  for (const Action& action : service.actions) {
    if (has_own_deviations(service, action)) continue;
    const ActionChoices choices{service, action, all};
    add_rule_deviations(choices);
    add_row_deviations(choices);
    add_effect_deviations(choices);
    add_list_deviations(choices);
    add_token_deviations(choices);
  }
  return all;
}

std::vector<Choice> action_variants(const flowlog::Service& service) {
  std::vector<Choice> all;
  for (const Action& action : service.actions) {
    if (has_own_deviations(service, action)) continue;
    const ActionChoices choices{service, action, all};
    add_state_variants(choices);
    add_list_variants(choices);
    add_answer_variants(choices);
    add_row_variants(choices);
    if (action.effect == Effect::untag) {
      choices.add("absent-key.refused", "removing a tag that is not there is refused.",
                  ActionChange([](ActionReading& how) { how.absent_key_refused = true; }));
    }
  }
  return all;
}

}  // namespace flowlog::mock
