// Examples and defaults against the rules of their own parameter, and ids against each other.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <utility>

#include "base/text.h"
#include "specs/lint/findings.h"
#include "specs/lint/names.h"

namespace flowlog {
namespace {

using Kind = Remark::Kind;

// An example ends in asterisks where the page hides the rest: "vpc-123456****".
std::string_view without_mask(std::string_view value) {
  const auto last = value.find_last_not_of('*');
  return last == std::string_view::npos ? std::string_view{} : value.substr(0, last + 1);
}

bool all_in(const std::u32string& points, const Charset& set, const Charset& grey) {
  return std::all_of(points.begin(), points.end(),
                     [&](char32_t point) { return set.contains(point) || grey.contains(point); });
}

// True iff `value` certainly breaks `rule`. Rules about the world and about siblings are not looked
// at.
bool breaks(const Rule& rule, std::string_view value) {
  const std::u32string whole = decode_utf8(value).value_or(U"");
  const std::u32string points = decode_utf8(without_mask(value)).value_or(U"");
  switch (rule.kind) {
    case RuleKind::length:
      return whole.size() < rule.min || whole.size() > rule.max;
    case RuleKind::characters:
      return !all_in(points, rule.allowed, rule.grey);
    case RuleKind::first:
      return !points.empty() && !all_in(points.substr(0, 1), rule.allowed, rule.grey);
    case RuleKind::last:
      return points.size() == whole.size() && !points.empty() &&
             !all_in(points.substr(points.size() - 1), rule.allowed, rule.grey);
    case RuleKind::values:
      return std::find(rule.words.begin(), rule.words.end(), value) == rule.words.end();
    case RuleKind::prefix: {
      const auto begins = [&](const std::string& word) {
        return lower_ascii(value).starts_with(lower_ascii(word));
      };
      return std::any_of(rule.words.begin(), rule.words.end(), begins);
    }
    case RuleKind::edges:
      return value.starts_with(' ') || value.ends_with(' ');
    case RuleKind::range: {
      std::size_t number = 0;
      const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
      return error != std::errc() || end != value.data() + value.size() || number < rule.min ||
             number > rule.max;
    }
    case RuleKind::required:
    case RuleKind::unique:
    case RuleKind::count:
    case RuleKind::index:
    case RuleKind::needs:
    case RuleKind::exists:
      return false;
  }
  return false;
}

// The values in an example; that of an indexed parameter is written as a query.
std::vector<std::string> values_of(const Parameter& parameter) {
  if (parameter.example.empty()) return {};
  const auto equals = parameter.example.find('=');
  if (!parameter.indexed() || equals == std::string::npos) return {parameter.example};
  std::vector<std::string> values;
  for (const std::string& pair : split(parameter.example, '&')) {
    values.push_back(pair.substr(std::min(pair.find('=') + 1, pair.size())));
  }
  return values;
}

void own_rules(const Documentation& documentation, const Contract& contract,
               const Parameter& parameter, Findings& findings) {
  const std::vector<std::string> rows = {documentation.row(contract, parameter.row())};
  for (const Rule& rule : parameter.rules) {
    if (parameter.default_value && breaks(rule, *parameter.default_value) &&
        (rule.kind == RuleKind::values || !parameter.default_value->empty())) {
      findings.add(
          Kind::oddity, "broken-example", rows,
          {fmt::format("The default {} breaks {}.", show(*parameter.default_value), rule.address),
           fmt::format("默认值{}违反规则：{}。", show(*parameter.default_value),
                       rule_name(rule).zh)});
    }
    for (const std::string& value : values_of(parameter)) {
      if (!breaks(rule, value)) continue;
      findings.add(Kind::oddity, "broken-example", rows,
                   {fmt::format("The example {} breaks {}.", show(value), rule.address),
                    fmt::format("示例值{}违反规则：{}。", show(value), rule_name(rule).zh)});
    }
  }
}

// "FlowLogId" for "Result.FlowLogs[].FlowLogId" and for "FlowLogIds.N"; nothing for what is no id.
std::string id_name(const std::string& path) {
  std::vector<std::string> parts = split(path, '.');
  if (parts.size() > 1 && parts.back() == "N") parts.pop_back();
  std::string name = parts.back();
  if (name.ends_with("Ids")) name.pop_back();
  return name.ends_with("Id") && name != "RequestId" ? name : "";
}

// "fl-" of "fl-123456****".
std::string form_of(const std::string& example) {
  const auto hyphen = example.find('-');
  if (hyphen == std::string::npos || hyphen == 0 || hyphen > 8 || !example.ends_with('*'))
    return "";
  const bool letters = std::all_of(example.begin(), example.begin() + std::ptrdiff_t(hyphen),
                                   [](char c) { return c >= 'a' && c <= 'z'; });
  return letters ? example.substr(0, hyphen + 1) : "";
}

struct IdExample {
  std::string row;
  std::string value;
};

// True iff a parameter says of what kind the thing is that `id` names: ResourceType for ResourceId.
bool of_many_kinds(const Documentation& documentation, const std::string& id) {
  const std::string type = id.substr(0, id.size() - 2) + "Type";
  return std::any_of(documentation.contracts.begin(), documentation.contracts.end(),
                     [&](const Contract* contract) { return contract->parameter(type); });
}

void id_forms(const Documentation& documentation, Findings& findings) {
  std::map<std::string, std::vector<IdExample>> by_name;
  for (const Contract* contract : documentation.contracts) {
    for (const Parameter& parameter : contract->parameters) {
      const std::vector<std::string> values = values_of(parameter);
      if (values.empty()) continue;
      by_name[id_name(parameter.name)].push_back(
          {documentation.row(*contract, parameter.row()), values.front()});
    }
    for (const Field& field : contract->answer) {
      if (field.example.empty()) continue;
      const std::string row = documentation.row(*contract, field.row());
      by_name[id_name(field.path)].push_back({row, field.example});
      if (field.prefix.empty() || field.example.starts_with(field.prefix)) continue;
      findings.add(Kind::contradiction, "id-form", {row},
                   {fmt::format("The example {} does not begin with {}.", show(field.example),
                                show(field.prefix)),
                    fmt::format("示例值{}不以{}开头。", show(field.example), show(field.prefix))});
    }
  }
  by_name.erase("");
  for (const auto& [name, examples] : by_name) {
    if (of_many_kinds(documentation, name)) continue;
    const auto first = std::find_if(examples.begin(), examples.end(), [](const IdExample& one) {
      return !form_of(one.value).empty();
    });
    if (first == examples.end()) continue;
    for (const IdExample& one : examples) {
      if (form_of(one.value) == form_of(first->value)) continue;
      findings.add(Kind::contradiction, "id-form", {first->row, one.row},
                   {fmt::format("Examples of {} have two forms: {} and {}.", name,
                                show(first->value), show(one.value)),
                    fmt::format("{}的示例值形式不一致：{}与{}。", name, show(first->value),
                                show(one.value))});
    }
  }
}

}  // namespace

void lint_examples(const Documentation& documentation, Findings& findings) {
  for (const Contract* contract : documentation.contracts) {
    for (const Parameter& parameter : contract->parameters) {
      own_rules(documentation, *contract, parameter, findings);
    }
  }
  id_forms(documentation, findings);
}

}  // namespace flowlog
