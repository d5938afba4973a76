#include <fmt/format.h>

#include <algorithm>

#include "mock/action_choices.h"

namespace flowlog::mock {
namespace {

// Iff an answer may lack the member.
bool is_optional(const ActionChoices& choices, const Member& member) {
  const std::string path = choices.action.list->path + '.' + member.name;
  const auto& answer = choices.action.contract.answer;
  const auto field = std::ranges::find(answer, path, &Field::path);
  return field == answer.end() || field->optional;
}

void add_filters(const ActionChoices& choices) {
  for (const Filter& filter : choices.action.list->filters) {
    choices.add(fmt::format("filter.{}.ignored", filter.parameter),
                fmt::format("{} is not looked at.", filter.parameter),
                ActionChange([parameter = filter.parameter](ActionReading& how) {
                  how.filters_ignored.insert(parameter);
                }));
  }
  if (choices.action.list->filters.size() < 2) return;
  choices.add("filters.one-is-enough", "of several filters one has to fit.",
              ActionChange([](ActionReading& how) { how.any_filter_is_enough = true; }));
}

void add_pages(const ActionChoices& choices) {
  if (choices.action.list->page_token.empty()) return;
  const auto add = [&](const char* id, const char* text, Paging paging) {
    choices.add(fmt::format("pages.{}", id), text,
                ActionChange([paging](ActionReading& how) { how.paging = paging; }));
  };
  add("none", "everything comes on one page.", Paging::none);
  add("lose-one", "between two pages one element is lost.", Paging::loses);
  add("repeat-one", "a page begins with the last element of the one before.", Paging::repeats);
  add("loop", "after the first page comes the first page.", Paging::loops);
}

}  // namespace

void add_list_deviations(const ActionChoices& choices) {
  if (!choices.action.list) return;
  add_filters(choices);
  add_pages(choices);
  choices.add("foreign", "shows what other accounts have.",
              ActionChange([](ActionReading& how) { how.foreign = true; }));
  for (const Member& member : choices.action.list->members) {
    if (is_optional(choices, member)) continue;
    choices.add(
        fmt::format("shown.{}.missing", member.name), fmt::format("elements lack {}.", member.name),
        ActionChange([name = member.name](ActionReading& how) { how.hidden.insert(name); }));
  }
}

}  // namespace flowlog::mock
