#include "generators/classes/class_list.h"

#include <algorithm>

#include "generators/gen_util.h"

namespace flowlog {
namespace {

// What is too narrow for one draw is so for nearly all, and each costs time.
constexpr std::uint64_t kTrials = 3;

// Whoever draws later has no way of telling a narrow contract from a fault.
bool can_be_drawn(const rc::Gen<Edit>& gen) {
  try {
    for (std::uint64_t seed = 0; seed < kTrials; ++seed) {
      static_cast<void>(gen(rc::Random(seed), rc::kNominalSize).value());
    }
  } catch (const TooNarrow&) {
    return false;
  }
  return true;
}

}  // namespace

ClassBuilder::ClassBuilder(InputClass input, const EditPlacement& place)
    : input_(std::move(input)), place_(&place) {}

ClassBuilder& ClassBuilder::bound(Edit edit) {
  return bound(rc::shrinkable::just(std::move(edit)));
}

ClassBuilder& ClassBuilder::bound(rc::Shrinkable<Edit> edit) {
  Edit value = edit.value();
  const auto& known = input_.boundaries;
  if (std::find(known.begin(), known.end(), value) != known.end()) return *this;
  input_.boundaries.push_back(std::move(value));
  input_.roots.push_back(std::move(edit));
  return *this;
}

ClassBuilder& ClassBuilder::bound(const std::string& value) {
  return bound(place_->edit(value));
}

ClassBuilder& ClassBuilder::bound(const rc::Shrinkable<std::string>& value) {
  return bound(place_->edit(value));
}

ClassBuilder& ClassBuilder::bound_everywhere(const rc::Shrinkable<std::string>& value) {
  bound(value);
  if (auto last = place_->last_edit(value)) bound(std::move(*last));
  return *this;
}

ClassBuilder& ClassBuilder::random(rc::Gen<Edit> gen) {
  if (can_be_drawn(gen)) input_.random = std::move(gen);
  return *this;
}

ClassBuilder& ClassBuilder::random(rc::Gen<std::string> gen) {
  return random(place_->anywhere(std::move(gen)));
}

ClassList::ClassList(const Contract& contract, const Parameter& parameter, const Rule& rule)
    : contract_(contract), parameter_(parameter), rule_(rule), place_(contract, parameter) {}

ClassBuilder& ClassList::add(Side side, std::string id, Text text) {
  InputClass input;
  input.id = std::move(id);
  input.side = side;
  input.text = std::move(text);
  input.parameter = &parameter_;
  input.rule = &rule_;
  return builders_.emplace_back(std::move(input), place_);
}

std::vector<InputClass> ClassList::take() {
  std::vector<InputClass> result;
  for (const Side side : {Side::valid, Side::invalid, Side::grey}) {
    for (ClassBuilder& builder : builders_) {
      InputClass& input = builder.input_;
      const bool empty = input.boundaries.empty() && !input.random;
      if (input.side == side && !empty) result.push_back(std::move(input));
    }
  }
  return result;
}

Side side_of_empty(const Parameter& parameter) {
  if (!parameter.required) return Side::grey;
  for (const Rule& rule : parameter.rules) {
    if (rule.kind != RuleKind::required) continue;
    const bool accepted =
        std::find(rule.also.begin(), rule.also.end(), "success") != rule.also.end();
    return accepted ? Side::grey : Side::invalid;
  }
  return Side::grey;
}

}  // namespace flowlog
