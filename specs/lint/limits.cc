// One limit with two numbers.
#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "base/text.h"
#include "specs/lint/findings.h"
#include "specs/lint/names.h"

namespace flowlog {
namespace {

using Kind = Remark::Kind;

bool limits(const Rule& rule) {
  return rule.kind == RuleKind::length || rule.kind == RuleKind::count;
}

bool letter(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

// The numbers in a sentence; "IPv4" has none.
void add_numbers(const std::string& text, std::set<std::size_t>& found) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] < '0' || text[i] > '9') continue;
    const bool of_a_word = i > 0 && letter(text[i - 1]);
    std::size_t value = 0;
    std::size_t digits = 0;
    for (; i < text.size() && text[i] >= '0' && text[i] <= '9'; ++i, ++digits) {
      if (digits < 9) value = value * 10 + std::size_t(text[i] - '0');
    }
    if (!of_a_word) found.insert(value);
  }
}

// In both languages.
std::set<std::size_t> numbers(const Text& text) {
  std::set<std::size_t> found;
  add_numbers(text.en, found);
  add_numbers(text.zh, found);
  return found;
}

void report(Findings& findings, const std::vector<std::string>& rows, const Rule& rule,
            std::size_t one, std::size_t other) {
  const Text limited = rule_name(rule);
  findings.add(
      Kind::contradiction, "limit-twice", rows,
      {fmt::format("The limit of {} is {} in one place and {} in another.", limited.en, one, other),
       fmt::format("{}上限在一处为{}，在另一处为{}。", limited.zh, one, other)});
}

// What the rule's own sentence and the error rows that answer it say.
void within(const Documentation& documentation, const Contract& contract,
            const Parameter& parameter, const Rule& rule, Findings& findings) {
  const std::string row = documentation.row(contract, parameter.row());
  std::set<std::size_t> told = {rule.min, rule.max};
  for (std::size_t number : numbers(rule.text)) {
    if (told.insert(number).second) report(findings, {row}, rule, rule.max, number);
  }
  // What is answered either way beyond a limit stands for two pages.
  if (rule.grey_max != 0 && told.insert(rule.grey_max).second) {
    report(findings, {row}, rule, rule.max, rule.grey_max);
  }
  const auto& grey = rule.grey_lengths;
  if (told.size() <= 2 && std::find(grey.begin(), grey.end(), rule.max) != grey.end()) {
    const std::size_t certain = *std::min_element(grey.begin(), grey.end()) - 1;
    report(findings, {row}, rule, rule.max, certain);
  }
  for (const ErrorRow* error : documentation.rows_for(contract, rule)) {
    if (error->standing == Standing::inferred) continue;  // on no page
    for (std::size_t number : numbers(error->message)) {
      if (!told.insert(number).second) continue;
      report(findings, {row, documentation.row(contract, error->id)}, rule, rule.max, number);
    }
  }
}

// The first sister page before `until` that limits the same; nullptr when none does.
const Contract* sister(const std::vector<const Contract*>& all, std::size_t until,
                       const Rule& rule) {
  for (std::size_t i = 0; i < until; ++i) {
    const Rule* other = all[i]->rule(rule.address);
    if (other && other->kind == rule.kind) return all[i];
  }
  return nullptr;
}

}  // namespace

void lint_limits(const Documentation& documentation, Findings& findings) {
  const auto& all = documentation.contracts;
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (const Parameter& parameter : all[i]->parameters) {
      for (const Rule& rule : parameter.rules) {
        if (!limits(rule)) continue;
        within(documentation, *all[i], parameter, rule, findings);
        const Contract* other = sister(all, i, rule);
        if (!other || other->rule(rule.address)->max == rule.max) continue;
        report(findings,
               {documentation.row(*other, parameter.row()),
                documentation.row(*all[i], parameter.row())},
               rule, other->rule(rule.address)->max, rule.max);
      }
    }
  }
}

}  // namespace flowlog
