#include "mutation/mutants.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "generators/edit_placement.h"
#include "generators/valid_text.h"
#include "mutation/row_mutants.h"

namespace flowlog::mutation {
namespace {

using RuleChange = std::function<void(Rule&)>;
using Set = Charset Rule::*;

Rule& rule_in(Service& service, const std::string& address) {
  for (Parameter& parameter : service.contract_to_change().parameters) {
    for (Rule& rule : parameter.rules) {
      if (rule.address == address) return rule;
    }
  }
  throw std::logic_error("no rule " + address);
}

Parameter& parameter_in(Service& service, const std::string& name) {
  for (Parameter& parameter : service.contract_to_change().parameters) {
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
  Rules(const Contract& contract, const Parameter& parameter, const Rule& rule,
        std::vector<Mutant>& out)
      : contract_(contract), parameter_(parameter), rule_(rule), out_(out) {}

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
      case RuleKind::range:
        left_out();
        break;
    }
  }

 private:
  void mutant(const std::string& what, const RuleChange& change, const std::string& equivalent = "",
              const std::string& shown_by = "") {
    Mutant mutant;
    mutant.id = rule_.address + "." + what;
    mutant.row = parameter_.row();
    mutant.near = {fmt::format("param.{}.{}/*", parameter_.name, rule_.id)};
    mutant.change = [address = rule_.address, change](Service& service) {
      change(rule_in(service, address));
    };
    mutant.equivalent = equivalent;
    if (!equivalent.empty()) mutant.shown_by = EditPlacement(contract_, parameter_).edit(shown_by);
    out_.push_back(std::move(mutant));
  }

  void limit(const std::string& name, std::size_t Rule::*member) {
    if (rule_.*member > 0) {
      const bool to_none = rule_.kind == RuleKind::length && rule_.*member == 1;
      const bool may_be_absent = !parameter_.required || absence_is_lawful(parameter_);
      const std::size_t limit = rule_.*member;
      std::string why;
      if (to_none && may_be_absent) why = "an empty value may be read as left out";
      if (std::ranges::find(rule_.grey_lengths, limit) != rule_.grey_lengths.end()) {
        why = fmt::format("two pages differ on whether {} characters are too many", limit);
      }
      mutant(
          name + "-1", [=](Rule& rule) { --(rule.*member); }, why,
          to_none ? "" : std::string(limit, 'a'));
    }
    // One more than the most generous page allows, where pages differ.
    mutant(name + "+1",
           [=](Rule& rule) { rule.*member = std::max(rule.*member, rule.grey_max) + 1; });
  }

  void characters() {
    const std::vector<std::string>& members = rule_.allowed.members();
    for (std::size_t i = 0; i < members.size() && members.size() > 1; ++i) {
      mutant("without " + members[i], [=](Rule& rule) {
        std::vector<std::string> left = rule.allowed.members();
        left.erase(left.begin() + static_cast<std::ptrdiff_t>(i));
        rule.allowed = Charset(left);
      });
    }
    std::vector<std::string> refused_anyway;
    for (char c = '!'; c <= '~'; ++c) {
      if (!is_outside(c) || within_a_range(c)) continue;
      const std::string one(1, c);
      if (may_stand(c)) {
        added("with " + one, {one});
      } else {
        refused_anyway.push_back(one);
      }
    }
    for (const std::string range : {"A-Z", "a-z", "0-9"}) {
      if (is_outside(range.front()) && may_stand(range.front())) {
        added("with [" + range + "]", {"[" + range + "]"});
      }
    }
    if (!refused_anyway.empty()) {
      added("with what may not stand anywhere", refused_anyway,
            "the rule about all characters refuses them", beginning_and_ending_with_a_mark());
    }
  }

  void added(const std::string& what, const std::vector<std::string>& members,
             const std::string& equivalent = "", const std::string& shown_by = "") {
    mutant(
        what,
        [=](Rule& rule) {
          std::vector<std::string> more = rule.allowed.members();
          more.insert(more.end(), members.begin(), members.end());
          rule.allowed = Charset(more);
        },
        equivalent, shown_by);
  }

  bool is_outside(char c) const {
    const auto point = static_cast<char32_t>(c);
    return !rule_.allowed.contains(point) && !rule_.grey.contains(point);
  }

  // A letter or a digit that is neither the first nor the last.
  static bool within_a_range(char c) {
    return (c > 'A' && c < 'Z') || (c > 'a' && c < 'z') || (c > '0' && c < '9');
  }

  // The first and the last character have to keep the rule for all of them too.
  bool may_stand(char c) const {
    const Rule* all = rule_of(parameter_, RuleKind::characters);
    return rule_.kind == RuleKind::characters || all == nullptr ||
           all->allowed.contains(static_cast<char32_t>(c));
  }

