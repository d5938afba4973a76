#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <stdexcept>

#include "specs/read.h"

namespace flowlog {
namespace {

const Names kRuleMembers = {"id", "kind", "standing", "source", "text", "also"};

// The members that a rule of each kind has beside kRuleMembers.
const Names& members_of(RuleKind kind) {
  static const std::map<RuleKind, Names> members = {
      {RuleKind::length, {"min", "max", "grey_lengths"}},
      {RuleKind::characters, {"allowed", "grey"}},
      {RuleKind::first, {"allowed", "grey"}},
      {RuleKind::last, {"allowed", "grey"}},
      {RuleKind::values, {"words", "grey_forms"}},
      {RuleKind::prefix, {"words", "grey_words"}},
      {RuleKind::count, {"max", "grey_max"}},
      {RuleKind::needs, {"target"}},
      {RuleKind::exists, {"target", "of"}},
      {RuleKind::range, {"min", "max", "grey_forms"}},
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

// The lower and the upper limit.
void read_limits(const JsonNode& node, Rule& rule) {
  rule.min = std::size_t(node.at("min").integer(0, kLongest));
  rule.max = std::size_t(node.at("max").integer(0, kLongest));
  if (rule.min > rule.max) {
    node.at("min").fail(fmt::format("an integer not above \"max\", {}", rule.max));
  }
}

void read_length(const JsonNode& node, Rule& rule) {
  read_limits(node, rule);
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

void read_grey_forms(const JsonNode& node, Type type, Rule& rule) {
  auto forms = node.find("grey_forms");
  if (!forms) return;
  if (type != Type::integer) forms->reject("stands at a String, expected it at an Integer only");
  rule.grey_forms =
      list_of(*forms, [](const JsonNode& item) { return word_of(item, integer_form_words()); });
}

void read_range(const JsonNode& node, Type type, Rule& rule) {
  if (type != Type::integer) node.at("kind").fail("it at an Integer only");
  read_limits(node, rule);
  read_grey_forms(node, type, rule);
}

void read_values(const JsonNode& node, Type type, Rule& rule) {
  rule.words = words_at(node, "words");
  if (type == Type::integer) {
    for (const JsonNode& item : node.at("words").items()) {
      if (!canonical_integer(item.text())) item.fail("a canonical decimal number");
    }
  }
  read_grey_forms(node, type, rule);
}

void read_exists(const JsonNode& node, Rule& rule) {
  rule.target = node.at("target").word({"resource", "project", "instance"});
  if (rule.target == "resource") {
    rule.of = filled(node.at("of"));
  } else if (auto of = node.find("of")) {
    of->reject(fmt::format("stands at {} {}, expected it at a resource only",
                           rule.target == "project" ? "a" : "an", rule.target));
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
      if (node.find("grey_words")) rule.grey_words = words_at(node, "grey_words");
      return;
    case RuleKind::count:
      rule.max = std::size_t(node.at("max").integer(1, kLongest));
      if (const auto grey = node.find("grey_max")) {
        rule.grey_max = std::size_t(grey->integer(std::int64_t(rule.max) + 1, kLongest));
      }
      return;
    case RuleKind::needs:
      rule.target = filled(node.at("target"));
      return;
    case RuleKind::exists:
      return read_exists(node, rule);
    case RuleKind::range:
      return read_range(node, type, rule);
    case RuleKind::required:
    case RuleKind::edges:
    case RuleKind::unique:
    case RuleKind::index:
      return;
  }
}

}  // namespace

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

}  // namespace flowlog
