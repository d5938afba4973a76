#include "generators/placement.h"

#include <algorithm>

#include "generators/draws.h"
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

Placement::Placement(const Contract& contract, const Parameter& parameter)
    : contract_(&contract), parameter_(&parameter) {
  if (parameter.indexed()) siblings_.emplace(contract, parameter);
}

Edit Placement::edit(std::string value) const {
  if (siblings_) return siblings_->with(*parameter_, std::move(value), 1);
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

rc::Shrinkable<Edit> Placement::edit(rc::Shrinkable<std::string> value) const {
  return rc::shrinkable::map(std::move(value),
                             [place = *this](const std::string& text) { return place.edit(text); });
}

std::optional<rc::Shrinkable<Edit>> Placement::last_edit(rc::Shrinkable<std::string> value) const {
  if (!siblings_) return std::nullopt;
  return rc::shrinkable::map(
      rc::shrinkable::pair(number_down_to(1, siblings_->most()), std::move(value)),
      [place = *this](const Drawn& drawn) { return place.edit_at(drawn); });
}

rc::Gen<Edit> Placement::anywhere(rc::Gen<std::string> value) const {
  if (!siblings_) {
    return rc::gen::map(std::move(value),
                        [place = *this](std::string text) { return place.edit(std::move(text)); });
  }
  return rc::gen::map(rc::gen::pair(number(1, siblings_->most()), std::move(value)),
                      [place = *this](const Drawn& drawn) { return place.edit_at(drawn); });
}

Edit Placement::edit_at(const Drawn& drawn) const {
  return siblings_->with(*parameter_, drawn.second, drawn.first);
}

}  // namespace flowlog
