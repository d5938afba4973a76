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
  const bool limits = rule.kind == RuleKind::length || rule.kind == RuleKind::range;
  if (limits) node["min"] = rule.min;
  if (limits || rule.kind == RuleKind::count) node["max"] = rule.max;
  put(node, "grey_lengths", rule.grey_lengths);
  put(node, "allowed", rule.allowed.members());
  put(node, "grey", rule.grey.members());
  put(node, "words", rule.words);
  put(node, "grey_words", rule.grey_words);
  if (rule.grey_max != 0) node["grey_max"] = rule.grey_max;
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
  put_flag(node, "required_elsewhere", parameter.required_elsewhere);
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
  if (!field.or_type.empty()) node["or_type"] = field.or_type;
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
  put(node, "state", trigger.state);
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
  put(node, "checks", note.checks);
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
  if (!contract.errors_complete) root["errors_complete"] = false;
  root["notes"] = list(contract.notes, write_note);
  root["contradictions"] = list(contract.contradictions, write_note);
  root["gaps"] = list(contract.gaps, write_note);
  return root.dump(2) + "\n";
}

namespace {

Json write_roles(const std::map<Role, std::string>& roles) {
  Json node = Json::object();
  for (const auto& [role, parameter] : roles) node[std::string(name(role))] = parameter;
  return node;
}

Json write_states(const StateChange& change) {
  Json node = Json::object();
  put(node, "from", change.from);
  put(node, "grey_from", change.grey_from);
  put(node, "through", change.through);
  put(node, "to", change.to);
  put(node, "grey_to", change.grey_to);
  return node;
}

Json write_member(const Member& member) {
  Json node;
  node["name"] = member.name;
  node["shows"] = word_for(shows_words(), member.shows);
  put(node, "parameter", member.parameter);
  put_flag(node, "or_id", member.or_id);
  put(node, "key", member.key);
  if (member.shows == Shows::tags || member.shows == Shows::constant) node["value"] = member.value;
  put(node, "words", member.words);
  return node;
}

Json write_filter(const Filter& filter) {
  Json node;
  node["parameter"] = filter.parameter;
  node["match"] = word_for(filter_match_words(), filter.match);
  put(node, "member", filter.member);
  return node;
}

Json write_list(const ListShape& shape) {
  Json node;
  node["path"] = shape.path;
  put(node, "page_token", shape.page_token);
  node["members"] = list(shape.members, write_member);
  node["filters"] = list(shape.filters, write_filter);
  return node;
}

Json write_action(const Action& action) {
  Json node;
  node["name"] = action.name;
  node["effect"] = name(action.effect);
  put(node, "roles", write_roles(action.roles));
  put(node, "states", write_states(action.states));
  put(node, "answer_id", action.answer_id);
  if (action.list) node["list"] = write_list(*action.list);
  put_origin(node, action);
  return node;
}

Json write_state(const State& state) {
  Json node;
  node["name"] = state.name;
  node["meaning"] = word_for(state_meaning_words(), state.meaning);
  put_origin(node, state);
  node["text"] = write_text(state.text);
  return node;
}

Json write_exclusive(const Exclusive& exclusive) {
  Json node;
  node["parameter"] = exclusive.parameter;
  node["condition"] = exclusive.condition;
  put(node, "rows", exclusive.rows);
  put_origin(node, exclusive);
  return node;
}

Json write_quota(const Quota& quota) {
  Json node;
  node["max"] = quota.max;
  node["per"] = quota.per;
  node["profile"] = quota.profile;
  put(node, "rows", quota.rows);
  put_origin(node, quota);
  return node;
}

Json write_left_behind(const LeftBehind& left) {
  Json node;
  node["name"] = left.name;
  node["parameter"] = left.parameter;
  put(node, "within", left.within);
  put_origin(node, left);
  node["text"] = write_text(left.text);
  return node;
}

Json write_kind(const ResourceKind& kind) {
  Json node;
  node["name"] = kind.name;
  node["text"] = write_text(kind.text);
  node["plural"] = write_text(kind.plural);
  node["states"] = list(kind.states, write_state);
  if (kind.exclusive) node["exclusive"] = write_exclusive(*kind.exclusive);
  if (kind.quota) node["quota"] = write_quota(*kind.quota);
  node["leaves_behind"] = list(kind.leaves_behind, write_left_behind);
  put_flag(node, "dies_with_target", kind.dies_with_target);
  return node;
}

Json write_condition(const Condition& condition) {
  Json node;
  node["name"] = condition.name;
  node["provision"] = word_for(provision_words(), condition.provision);
  put(node, "type", condition.type);
  if (condition.provision == Provision::parameters) {
    node["values"] = Json::object();
    for (const auto& [member, parameter] : condition.values) node["values"][member] = parameter;
  }
  node["text"] = write_text(condition.text);
  return node;
}

Json write_vocabulary(const Vocabulary& vocabulary) {
  return {
      {"id", vocabulary.id}, {"parameters", vocabulary.parameters}, {"words", vocabulary.words}};
}

}  // namespace

std::string dump_service(const Service& service) {
  Json root;
  root["service"] = service.name;
  root["version"] = service.version;
  put(root, "common_errors", service.common_errors);
  root["every_action"] = {{"parameters", list(service.parameters, write_parameter)},
                          {"answer", list(service.answer, write_field)}};
  root["kind"] = write_kind(service.kind);
  root["actions"] = list(service.actions, write_action);
  root["conditions"] = list(service.conditions, write_condition);
  root["vocabularies"] = list(service.vocabularies, write_vocabulary);
  return root.dump(2) + "\n";
}

}  // namespace flowlog
