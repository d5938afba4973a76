#include "specs/load.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <stdexcept>

#include "base/json_node.h"
#include "base/text.h"
#include "specs/references.h"
#include "specs/words.h"

namespace flowlog {
namespace {

constexpr std::int64_t kLongest = 1'000'000;  // a limit beyond it is a slip of the pen

using Names = std::vector<std::string>;

std::string text_or(const JsonNode& node, std::string_view member, std::string fallback) {
  auto found = node.find(member);
  return found ? found->text() : std::move(fallback);
}

std::string filled(const JsonNode& node) {
  std::string text = node.text();
  if (text.empty()) node.fail("text that is not empty");
  return text;
}

bool flag(const JsonNode& node, std::string_view member) {
  auto found = node.find(member);
  return found && found->boolean();
}

template <class Value>
Value word_of(const JsonNode& node, const Words<Value>& words) {
  Names names;
  for (const auto& [name, value] : words) names.push_back(name);
  std::string word = node.word(names);
  return std::find_if(words.begin(), words.end(), [&](const auto& w) { return w.first == word; })
      ->second;
}

template <class Read>
auto list_of(const JsonNode& node, Read read) {
  std::vector<decltype(read(node))> list;
  for (const JsonNode& item : node.items()) list.push_back(read(item));
  return list;
}

template <class Read>
auto list_at(const JsonNode& node, std::string_view member, Read read) {
  auto found = node.find(member);
  return found ? list_of(*found, read) : std::vector<decltype(read(node))>{};
}

// A list of distinct, non-empty texts with at least one of them.
Names words_at(const JsonNode& node, std::string_view member) {
  JsonNode list = node.at(member);
  Names words;
  for (const JsonNode& item : list.items()) {
    std::string word = filled(item);
    if (std::find(words.begin(), words.end(), word) != words.end()) {
      item.fail("a word that does not stand before in the list");
    }
    words.push_back(std::move(word));
  }
  if (words.empty()) list.reject("an empty list, expected at least one word");
  return words;
}

Text read_text(const JsonNode& node) {
  node.only({"en", "zh"});
  return {node.at("en").text(), node.at("zh").text()};
}

Text read_sentence(const JsonNode& node) {
  Text text = read_text(node);
  filled(node.at("en"));
  filled(node.at("zh"));
  return text;
}

template <class Fact>
void read_origin(const JsonNode& node, Fact& fact) {
  fact.standing = word_of(node.at("standing"), standing_words());
  fact.source = filled(node.at("source"));
}

std::string read_id(const JsonNode& node, std::string_view prefix) {
  std::string id = node.text();
  auto letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.';
  };
  if (!id.starts_with(prefix) || id.size() == prefix.size() ||
      !std::all_of(id.begin() + std::ptrdiff_t(prefix.size()), id.end(), letter)) {
    node.fail(fmt::format("an id of the form {}name (letters, digits, - _ .)", prefix));
  }
  return id;
}

// --- Rules -------------------------------------------------------------------------------------

const Names kRuleMembers = {"id", "kind", "standing", "source", "text", "also"};

// The members that a rule of each kind has beside kRuleMembers.
const Names& members_of(RuleKind kind) {
  static const std::map<RuleKind, Names> members = {
      {RuleKind::length, {"min", "max", "grey_lengths"}},
      {RuleKind::characters, {"allowed", "grey"}},
      {RuleKind::first, {"allowed", "grey"}},
      {RuleKind::last, {"allowed", "grey"}},
      {RuleKind::values, {"words", "grey_forms"}},
      {RuleKind::prefix, {"words"}},
      {RuleKind::count, {"max"}},
      {RuleKind::needs, {"target"}},
      {RuleKind::exists, {"target", "of"}},
  };
  static const Names none;
  auto it = members.find(kind);
  return it == members.end() ? none : it->second;
}

Charset read_charset(const JsonNode& node) {
  Names members = list_of(node, [](const JsonNode& item) {
    std::string member = filled(item);
    try {
      (void)Charset::of_member(member);
    } catch (const std::invalid_argument& error) {
      item.reject(
          fmt::format("{}, expected one character or a set in brackets, \"[a-z]\"", error.what()));
    }
    return member;
  });
  return Charset(std::move(members));
}

void read_characters(const JsonNode& node, Rule& rule) {
  rule.allowed = read_charset(node.at("allowed"));
  if (rule.allowed.empty()) {
    node.at("allowed").reject("an empty list, expected at least one character");
  }
  if (auto grey = node.find("grey")) {
    rule.grey = read_charset(*grey);
    if (!rule.grey.disjoint(rule.allowed)) {
      grey->reject("holds characters that \"allowed\" holds too, expected none of them");
    }
  }
  static const Charset everything({"[\\u0000-\\U0010FFFF]"});
  if (rule.allowed.united(rule.grey).size() == everything.size()) {
    node.reject("leaves no character out, expected a rule that can be broken");
  }
}

void read_length(const JsonNode& node, Rule& rule) {
  rule.min = std::size_t(node.at("min").integer(0, kLongest));
  rule.max = std::size_t(node.at("max").integer(0, kLongest));
  if (rule.min > rule.max) {
    node.at("min").fail(fmt::format("an integer not above \"max\", {}", rule.max));
  }
  rule.grey_lengths = list_at(node, "grey_lengths", [&](const JsonNode& item) {
    return std::size_t(item.integer(std::int64_t(rule.min), std::int64_t(rule.max)));
  });
}

bool canonical_integer(const std::string& word) {
  std::string_view digits = word;
  if (digits.starts_with('-')) digits.remove_prefix(1);
  if (digits.empty() || (digits.size() > 1 && digits[0] == '0') || word == "-0") return false;
  return std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
}

void read_values(const JsonNode& node, Type type, Rule& rule) {
  rule.words = words_at(node, "words");
  if (type == Type::integer) {
    for (const JsonNode& item : node.at("words").items()) {
      if (!canonical_integer(item.text())) item.fail("a canonical decimal number");
    }
  }
  if (auto forms = node.find("grey_forms")) {
    if (type != Type::integer) forms->reject("stands at a String, expected it at an Integer only");
    rule.grey_forms =
        list_of(*forms, [](const JsonNode& item) { return word_of(item, integer_form_words()); });
  }
}

void read_exists(const JsonNode& node, Rule& rule) {
  rule.target = node.at("target").word({"resource", "project"});
  if (rule.target == "resource") {
    rule.of = filled(node.at("of"));
  } else if (auto of = node.find("of")) {
    of->reject("stands at a project, expected it at a resource only");
  }
}

// The part of a rule that depends on its kind.
void read_terms(const JsonNode& node, Type type, Rule& rule) {
  switch (rule.kind) {
    case RuleKind::length:
      return read_length(node, rule);
    case RuleKind::characters:
    case RuleKind::first:
    case RuleKind::last:
      return read_characters(node, rule);
    case RuleKind::values:
      return read_values(node, type, rule);
    case RuleKind::prefix:
      rule.words = words_at(node, "words");
      return;
    case RuleKind::count:
      rule.max = std::size_t(node.at("max").integer(1, kLongest));
      return;
    case RuleKind::needs:
      rule.target = filled(node.at("target"));
      return;
    case RuleKind::exists:
      return read_exists(node, rule);
    case RuleKind::required:
    case RuleKind::edges:
    case RuleKind::unique:
    case RuleKind::index:
      return;
  }
}

Rule read_rule(const JsonNode& node, const Parameter& owner) {
  Rule rule;
  rule.kind = word_of(node.at("kind"), rule_kind_words());
  Names allowed = kRuleMembers;
  allowed.insert(allowed.end(), members_of(rule.kind).begin(), members_of(rule.kind).end());
  node.only(allowed);
  auto id = node.find("id");
  rule.id = id ? read_id(*id, "") : std::string(name(rule.kind));
  rule.address = owner.name + "/" + rule.id;
  read_origin(node, rule);
  rule.text = read_sentence(node.at("text"));
  read_terms(node, owner.type, rule);
  if (node.find("also")) rule.also = words_at(node, "also");
  return rule;
}

// --- Parameters, answer, errors, notes ---------------------------------------------------------

Parameter read_parameter(const JsonNode& node) {
  node.only({"name", "type", "required", "default_value", "example", "standing", "source", "text",
             "rules"});
  Parameter parameter;
  parameter.name = read_id(node.at("name"), "");
  parameter.type = word_of(node.at("type"), type_words());
  parameter.required = flag(node, "required");
  if (auto value = node.find("default_value")) parameter.default_value = value->text();
  parameter.example = text_or(node, "example", "");
  read_origin(node, parameter);
  parameter.text = read_sentence(node.at("text"));
  parameter.rules =
      list_at(node, "rules", [&](const JsonNode& item) { return read_rule(item, parameter); });
  return parameter;
}

Field read_field(const JsonNode& node) {
  node.only({"path", "type", "presence", "optional", "unique", "echoes", "equals", "prefix",
             "example", "standing", "source", "text"});
  Field field;
  field.path = filled(node.at("path"));
  field.type = node.at("type").word({"String", "Integer", "Object", "Array"});
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

std::string read_condition(const JsonNode& node) {
  std::string condition = node.text();
  for (std::string_view prefix : {"account.", "resource."}) {
    if (!condition.starts_with(prefix) || condition.size() == prefix.size()) continue;
    if (condition.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_", prefix.size()) ==
        std::string::npos) {
      return condition;
    }
  }
  node.fail("account.name or resource.name in lower case");
}

// The one member of a trigger; `own` tells a contract's rows from common ones, which belong to
// every action and can name no rule of one.
Trigger read_trigger(const JsonNode& node, bool own) {
  Names kinds = {"rule_kind", "condition", "replay", "race", "authentication", "service"};
  if (own) kinds.push_back("rule");
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
    node.only({"id", "text", "rows", "standing", "source"});
    Note note;
    note.id = read_id(node.at("id"), prefix);
    note.text = read_sentence(node.at("text"));
    note.rows = list_at(node, "rows", filled);
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

Contract load_contract(std::string_view text, const std::string& file,
                       const std::vector<ErrorRow>& common) {
  JsonNode root = JsonNode::parse(text, file);
  root.only({"$schema", "action", "version", "service", "method", "page", "parameters", "answer",
             "errors", "notes", "contradictions", "gaps", "state_while_creating",
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
  contract.errors =
      list_of(root.at("errors"), [](const JsonNode& node) { return read_error(node, "errors/"); });
  read_notes(root, contract);
  check_references(root, contract, common);
  return contract;
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
