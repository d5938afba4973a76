#include "specs/save.h"

#include <nlohmann/json.hpp>

#include "specs/words.h"

namespace flowlog {
namespace {

using Json = nlohmann::ordered_json;

template <class Element, class Write>
Json list(const std::vector<Element>& elements, Write write) {
  Json out = Json::array();
  for (const Element& element : elements) out.push_back(write(element));
  return out;
}

// Sets `member` unless the value is empty.
template <class Value>
void put(Json& node, const char* member, const Value& value) {
  if (!value.empty()) node[member] = value;
}

void put_flag(Json& node, const char* member, bool value) {
  if (value) node[member] = true;
}

Json write_text(const Text& text) {
  return {{"en", text.en}, {"zh", text.zh}};
}

template <class Fact>
void put_origin(Json& node, const Fact& fact) {
  node["standing"] = name(fact.standing);
  node["source"] = fact.source;
}

void put_terms(Json& node, const Rule& rule) {
  if (rule.kind == RuleKind::length) node["min"] = rule.min;
  if (rule.kind == RuleKind::length || rule.kind == RuleKind::count) node["max"] = rule.max;
  put(node, "grey_lengths", rule.grey_lengths);
  put(node, "allowed", rule.allowed.members());
  put(node, "grey", rule.grey.members());
  put(node, "words", rule.words);
  if (!rule.grey_forms.empty()) {
    node["grey_forms"] = list(
        rule.grey_forms, [](IntegerForm form) { return word_for(integer_form_words(), form); });
  }
  put(node, "target", rule.target);
  put(node, "of", rule.of);
}

Json write_rule(const Rule& rule) {
  Json node;
  if (rule.id != name(rule.kind)) node["id"] = rule.id;
  node["kind"] = name(rule.kind);
  put_origin(node, rule);
  node["text"] = write_text(rule.text);
  put_terms(node, rule);
  put(node, "also", rule.also);
  return node;
}

Json write_parameter(const Parameter& parameter) {
  Json node;
  node["name"] = parameter.name;
  node["type"] = word_for(type_words(), parameter.type);
  node["required"] = parameter.required;
  if (parameter.default_value) node["default_value"] = *parameter.default_value;
  put(node, "example", parameter.example);
  put_origin(node, parameter);
  node["text"] = write_text(parameter.text);
  node["rules"] = list(parameter.rules, write_rule);
  return node;
}

Json write_field(const Field& field) {
  Json node;
  node["path"] = field.path;
  node["type"] = field.type;
  node["presence"] = word_for(presence_words(), field.presence);
  put_flag(node, "optional", field.optional);
  put_flag(node, "unique", field.unique);
  put(node, "echoes", field.echoes);
  put(node, "equals", field.equals);
  put(node, "prefix", field.prefix);
  put(node, "example", field.example);
  put_origin(node, field);
  node["text"] = write_text(field.text);
  return node;
}

Json write_trigger(const Trigger& trigger) {
  Json node = Json::object();
  put(node, "rule", trigger.rule);
  put(node, "rule_kind", trigger.rule_kind);
  put(node, "condition", trigger.condition);
  put(node, "replay", trigger.replay);
  put(node, "race", trigger.race);
  put(node, "authentication", trigger.authentication);
  put(node, "service", trigger.service);
  return node;
}

Json write_error(const ErrorRow& row) {
  Json node;
  node["id"] = row.id;
  node["http"] = row.http;
  node["code"] = row.code;
  if (row.code_n) node["code_n"] = *row.code_n;
  if (!row.message.en.empty()) node["message"] = write_text(row.message);
  node["triggers"] = list(row.triggers, write_trigger);
  put_origin(node, row);
  return node;
}

Json write_note(const Note& note) {
  Json node;
  node["id"] = note.id;
  put_origin(node, note);
  node["rows"] = note.rows;
  node["text"] = write_text(note.text);
  return node;
}

}  // namespace

std::string dump_contract(const Contract& contract) {
  Json root;
  root["action"] = contract.action;
  root["version"] = contract.version;
  root["service"] = contract.service;
  root["method"] = contract.method;
  root["page"] = contract.page;
  put(root, "state_while_creating", contract.state_while_creating);
  put(root, "state_when_ready", contract.state_when_ready);
  put(root, "states", contract.states);
  if (contract.quota != 0) root["quota"] = contract.quota;
  root["parameters"] = list(contract.parameters, write_parameter);
  root["answer"] = list(contract.answer, write_field);
  root["errors"] = list(contract.errors, write_error);
  root["notes"] = list(contract.notes, write_note);
  root["contradictions"] = list(contract.contradictions, write_note);
  root["gaps"] = list(contract.gaps, write_note);
  return root.dump(2) + "\n";
}

}  // namespace flowlog
