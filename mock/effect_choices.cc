#include <fmt/format.h>

#include <algorithm>

#include "mock/action_choices.h"
#include "mock/views.h"

namespace flowlog::mock {
namespace {

// Iff a request for a thing that exists can break a rule.
bool can_be_refused(const Action& action) {
  return std::ranges::any_of(action.contract.parameters, [&](const Parameter& parameter) {
    return parameter.name != "Action" && parameter.name != "Version" &&
           parameter.name != action.parameter(Role::id) && !parameter.rules.empty();
  });
}

// What any action on things that exist can do wrong.
void add_reach(const ActionChoices& choices) {
  const std::string& thing = choices.service.kind.text.en;
  choices.add("does-nothing", fmt::format("succeeds and leaves the {} as it was.", thing),
              ActionChange([](ActionReading& how) { how.does_nothing = true; }));
  choices.add("foreign", fmt::format("another account's {} can be reached.", thing),
              ActionChange([](ActionReading& how) { how.foreign = true; }));
  choices.add("takes-all", fmt::format("reaches every {} of the account.", thing),
              ActionChange([](ActionReading& how) { how.takes_all = true; }));
  if (!can_be_refused(choices.action)) return;
  choices.add("refused-changes", "is carried out although it is refused.",
              ActionChange([](ActionReading& how) { how.refused_changes = true; }));
}

void add_end(const ActionChoices& choices) {
  choices.add("never-ends", "stays in the state between.",
              ActionChange([](ActionReading& how) { how.never_ends = true; }));
  const std::vector<std::string>& to = choices.action.states.to;
  for (const State& state : choices.service.kind.states) {
    const bool rests =
        state.meaning == StateMeaning::ready || state.meaning == StateMeaning::inactive;
    // What an update leaves as it was may as well be made ready.
    const bool lawful = to.empty() ? state.meaning == StateMeaning::ready
                                   : std::ranges::find(to, state.name) != to.end();
    if (!rests || lawful) continue;
    choices.add("ends-as." + state.name, fmt::format("ends as {}.", state.name),
                ActionChange([name = state.name](ActionReading& how) { how.ends_as = name; }));
  }
  choices.add("ends-as.unknown", "ends in a state that no page knows.",
              ActionChange([](ActionReading& how) { how.ends_as = "Running"; }));
}

bool is_stored(const ActionChoices& choices, const Parameter& parameter) {
  const Action& action = choices.action;
  return !parameter.indexed() && parameter.name != "Action" && parameter.name != "Version" &&
         parameter.name != action.parameter(Role::id) &&
         parameter.name != action.parameter(Role::token);
}

void add_stored(const ActionChoices& choices) {
  for (const Parameter& parameter : choices.action.contract.parameters) {
    const std::string& name = parameter.name;
    if (!is_stored(choices, parameter)) continue;
    const auto add = [&](const std::string& how, const char* text, const Change& change) {
      choices.add(fmt::format("stored.{}.{}", name, how), fmt::format("of {} {}", name, text),
                  [key = choices.scope() + name, change](Behaviour& behaviour) {
                    behaviour.stored[key] = change;
                  });
    };
    choices.add(fmt::format("stored.{}.dropped", name), fmt::format("{} is not changed.", name),
                ActionChange([name](ActionReading& how) { how.dropped.insert(name); }));
    if (parameter.type == Type::integer || parameter.rule("values") != nullptr) continue;
    add("cut", "only 20 characters are kept.", views::cut_to(20));
    add("lower-case", "capitals are lost.", views::in_lower_case);
    add("question-marks", "what is not ASCII becomes question marks.",
        views::ascii_with_question_marks);
  }
}

void add_tags(const ActionChoices& choices) {
  const bool sets = choices.action.effect == Effect::tag;
  choices.add(sets ? "replaces-all" : "removes-all",
              sets ? "every tag that was there is lost." : "every tag is removed.",
              ActionChange([](ActionReading& how) { how.replaces_tags = true; }));
  choices.add("first-only", "of several resources only the first is changed.",
              ActionChange([](ActionReading& how) { how.first_only = true; }));
  if (!sets) return;
  choices.add("keeps-old-value", "a tag that was there keeps its value.",
              ActionChange([](ActionReading& how) { how.keeps_old_value = true; }));
  const auto stored = [&](Role role, const char* id, const char* text, const Change& change) {
    const std::string key = choices.scope() + choices.action.parameter(role);
    choices.add(fmt::format("stored.{}", id), text,
                [key, change](Behaviour& behaviour) { behaviour.stored[key] = change; });
  };
  stored(Role::tag_key, "key-lower-case", "capitals of a tag key are lost.", views::in_lower_case);
  stored(Role::tag_key, "key-cut", "of a tag key only 64 characters are kept.", views::cut_to(64));
  stored(Role::tag_value, "value-lost", "tag values are not kept.", views::lost);
  stored(Role::tag_value, "value-cut", "of a tag value only 128 characters are kept.",
         views::cut_to(128));
  stored(Role::tag_value, "value-plus-as-space", "a plus in a tag value becomes a blank.",
         views::plus_as_space);
}

}  // namespace

void add_effect_deviations(const ActionChoices& choices) {
  switch (choices.action.effect) {
    case Effect::update:
      add_reach(choices);
      add_end(choices);
      add_stored(choices);
      choices.add("omitted-reset", "what was left out is set to its default.",
                  ActionChange([](ActionReading& how) { how.resets_omitted = true; }));
      choices.add("tags-lost", "every tag is removed.",
                  ActionChange([](ActionReading& how) { how.replaces_tags = true; }));
      return;
    case Effect::transition:
      add_reach(choices);
      return add_end(choices);
    case Effect::remove:
      return add_reach(choices);
    case Effect::tag:
    case Effect::untag:
      add_reach(choices);
      return add_tags(choices);
    case Effect::create:
      return add_stored(choices);
    case Effect::read:
    case Effect::read_tags:
      return;
  }
}

}  // namespace flowlog::mock
