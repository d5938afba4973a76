#include "specs/load.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <set>

#include "specs/read.h"
#include "specs/references.h"

namespace flowlog {

Parameter read_parameter(const JsonNode& node) {
  node.only({"name", "type", "required", "required_elsewhere", "default_value", "example",
             "standing", "source", "text", "rules"});
  Parameter parameter;
  parameter.name = read_id(node.at("name"), "");
  parameter.type = word_of(node.at("type"), type_words());
  parameter.required = flag(node, "required");
  parameter.required_elsewhere = flag(node, "required_elsewhere");
  if (auto value = node.find("default_value")) parameter.default_value = value->text();
  parameter.example = text_or(node, "example", "");
  read_origin(node, parameter);
  parameter.text = read_sentence(node.at("text"));
  parameter.rules =
      list_at(node, "rules", [&](const JsonNode& item) { return read_rule(item, parameter); });
  return parameter;
}

Field read_field(const JsonNode& node) {
  node.only({"path", "type", "or_type", "presence", "optional", "unique", "echoes", "equals",
             "prefix", "example", "standing", "source", "text"});
  Field field;
  field.path = filled(node.at("path"));
  field.type = node.at("type").word({"String", "Integer", "Object", "Array"});
  if (const auto other = node.find("or_type")) field.or_type = other->word({"String", "Integer"});
  if (auto presence = node.find("presence")) field.presence = word_of(*presence, presence_words());
  field.optional = flag(node, "optional");
  field.unique = flag(node, "unique");
  if (auto echoes = node.find("echoes")) {
    field.echoes = echoes->word({"Action", "Version", "Service", "Region"});
  }
  field.equals = text_or(node, "equals", "");
  field.prefix = text_or(node, "prefix", "");
  field.example = text_or(node, "example", "");
  read_origin(node, field);
  field.text = read_sentence(node.at("text"));
  return field;
}

namespace {

// The one member of a trigger; `own` tells a contract's rows from common ones, which belong to
// every action and can name no rule of one.
Trigger read_trigger(const JsonNode& node, bool own) {
  Names kinds = {"rule_kind", "condition", "replay", "race", "authentication", "service"};
  if (own) kinds.insert(kinds.end(), {"rule", "state"});
  node.only(kinds);
  if (node.members().size() != 1) {
    node.reject(fmt::format("{} members, expected exactly one", node.members().size()));
  }
  Trigger trigger;
  if (auto rule = node.find("rule")) trigger.rule = filled(*rule);
  if (auto kind = node.find("rule_kind")) {
    trigger.rule_kind = std::string(name(word_of(*kind, rule_kind_words())));
  }
  if (auto condition = node.find("condition")) trigger.condition = read_condition(*condition);
  if (auto replay = node.find("replay")) trigger.replay = replay->word({"other-arguments"});
  if (auto race = node.find("race")) trigger.race = race->word({"one-token", "one-resource"});
  if (auto authentication = node.find("authentication")) {
    trigger.authentication = authentication->word(
        {"no-authorization", "missing-credential-info", "no-signature", "expired", "future",
         "unknown-service", "unknown-action", "unknown-key", "wrong-signature", "no-permission",
         "malformed-authorization", "malformed-credential", "bad-session-token", "wrong-method"});
  }
  if (auto service = node.find("service")) trigger.service = service->word({"throttled", "fault"});
  if (auto state = node.find("state")) trigger.state = state->word({"not-permitted"});
  return trigger;
}

ErrorRow read_error(const JsonNode& node, std::string_view prefix) {
  node.only({"id", "http", "code", "code_n", "message", "triggers", "standing", "source"});
  ErrorRow row;
  row.id = read_id(node.at("id"), prefix);
  row.http =
      list_of(node.at("http"), [](const JsonNode& item) { return int(item.integer(400, 599)); });
  if (row.http.empty()) node.at("http").reject("an empty list, expected at least one HTTP code");
  if (std::set<int>(row.http.begin(), row.http.end()).size() != row.http.size()) {
    node.at("http").reject("holds an HTTP code twice");
  }
  row.code = filled(node.at("code"));
  if (auto code_n = node.find("code_n")) {
    row.code_n = int(code_n->integer(1, std::numeric_limits<int>::max()));
  }
  if (auto message = node.find("message")) {
    row.message = read_text(*message);
    filled(message->at("en"));
  }
  row.triggers = list_at(node, "triggers", [&](const JsonNode& item) {
    return read_trigger(item, prefix == "errors/");
  });
  read_origin(node, row);
  return row;
}

auto note_reader(const std::string& prefix) {
  return [prefix](const JsonNode& node) {
    node.only({"id", "text", "rows", "checks", "standing", "source"});
    Note note;
    note.id = read_id(node.at("id"), prefix);
    note.text = read_sentence(node.at("text"));
    note.rows = list_at(node, "rows", filled);
    note.checks = words_if(node, "checks");
    read_origin(node, note);
    return note;
  };
}

void read_notes(const JsonNode& root, Contract& contract) {
  contract.notes = list_at(root, "notes", note_reader("notes/"));
  contract.contradictions = list_at(root, "contradictions", note_reader("contradictions/"));
  contract.gaps = list_at(root, "gaps", note_reader("gaps/"));
  contract.state_while_creating = text_or(root, "state_while_creating", "");
  contract.state_when_ready = text_or(root, "state_when_ready", "");
  if (root.find("states")) contract.states = words_at(root, "states");
  if (auto quota = root.find("quota")) contract.quota = int(quota->integer(1, kLongest));
}

}  // namespace

namespace {

// Puts the base's elements that `own` lacks before it.
template <class Element, class Key>
void complete(std::vector<Element>& own, const std::vector<Element>& base, Key key) {
  std::vector<Element> all;
  for (const Element& element : base) {
    auto same = [&](const Element& other) { return other.*key == element.*key; };
    if (std::none_of(own.begin(), own.end(), same)) all.push_back(element);
  }
  all.insert(all.end(), own.begin(), own.end());
  own = std::move(all);
}

void replace(std::string& text, std::string_view what, const std::string& with) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size())) {
    text.replace(at, what.size(), with);
  }
}

