#include "generators/classes/classes.h"

#include <fmt/format.h>

#include <ostream>
#include <stdexcept>

#include "base/json_node.h"
#include "base/text.h"
#include "generators/classes/class_list.h"
#include "generators/gen_util.h"

namespace flowlog {
namespace {

using Maker = void (*)(ClassList&);

Maker maker_for(const Parameter& parameter, RuleKind kind) {
  switch (kind) {
    case RuleKind::required:
      return add_required_classes;
    case RuleKind::length:
      return add_length_classes;
    case RuleKind::characters:
    case RuleKind::first:
    case RuleKind::last:
      return add_character_classes;
    case RuleKind::values:
      return parameter.type == Type::integer ? add_integer_classes : add_word_classes;
    case RuleKind::prefix:
      return add_prefix_classes;
    case RuleKind::edges:
      return add_edges_classes;
    case RuleKind::unique:
      return add_unique_classes;
    case RuleKind::count:
      return add_count_classes;
    case RuleKind::index:
      return add_index_classes;
    case RuleKind::needs:
      return add_needs_classes;
    case RuleKind::exists:
      return add_exists_classes;
    case RuleKind::range:
      return add_range_classes;
  }
  return nullptr;
}

[[noreturn]] void refuse(const Rule& rule, std::string_view reason) {
  throw InputError(
      fmt::format("{} leaves no room for the values that try it: {}.", rule.address, reason));
}

}  // namespace

bool operator==(const Edit& a, const Edit& b) {
  return a.set == b.set && a.erase == b.erase;
}

void showValue(const Edit& edit, std::ostream& os) {
  const char* separator = "";
  for (const std::string& name : edit.erase) {
    os << separator << "without " << name;
    separator = ", ";
  }
  for (const auto& [name, value] : edit.set) {
    os << separator << name << "=" << show(value);
    separator = ", ";
  }
}

std::vector<InputClass> classes(const Contract& contract, const Parameter& parameter,
                                const Rule& rule) {
  try {
    ClassList list(contract, parameter, rule);
    maker_for(parameter, rule.kind)(list);
    return list.take();
  } catch (const TooNarrow& reason) {
    refuse(rule, reason.what());
  } catch (const std::length_error&) {  // of a text that would be shorter than nothing
    refuse(rule, "a text is too short to hold what it must");
  }
}

const std::vector<InputClass>& ClassBook::of(const Parameter& parameter, const Rule& rule) {
  const auto [it, first] = known_.try_emplace(&rule);
  if (first) it->second = classes(contract_, parameter, rule);
  return it->second;
}

std::vector<RuleCount> count_classes(const Contract& contract) {
  std::vector<RuleCount> counts;
  for (const Parameter& parameter : contract.parameters) {
    for (const Rule& rule : parameter.rules) {
      RuleCount count{&parameter, &rule};
      for (const InputClass& input : classes(contract, parameter, rule)) {
        count.valid += input.side == Side::valid ? 1 : 0;
        count.invalid += input.side == Side::invalid ? 1 : 0;
        count.grey += input.side == Side::grey ? 1 : 0;
        count.boundaries += input.boundaries.size();
      }
      counts.push_back(count);
    }
  }
  return counts;
}

}  // namespace flowlog
