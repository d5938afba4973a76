#include "generators/edit_placement.h"

#include <algorithm>

#include "generators/gen_util.h"
#include "generators/placeholders.h"

namespace flowlog {
namespace {

bool is_word(const Parameter& parameter, const std::string& value) {
  return std::any_of(parameter.rules.begin(), parameter.rules.end(), [&](const Rule& rule) {
    return rule.kind == RuleKind::values &&
           std::find(rule.words.begin(), rule.words.end(), value) != rule.words.end();
  });
}

}  // namespace

EditPlacement::EditPlacement(const Contract& contract, const Parameter& parameter)
    : contract_(&contract), parameter_(&parameter) {
  if (parameter.indexed()) group_.emplace(contract, parameter);
}

Edit EditPlacement::edit(std::string value) const {
  if (group_) return group_->with(*parameter_, std::move(value), 1);
  Edit edit{{{parameter_->name, value}}, {}};
  if (!is_word(*parameter_, value)) return edit;
  for (const Parameter& other : contract_->parameters) {
    for (const Rule& rule : other.rules) {
      if (rule.kind != RuleKind::exists || rule.of != parameter_->name) continue;
      edit.set.emplace_back(other.name, resource_placeholder(value));
    }
  }
  return edit;
}

rc::Shrinkable<Edit> EditPlacement::edit(rc::Shrinkable<std::string> value) const {
  return rc::shrinkable::map(std::move(value),
                             [place = *this](const std::string& text) { return place.edit(text); });
}

std::optional<rc::Shrinkable<Edit>> EditPlacement::last_edit(
    rc::Shrinkable<std::string> value) const {
  if (!group_) return std::nullopt;
  return rc::shrinkable::map(
      rc::shrinkable::pair(number_down_to(1, group_->most()), std::move(value)),
      [place = *this](const Drawn& drawn) { return place.edit_at(drawn); });
}

rc::Gen<Edit> EditPlacement::anywhere(rc::Gen<std::string> value) const {
  if (!group_) {
    return rc::gen::map(std::move(value),
                        [place = *this](std::string text) { return place.edit(std::move(text)); });
  }
  return rc::gen::map(rc::gen::pair(number(1, group_->most()), std::move(value)),
                      [place = *this](const Drawn& drawn) { return place.edit_at(drawn); });
}

Edit EditPlacement::edit_at(const Drawn& drawn) const {
  return group_->with(*parameter_, drawn.second, drawn.first);
}

}  // namespace flowlog
