#include "score/facts.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace flowlog::score {
namespace {

using RuleChange = std::function<void(Rule&)>;
using RowChange = std::function<void(ErrorRow&)>;
using Set = Charset Rule::*;

Rule& rule_in(Api& api, const std::string& address) {
  for (Parameter& parameter : api.create.parameters) {
    for (Rule& rule : parameter.rules) {
      if (rule.address == address) return rule;
    }
  }
  throw std::logic_error("no rule " + address);
}

ErrorRow& row_in(Api& api, const std::string& id) {
  for (std::vector<ErrorRow>* table : {&api.create.errors, &api.common}) {
    for (ErrorRow& row : *table) {
      if (row.id == id) return row;
    }
  }
  throw std::logic_error("no row " + id);
}

Parameter& parameter_in(Api& api, const std::string& name) {
  for (Parameter& parameter : api.create.parameters) {
    if (parameter.name == name) return parameter;
  }
  throw std::logic_error("no parameter " + name);
}

// Two copies of the page differ on whether it has to be sent.
bool absence_is_lawful(const Parameter& parameter) {
  return std::ranges::any_of(parameter.rules, [](const Rule& rule) {
    return rule.kind == RuleKind::required &&
           std::ranges::find(rule.also, "success") != rule.also.end();
  });
}

// Facts of one rule.
class Rules {
 public:
  Rules(const Parameter& parameter, const Rule& rule, std::vector<Fact>& out)
      : parameter_(parameter), rule_(rule), out_(out) {}

  void add() {
    switch (rule_.kind) {
      case RuleKind::length:
        limit("min", &Rule::min);
        limit("max", &Rule::max);
        break;
      case RuleKind::count:
        limit("max", &Rule::max);
        break;
      case RuleKind::characters:
      case RuleKind::first:
      case RuleKind::last:
        characters();
        break;
      case RuleKind::values:
      case RuleKind::prefix:
        words();
        break;
      case RuleKind::required:
        break;  // a fact of the parameter
      case RuleKind::edges:
      case RuleKind::unique:
      case RuleKind::index:
      case RuleKind::needs:
      case RuleKind::exists:
        left_out();
        break;
    }
  }

 private:
  void fact(const std::string& what, const RuleChange& change, const std::string& equivalent = "") {
    Fact fact;
    fact.id = rule_.address + "." + what;
    fact.row = parameter_.row();
    fact.near = {fmt::format("param.{}.{}/*", parameter_.name, rule_.id)};
    fact.change = [address = rule_.address, change](Api& api) { change(rule_in(api, address)); };
    fact.equivalent = equivalent;
    out_.push_back(std::move(fact));
  }

  void limit(const std::string& name, std::size_t Rule::*member) {
    if (rule_.*member > 0) {
      const bool to_none = rule_.kind == RuleKind::length && rule_.*member == 1;
      const bool may_be_absent = !parameter_.required || absence_is_lawful(parameter_);
      fact(
          name + "-1", [=](Rule& rule) { --(rule.*member); },
          to_none && may_be_absent ? "an empty value may be read as left out" : "");
    }
    fact(name + "+1", [=](Rule& rule) { ++(rule.*member); });
  }

  void characters() {
    const std::vector<std::string>& members = rule_.allowed.members();
    for (std::size_t i = 0; i < members.size() && members.size() > 1; ++i) {
      fact("without " + members[i], [=](Rule& rule) {
        std::vector<std::string> left = rule.allowed.members();
        left.erase(left.begin() + static_cast<std::ptrdiff_t>(i));
        rule.allowed = Charset(left);
      });
    }
    for (char c = '!'; c <= '~'; ++c) {
      const std::string one(1, c);
      if (rule_.allowed.contains(static_cast<char32_t>(c))) continue;
      if (rule_.grey.contains(static_cast<char32_t>(c))) continue;
      fact(
          "with " + one,
          [=](Rule& rule) {
            std::vector<std::string> more = rule.allowed.members();
            more.push_back(one);
            rule.allowed = Charset(more);
          },
          refused_anyway(static_cast<char32_t>(c)));
    }
  }

  // The first and the last character have to keep the rule for all of them too.
  std::string refused_anyway(char32_t c) const {
    if (rule_.kind == RuleKind::characters) return {};
    for (const Rule& other : parameter_.rules) {
      const bool refuses = other.kind == RuleKind::characters && !other.allowed.contains(c);
      if (refuses) return other.address + " refuses it all the same";
    }
    return {};
  }

  void words() {
    for (std::size_t i = 0; i < rule_.words.size(); ++i) {
      fact("without " + rule_.words[i], [=](Rule& rule) {
        rule.words.erase(rule.words.begin() + static_cast<std::ptrdiff_t>(i));
      });
    }
    fact("with another", [](Rule& rule) { rule.words.push_back(another(rule.words)); });
  }

  // The nearest word that does not count: the number after the first, or the first in another case.
  static std::string another(const std::vector<std::string>& words) {
    const std::string& first = words.front();
    if (std::ranges::all_of(first, [](unsigned char c) { return std::isdigit(c) != 0; })) {
      return std::to_string(std::stoi(first) + 1);
    }
    std::string changed = first;
    for (char& c : changed) {
      const auto byte = static_cast<unsigned char>(c);
      c = static_cast<char>(std::islower(byte) != 0 ? std::toupper(byte) : std::tolower(byte));
    }
    return changed == first ? first + "0" : changed;
  }