void fill_in(std::string& text, const Contract& contract) {
  replace(text, "{action}", contract.action);
  replace(text, "{version}", contract.version);
}

void fill_in(Text& text, const Contract& contract) {
  fill_in(text.en, contract);
  fill_in(text.zh, contract);
}

// The base's parameter, with the contract's action and version in it.
Parameter filled_in(Parameter parameter, const Contract& contract) {
  fill_in(parameter.example, contract);
  fill_in(parameter.source, contract);
  fill_in(parameter.text, contract);
  for (Rule& rule : parameter.rules) {
    fill_in(rule.source, contract);
    fill_in(rule.text, contract);
    for (std::string& word : rule.words) fill_in(word, contract);
  }
  return parameter;
}

Field filled_in(Field field, const Contract& contract) {
  fill_in(field.example, contract);
  fill_in(field.source, contract);
  fill_in(field.text, contract);
  return field;
}

template <class Element>
std::vector<Element> filled_in(std::vector<Element> base, const Contract& contract) {
  for (Element& element : base) element = filled_in(std::move(element), contract);
  return base;
}

// Gives the words of the service's vocabularies to the rules they are for.
void add_neighbours(Contract& contract, const Service& service) {
  for (const Vocabulary& vocabulary : service.vocabularies) {
    for (Parameter& parameter : contract.parameters) {
      const std::string address = contract.action + "/" + parameter.name;
      const Names& owners = vocabulary.parameters;
      if (std::find(owners.begin(), owners.end(), address) == owners.end()) continue;
      for (Rule& rule : parameter.rules) {
        if (rule.kind == RuleKind::values) rule.neighbours = vocabulary.words;
      }
    }
  }
}

void mark_token(Contract& contract, const Service& service) {
  const Action* action = service.action(contract.action);
  if (action == nullptr) return;
  for (Parameter& parameter : contract.parameters) {
    parameter.token = parameter.name == action->parameter(Role::token);
  }
}

Contract load(std::string_view text, const std::string& file, const Service& service) {
  JsonNode root = JsonNode::parse(text, file);
  root.only({"$schema", "action", "version", "service", "method", "page", "parameters", "answer",
             "errors", "errors_complete", "notes", "contradictions", "gaps", "state_while_creating",
             "state_when_ready", "states", "quota"});
  text_or(root, "$schema", "");
  Contract contract;
  contract.action = filled(root.at("action"));
  contract.version = filled(root.at("version"));
  contract.service = filled(root.at("service"));
  contract.method = root.at("method").word({"GET", "POST"});
  contract.page = filled(root.at("page"));
  contract.parameters = list_of(root.at("parameters"), read_parameter);
  contract.answer = list_of(root.at("answer"), read_field);
  if (contract.service == service.name) {
    complete(contract.parameters, filled_in(service.parameters, contract), &Parameter::name);
    complete(contract.answer, filled_in(service.answer, contract), &Field::path);
    add_neighbours(contract, service);
    mark_token(contract, service);
  }
  contract.errors =
      list_of(root.at("errors"), [](const JsonNode& node) { return read_error(node, "errors/"); });
  if (auto complete = root.find("errors_complete")) contract.errors_complete = complete->boolean();
  read_notes(root, contract);
  check_references(root, contract, service.common);
  return contract;
}

}  // namespace

Contract load_contract(std::string_view text, const std::string& file,
                       const std::vector<ErrorRow>& common) {
  Service service;
  service.common = common;
  return load(text, file, service);
}

Contract load_contract(std::string_view text, const std::string& file, const Service& service) {
  return load(text, file, service);
}

std::vector<ErrorRow> load_common_errors(std::string_view text, const std::string& file) {
  JsonNode root = JsonNode::parse(text, file);
  root.only({"$schema", "errors"});
  text_or(root, "$schema", "");
  std::vector<ErrorRow> rows =
      list_of(root.at("errors"), [](const JsonNode& node) { return read_error(node, "common/"); });
  check_unique_ids(root.at("errors"));
  return rows;
}

}  // namespace flowlog