  static std::string beginning_and_ending_with_a_mark() { return "!name!"; }

  void words() {
    for (std::size_t i = 0; i < rule_.words.size(); ++i) {
      mutant("without " + rule_.words[i], [=](Rule& rule) {
        rule.words.erase(rule.words.begin() + static_cast<std::ptrdiff_t>(i));
      });
    }
    mutant("with another",
           [word = another(rule_.words)](Rule& rule) { rule.words.push_back(word); });
  }

  // The nearest word that does not count: the number or date after the first, the first in another
  // case, or, where case does not matter, the first cut short.
  std::string another(const std::vector<std::string>& words) const {
    std::string changed = words.front();
    if (rule_.kind == RuleKind::prefix) return changed.substr(0, changed.size() - 1);
    if (changed.back() >= '0' && changed.back() < '9') {
      ++changed.back();
      return changed;
    }
    for (char& c : changed) {
      const auto byte = static_cast<unsigned char>(c);
      c = static_cast<char>(std::islower(byte) != 0 ? std::toupper(byte) : std::tolower(byte));
    }
    return changed;
  }

  void left_out() {
    Mutant mutant;
    mutant.id = rule_.address + ".left-out";
    mutant.row = parameter_.row();
    mutant.near = {fmt::format("param.{}.{}/*", parameter_.name, rule_.id)};
    mutant.change = [name = parameter_.name, address = rule_.address](Service& service) {
      std::erase_if(parameter_in(service, name).rules,
                    [&](const Rule& rule) { return rule.address == address; });
    };
    out_.push_back(std::move(mutant));
  }

  const Contract& contract_;
  const Parameter& parameter_;
  const Rule& rule_;
  std::vector<Mutant>& out_;
};

// Why it may be left out all the same, or "".
std::string why_optional(const Parameter& parameter) {
  if (absence_is_lawful(parameter)) {
    return "two copies of the page differ on whether it has to be sent";
  }
  return {};
}

void add_parameter(const Contract& contract, const Parameter& parameter, std::vector<Mutant>& out) {
  const auto mutant = [&](const std::string& what, const std::string& near,
                          const std::function<void(Parameter&)>& change) {
    out.push_back(
        {parameter.name + "." + what,
         parameter.row(),
         {near},
         [name = parameter.name, change](Service& service) { change(parameter_in(service, name)); },
         "",
         std::nullopt});
  };
  if (parameter.required) {
    mutant("optional", fmt::format("param.{}.required/*", parameter.name), [](Parameter& p) {
      p.required = false;
      std::erase_if(p.rules, [](const Rule& rule) { return rule.kind == RuleKind::required; });
    });
    out.back().equivalent = why_optional(parameter);
    if (!out.back().equivalent.empty()) out.back().shown_by = Edit{{}, {parameter.name}};
  } else {
    mutant("required", "request.smallest/accepted", [](Parameter& p) {
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
    mutant("default", "lifecycle.stored/*", [other](Parameter& p) { p.default_value = other; });
  }
  for (const Rule& rule : parameter.rules) Rules(contract, parameter, rule, out).add();
}

void add_notes(const Contract& contract, std::vector<Mutant>& out) {
  const auto mutant = [&](const std::string& id, const std::string& row, const std::string& near,
                          const std::function<void(Contract&)>& change) {
    out.push_back({id,
                   row,
                   {near},
                   [=](Service& service) {
                     change(service.contract_to_change());
                     service.follow_contract();
                   },
                   "",
                   std::nullopt});
  };
  if (contract.quota > 0) {
    mutant("notes/quota-1", "notes/quota", "quota.*", [](Contract& c) { --c.quota; });
    mutant("notes/quota+1", "notes/quota", "quota.*", [](Contract& c) { ++c.quota; });
  }
  mutant("notes/asynchronous.creating", "notes/asynchronous", "lifecycle.creation/*",
         [](Contract& c) { c.state_while_creating = "Making"; });
  mutant("notes/asynchronous.ready", "notes/asynchronous", "lifecycle.creation/*",
         [](Contract& c) { c.state_when_ready = "Ready"; });
}

}  // namespace

std::vector<Mutant> mutants(const Service& service) {
  std::vector<Mutant> all;
  for (const Parameter& parameter : service.creator().contract.parameters)
    add_parameter(service.creator().contract, parameter, all);
  for (const ErrorRow& row : service.creator().contract.errors) add_row(service, row, all);
  for (const ErrorRow& row : service.common) add_row(service, row, all);
  add_notes(service.creator().contract, all);
  return all;
}

}  // namespace flowlog::mutation