  void left_out() {
    Fact fact;
    fact.id = rule_.address + ".left-out";
    fact.row = parameter_.row();
    fact.near = {fmt::format("param.{}.{}/*", parameter_.name, rule_.id)};
    fact.change = [name = parameter_.name, address = rule_.address](Api& api) {
      std::erase_if(parameter_in(api, name).rules,
                    [&](const Rule& rule) { return rule.address == address; });
    };
    if (rule_.kind == RuleKind::edges) {
      fact.equivalent = "two pages differ: blanks at the ends may be refused or accepted";
    }
    out_.push_back(std::move(fact));
  }

  const Parameter& parameter_;
  const Rule& rule_;
  std::vector<Fact>& out_;
};

void add_parameter(const Parameter& parameter, std::vector<Fact>& out) {
  const auto fact = [&](const std::string& what, const std::string& near,
                        const std::function<void(Parameter&)>& change) {
    out.push_back({parameter.name + "." + what,
                   parameter.row(),
                   {near},
                   [name = parameter.name, change](Api& api) { change(parameter_in(api, name)); },
                   ""});
  };
  if (parameter.required) {
    fact("optional", fmt::format("param.{}.required/*", parameter.name), [](Parameter& p) {
      p.required = false;
      std::erase_if(p.rules, [](const Rule& rule) { return rule.kind == RuleKind::required; });
    });
  } else {
    fact("required", "request.smallest/accepted", [](Parameter& p) {
      p.required = true;
      Rule rule;
      rule.id = "required";
      rule.address = p.name + "/required";
      rule.kind = RuleKind::required;
      p.rules.insert(p.rules.begin(), rule);
    });
  }
  if (parameter.default_value) {
    const auto values = std::ranges::find(parameter.rules, RuleKind::values, &Rule::kind);
    std::string other = *parameter.default_value + "x";
    if (values != parameter.rules.end()) {
      for (const std::string& word : values->words) {
        if (word != *parameter.default_value) other = word;
      }
    }
    fact("default", "lifecycle.stored/*", [other](Parameter& p) { p.default_value = other; });
  }
  if (parameter.required && absence_is_lawful(parameter)) {
    out.back().equivalent = "two copies of the page differ on whether it has to be sent";
  }
  for (const Rule& rule : parameter.rules) Rules(parameter, rule, out).add();
}

void add_row(const Api& api, const ErrorRow& row, std::vector<Fact>& out) {
  const std::string near = row.id.starts_with("errors/") ? "error." + row.code + "/*" : "";
  const auto fact = [&](const std::string& what, const RowChange& change,
                        const std::string& equivalent = "") {
    Fact fact;
    fact.id = row.id + "." + what;
    fact.row = row.id;
    if (!near.empty()) fact.near = {near};
    fact.change = [id = row.id, change](Api& api) { change(row_in(api, id)); };
    fact.equivalent = equivalent;
    out.push_back(std::move(fact));
  };
  const bool of_service = std::ranges::all_of(
      row.triggers, [](const Trigger& trigger) { return !trigger.service.empty(); });
  const std::string unseen =
      of_service ? "no request brings the service's own fault or load about" : "";
  fact(
      "http", [](ErrorRow& r) { r.http = {r.http.front() == 409 ? 410 : 409}; }, unseen);
  fact(
      "code", [](ErrorRow& r) { r.code += "d"; }, unseen);
  if (!row.message.en.empty()) {
    fact(
        "message", [](ErrorRow& r) { r.message.en = "Something else."; }, unseen);
  }
  if (row.code_n) {
    fact(
        "code-n", [](ErrorRow& r) { r.code_n = *r.code_n + 1; }, unseen);
  }
  for (std::size_t i = 0; i < row.triggers.size(); ++i) {
    const Trigger& t = row.triggers[i];
    std::string name;
    for (const std::string* part :
         {&t.rule, &t.rule_kind, &t.condition, &t.replay, &t.race, &t.authentication, &t.service}) {
      name += *part;
    }
    fact(
        "without " + name,
        [=](ErrorRow& r) { r.triggers.erase(r.triggers.begin() + static_cast<std::ptrdiff_t>(i)); },
        unseen);
  }
  static_cast<void>(api);
}

void add_notes(const Contract& contract, std::vector<Fact>& out) {
  const auto fact = [&](const std::string& id, const std::string& row, const std::string& near,
                        const std::function<void(Contract&)>& change) {
    out.push_back({id, row, {near}, [=](Api& api) { change(api.create); }, ""});
  };
  if (contract.quota > 0) {
    fact("notes/quota-1", "notes/quota", "quota.*", [](Contract& c) { --c.quota; });
    fact("notes/quota+1", "notes/quota", "quota.*", [](Contract& c) { ++c.quota; });
  }
  fact("notes/asynchronous.creating", "notes/asynchronous", "lifecycle.creation/*",
       [](Contract& c) { c.state_while_creating = "Making"; });
  fact("notes/asynchronous.ready", "notes/asynchronous", "lifecycle.creation/*",
       [](Contract& c) { c.state_when_ready = "Ready"; });
}

}  // namespace

std::vector<Fact> facts(const Api& api) {
  std::vector<Fact> all;
  for (const Parameter& parameter : api.create.parameters) add_parameter(parameter, all);
  for (const ErrorRow& row : api.create.errors) add_row(api, row, all);
  for (const ErrorRow& row : api.common) add_row(api, row, all);
  add_notes(api.create, all);
  return all;
}

}  // namespace flowlog::score
