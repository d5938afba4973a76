#include "specs/export/value_schema.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>

#include "base/text.h"

namespace flowlog {
namespace {

using Json = nlohmann::ordered_json;

std::string class_member(char32_t point) {
  if (point < 0x7F && std::isalnum(static_cast<int>(point))) return encode_utf8(point);
  if (point <= 0xFFFF) return fmt::format("\\u{:04X}", static_cast<unsigned>(point));
  return encode_utf8(point);
}

// "[a-z0-9]", with everything but ASCII letters and digits written as \uXXXX.
std::string character_class(const Charset& set) {
  std::string out = "[";
  for (const auto& [first, last] : set.ranges()) {
    out += class_member(first);
    if (last > first) out += "-" + class_member(last);
  }
  return out + "]";
}

const Rule* rule_of(const Parameter& parameter, RuleKind kind) {
  for (const Rule& rule : parameter.rules) {
    if (rule.kind == kind) return &rule;
  }
  return nullptr;
}

std::string class_of(const Rule* rule) {
  return rule ? character_class(rule->allowed) : "";
}

// "(?!volc:|sys:)" in any letter case.
std::string not_beginning(const Rule& rule) {
  std::vector<std::string> words;
  for (const std::string& word : rule.words) {
    std::string any_case;
    for (char c : word) {
      const auto byte = static_cast<unsigned char>(c);
      if (std::isalpha(byte)) {
        any_case += fmt::format("[{}{}]", char(std::tolower(byte)), char(std::toupper(byte)));
      } else if (byte < 0x80 && !std::isalnum(byte)) {
        any_case += fmt::format("\\u{:04X}", byte);
      } else {
        any_case += c;
      }
    }
    words.push_back(any_case);
  }
  return "(?!" + join(words, "|") + ")";
}

Json typed(const Parameter& parameter, const std::string& text) {
  if (parameter.type == Type::string) return text;
  const Json number = Json::parse(text, nullptr, false);
  return number.is_number_integer() ? number : Json(text);
}

}  // namespace

std::string pattern_of(const Parameter& parameter) {
  const Rule* characters = rule_of(parameter, RuleKind::characters);
  const Rule* prefix = rule_of(parameter, RuleKind::prefix);
  const std::string first = class_of(rule_of(parameter, RuleKind::first));
  const std::string last = class_of(rule_of(parameter, RuleKind::last));
  if (!characters && first.empty() && last.empty() && !prefix) return "";
  const std::string any = characters ? class_of(characters) : "[\\s\\S]";
  std::string body = first;
  if (!last.empty()) {
    // One character is the first and the last.
    body += first.empty() ? any + "*" + last : "(?:" + any + "*" + last + ")?";
  } else {
    body += any + "*";
  }
  const Rule* length = rule_of(parameter, RuleKind::length);
  const bool may_be_empty = !length || length->min == 0;
  if (may_be_empty && (!first.empty() || !last.empty())) body = "(?:" + body + ")?";
  return "^" + (prefix ? not_beginning(*prefix) : "") + body + "$";
}

Json value_schema(const Parameter& parameter) {
  Json schema;
  schema["type"] = parameter.type == Type::integer ? "integer" : "string";
  if (const Rule* length = rule_of(parameter, RuleKind::length)) {
    schema["minLength"] = length->min;
    schema["maxLength"] = length->max;
  }
  if (const std::string pattern = pattern_of(parameter); !pattern.empty()) {
    schema["pattern"] = pattern;
  }
  if (const Rule* values = rule_of(parameter, RuleKind::values)) {
    schema["enum"] = Json::array();
    for (const std::string& word : values->words) schema["enum"].push_back(typed(parameter, word));
  }
  if (parameter.default_value) schema["default"] = typed(parameter, *parameter.default_value);
  return schema;
}

std::string example_of(const Parameter& parameter, const std::string& name) {
  if (!parameter.indexed()) return parameter.example;
  for (const std::string& pair : split(parameter.example, '&')) {
    if (pair.starts_with(name + "=")) return pair.substr(name.size() + 1);
  }
  return {};
}

}  // namespace flowlog
