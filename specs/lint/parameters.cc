// Requiredness, what no error row answers, and states.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "specs/lint/findings.h"
#include "specs/lint/names.h"

namespace flowlog {
namespace {

using Kind = Remark::Kind;

bool may_succeed(const Rule& rule) {
  return std::find(rule.also.begin(), rule.also.end(), "success") != rule.also.end();
}

void requiredness(const Documentation& documentation, const Contract& contract,
                  const Parameter& parameter, Findings& findings) {
  if (!parameter.required) return;
  const std::vector<std::string> rows = {documentation.row(contract, parameter.row())};
  if (parameter.default_value) {
    findings.add(Kind::contradiction, "required-default", rows,
                 {fmt::format("{} is required and has a default.", parameter.name),
                  fmt::format("{}为必选，却有默认值。", parameter.name)});
  } else if (std::any_of(parameter.rules.begin(), parameter.rules.end(), [](const Rule& rule) {
               return rule.kind == RuleKind::required && may_succeed(rule);
             })) {
    findings.add(
        Kind::contradiction, "required-default", rows,
        {fmt::format("{} is required, and yet a request without it may succeed.", parameter.name),
         fmt::format("{}为必选，但不传也可能成功。", parameter.name)});
  }
}

// True iff what reads Action and Version answers a breach, before the action is reached.
bool answered_in_front(const Documentation& documentation, const Rule& rule) {
  for (const ErrorRow& row : documentation.common) {
    if (std::find(rule.also.begin(), rule.also.end(), row.id) == rule.also.end()) continue;
    for (const Trigger& trigger : row.triggers) {
      if (!trigger.authentication.empty()) return true;
    }
  }
  return false;
}

// One remark a parameter: several of its rules lack a row for the same reason.
void uncovered(const Documentation& documentation, const Contract& contract,
               const Parameter& parameter, Findings& findings) {
  std::vector<std::string> rules;
  std::vector<std::string> rules_zh;
  for (const Rule& rule : parameter.rules) {
    if (documentation.rows_for(contract, rule).empty() && !answered_in_front(documentation, rule)) {
      rules.push_back(rule.id);
      rules_zh.push_back(kind_name(rule.kind).zh);
    }
  }
  // What stands in a table beyond what was read, nobody knows.
  if (rules.empty() || contract.errors.empty() || !contract.errors_complete) return;
  const std::string list = join(rules, ", ");
  findings.add(Kind::gap, "uncovered", {documentation.row(contract, parameter.row())},
               {fmt::format("No error row says what comes when {} breaks its rule: {}.",
                            parameter.name, list),
                fmt::format("错误码表未说明{}违反规则（{}）时返回的错误。", parameter.name,
                            join(rules_zh, "、"))});
}

void quota(const Documentation& documentation, const Contract& contract, Findings& findings) {
  if (contract.quota == 0) return;
  for (const ErrorRow& row : contract.errors) {
    for (const Trigger& trigger : row.triggers) {
      if (trigger.condition.find("quota") != std::string::npos) return;
    }
  }
  findings.add(
      Kind::gap, "uncovered", {documentation.row(contract, "notes/quota")},
      {fmt::format("The quota is {}, and no error row says what comes beyond it.", contract.quota),
       fmt::format("配额为{}，错误码表未说明超出时返回的错误。", contract.quota)});
}

bool names(const Text& text, const std::string& word) {
  return text.en.find(word) != std::string::npos || text.zh.find(word) != std::string::npos;
}

bool names_state(const Contract& contract, const std::string& state) {
  if (state == contract.state_while_creating || state == contract.state_when_ready) return true;
  for (const Note& note : contract.notes) {
    if (names(note.text, state)) return true;
  }
  for (const Field& field : contract.answer) {
    if (names(field.text, state)) return true;
  }
  for (const Parameter& parameter : contract.parameters) {
    if (names(parameter.text, state)) return true;
    for (const Rule& rule : parameter.rules) {
      if (std::find(rule.words.begin(), rule.words.end(), state) != rule.words.end()) return true;
    }
  }
  return false;
}

void states(const Documentation& documentation, const Contract& contract, Findings& findings) {
  for (const std::string& state : contract.states) {
    const auto elsewhere = [&](const Contract* other) {
      const auto& listed = other->states;
      return names_state(*other, state) ||
             (other != &contract && std::find(listed.begin(), listed.end(), state) != listed.end());
    };
    const auto& all = documentation.contracts;
    if (std::any_of(all.begin(), all.end(), elsewhere)) continue;
    findings.add(Kind::oddity, "lonely-state", {documentation.row(contract, "notes/asynchronous")},
                 {fmt::format("The state {} is listed, and nothing says when it comes.", state),
                  fmt::format("列出了状态{}，但没有任何说明何时出现。", state)});
  }
}

void reported_words(Findings& findings, const std::vector<std::string>& rows, const Rule& rule,
                    const std::vector<std::string>& one, const std::vector<std::string>& other) {
  const Text limited = rule_name(rule);
  findings.add(Kind::contradiction, "other-words", rows,
               {fmt::format("{} is {} on one page and {} on another.", limited.en, join(one, ", "),
                            join(other, ", ")),
                fmt::format("{}在一处文档中为{}，在另一处为{}。", limited.zh, join(one, "、"),
                            join(other, "、"))});
}

// Beginnings that are answered either way stand for two pages: "sys" beside "sys:".
void own_words(const Documentation& documentation, const Contract& contract,
               const Parameter& parameter, Findings& findings) {
  for (const Rule& rule : parameter.rules) {
    if (rule.grey_words.empty()) continue;
    std::vector<std::string> other;
    for (const std::string& word : rule.words) {
      const bool longer = std::any_of(
          rule.grey_words.begin(), rule.grey_words.end(),
          [&](const std::string& grey) { return word.starts_with(grey) && word != grey; });
      if (!longer) other.push_back(word);
    }
    other.insert(other.end(), rule.grey_words.begin(), rule.grey_words.end());
    reported_words(findings, {documentation.row(contract, parameter.row())}, rule, rule.words,
                   other);
  }
}

// Lists that have no word in common are of two things: the types of resources that can be tagged
// and those whose traffic is collected.
bool share_a_word(const Rule& one, const Rule& other) {
  return std::any_of(one.words.begin(), one.words.end(), [&](const std::string& word) {
    return std::find(other.words.begin(), other.words.end(), word) != other.words.end();
  });
}

// The same parameter on two pages: the later one is held against the first that has it.
void sister_words(const Documentation& documentation, Findings& findings) {
  const auto& all = documentation.contracts;
  for (std::size_t i = 1; i < all.size(); ++i) {
    for (const Parameter& parameter : all[i]->parameters) {
      if (parameter.name == "Action" || parameter.name == "Version") continue;
      for (const Rule& rule : parameter.rules) {
        if (rule.words.empty()) continue;
        for (std::size_t j = 0; j < i; ++j) {
          const Rule* other = all[j]->rule(rule.address);
          if (!other || other->kind != rule.kind) continue;
          std::vector<std::string> here = rule.words;
          std::vector<std::string> there = other->words;
          std::sort(here.begin(), here.end());
          std::sort(there.begin(), there.end());
          if (here != there && share_a_word(rule, *other)) {
            reported_words(findings,
                           {documentation.row(*all[j], parameter.row()),
                            documentation.row(*all[i], parameter.row())},
                           rule, other->words, rule.words);
          }
          break;
        }
      }
    }
  }
}

}  // namespace

void lint_parameters(const Documentation& documentation, Findings& findings) {
  for (const Contract* contract : documentation.contracts) {
    for (const Parameter& parameter : contract->parameters) {
      requiredness(documentation, *contract, parameter, findings);
      uncovered(documentation, *contract, parameter, findings);
      own_words(documentation, *contract, parameter, findings);
    }
    quota(documentation, *contract, findings);
    states(documentation, *contract, findings);
  }
  sister_words(documentation, findings);
}

}  // namespace flowlog
