#include "specs/references.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>

#include "base/text.h"

namespace flowlog {
namespace {

void check_unique(const JsonNode& list, std::string_view member, std::set<std::string>& seen) {
  for (const JsonNode& item : list.items()) {
    JsonNode name = item.at(member);
    if (!seen.insert(name.text()).second) {
      name.reject(fmt::format("{} stands twice", show(name.text())));
    }
  }
}

// Rejects unless `names` holds what stands at `node`.
void check_known(const JsonNode& node, const Names& names, std::string_view what) {
  check_name(node, names, fmt::format("{} of this contract", what));
}

template <class Element, class Name>
void collect(const std::vector<Element>& list, Name name, Names& names) {
  for (const Element& element : list) names.push_back(name(element));
}

class Check {
 public:
  Check(const JsonNode& root, const Contract& contract, const std::vector<ErrorRow>& common)
      : root_(root), contract_(contract) {
    auto id = [](const auto& element) { return element.id; };
    auto row = [](const auto& element) { return element.row(); };
    collect(contract.errors, id, errors_);
    collect(common, id, errors_);
    rows_ = errors_;
    collect(contract.parameters, row, rows_);
    collect(contract.answer, row, rows_);
    collect(contract.notes, id, rows_);
    collect(
        contract.parameters, [](const Parameter& p) { return p.name; }, parameters_);
    collect(
        contract.answer, [](const Field& f) { return f.path; }, fields_);
    for (const Parameter& parameter : contract.parameters) {
      collect(
          parameter.rules, [](const Rule& rule) { return rule.address; }, rules_);
    }
  }

  void run() {
    unique();
    for (const JsonNode& node : root_.at("parameters").items()) {
      parameter(node, *contract_.parameter(node.at("name").text()));
    }
    for (const JsonNode& field : root_.at("answer").items()) {
      if (auto equals = field.find("equals")) check_known(*equals, fields_, "field of the answer");
    }
    for (const JsonNode& error : items_of("errors")) triggers(error);
    for (std::string_view member : {"notes", "contradictions", "gaps"}) note_rows(member);
    states();
    cut();
  }

 private:
  std::vector<JsonNode> items_of(std::string_view member) const {
    auto list = root_.find(member);
    return list ? list->items() : std::vector<JsonNode>{};
  }

  void unique() {
    std::set<std::string> parameters, fields, ids;
    check_unique(root_.at("parameters"), "name", parameters);
    check_unique(root_.at("answer"), "path", fields);
    for (std::string_view member : {"errors", "notes", "contradictions", "gaps"}) {
      if (auto list = root_.find(member)) check_unique(*list, "id", ids);
    }
  }

  void parameter(const JsonNode& node, const Parameter& parameter) {
    std::set<std::string> seen;
    bool has_required = false;
    for (std::size_t i = 0; i < parameter.rules.size(); ++i) {
      const Rule& rule = parameter.rules[i];
      JsonNode rule_node = node.at("rules").items()[i];
      if (!seen.insert(rule.id).second) {
        rule_node.reject(
            fmt::format("the rule {} stands twice at {}", show(rule.id), show(parameter.name)));
      }
      has_required |= rule.kind == RuleKind::required;
      terms(rule_node, parameter, rule);
    }
    if (has_required != parameter.required) {
      node.reject(parameter.required ? "\"required\" is true, expected a rule of that kind"
                                     : "has a rule of the kind \"required\", expected "
                                       "\"required\": true beside it");
    }
  }

  void terms(const JsonNode& node, const Parameter& owner, const Rule& rule) {
    bool siblings = rule.kind == RuleKind::unique || rule.kind == RuleKind::count ||
                    rule.kind == RuleKind::index || rule.kind == RuleKind::needs;
    if (siblings && !owner.indexed()) {
      node.at("kind").fail("it at an indexed parameter only, such as Tags.N.Key");
    }
    if (rule.kind == RuleKind::needs) needs(node.at("target"), owner, rule);
    if (!rule.of.empty()) check_known(node.at("of"), parameters_, "parameter");
    if (auto also = node.find("also")) {
      for (const JsonNode& item : also->items()) answer(item);
    }
  }

  void needs(const JsonNode& target, const Parameter& owner, const Rule& rule) {
    check_known(target, parameters_, "parameter");
    auto stem = [](const std::string& name) { return name.substr(0, name.find(".N")); };
    if (rule.target == owner.name || stem(rule.target) != stem(owner.name)) {
      target.fail(fmt::format("another parameter that begins with {}.N", stem(owner.name)));
    }
  }

  void answer(const JsonNode& item) {
    Names known = errors_;
    known.insert(known.end(), {"success", "any-400"});
    check_known(item, known, "error row");
    auto is_400 = [](const ErrorRow& row) {
      return std::find(row.http.begin(), row.http.end(), 400) != row.http.end();
    };
    if (item.text() == "any-400" && contract_.errors_complete &&
        std::none_of(contract_.errors.begin(), contract_.errors.end(), is_400)) {
      item.reject("\"any-400\" stands for no row, expected an error row of HTTP 400");
    }
  }

  void triggers(const JsonNode& error) {
    auto list = error.find("triggers");
    if (!list) return;
    for (const JsonNode& trigger : list->items()) {
      if (auto rule = trigger.find("rule")) check_known(*rule, rules_, "rule");
    }
  }

  void note_rows(std::string_view member) {
    for (const JsonNode& note : items_of(member)) {
      auto rows = note.find("rows");
      if (!rows) continue;
      for (const JsonNode& row : rows->items()) check_known(row, rows_, "row");
    }
  }

  void states() {
    for (std::string_view member : {"state_while_creating", "state_when_ready"}) {
      if (auto state = root_.find(member)) check_known(*state, contract_.states, "state");
    }
  }

  // Where the error table ends early, a gap says so, and only there.
  void cut() {
    bool said = std::any_of(contract_.gaps.begin(), contract_.gaps.end(),
                            [](const Note& gap) { return gap.id == "gaps/errors"; });
    if (said != contract_.errors_complete) return;
    if (said)
      root_.at("gaps").reject("holds gaps/errors, expected \"errors_complete\": false beside it");
    root_.at("errors_complete")
        .reject("is false, expected a gap gaps/errors that says what is unread");
  }

  const JsonNode& root_;
  const Contract& contract_;
  Names errors_, rows_, parameters_, fields_, rules_;
};

}  // namespace

void check_references(const JsonNode& root, const Contract& contract,
                      const std::vector<ErrorRow>& common) {
  Check(root, contract, common).run();
}

void check_unique_ids(const JsonNode& rows, std::string_view member) {
  std::set<std::string> seen;
  check_unique(rows, member, seen);
}

void check_name(const JsonNode& node, const Names& names, std::string_view what) {
  std::string name = node.text();
  if (std::find(names.begin(), names.end(), name) != names.end()) return;
  std::string sentence = fmt::format("{} is no {}", show(name), what);
  if (auto near = nearest(name, names)) sentence += fmt::format("; did you mean \"{}\"?", *near);
  node.reject(sentence);
}

}  // namespace flowlog
