// One limit with two numbers.
#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "base/text.h"
#include "specs/lint/findings.h"

namespace flowlog {
namespace {

using Kind = Remark::Kind;

bool limits(const Rule& rule) {
  return rule.kind == RuleKind::length || rule.kind == RuleKind::count;
}

// The numbers in a sentence.
std::set<std::size_t> numbers(const std::string& text) {
  std::set<std::size_t> found;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] < '0' || text[i] > '9') continue;
    std::size_t value = 0;
    std::size_t digits = 0;
    for (; i < text.size() && text[i] >= '0' && text[i] <= '9'; ++i, ++digits) {
      if (digits < 9) value = value * 10 + std::size_t(text[i] - '0');
    }
    found.insert(value);
  }
  return found;
}

void report(Findings& findings, const std::vector<std::string>& rows, const std::string& address,
            std::size_t one, std::size_t other) {
  findings.add(
      Kind::contradiction, "limit-twice", rows,
      {fmt::format("The limit of {} is {} in one place and {} in another.", address, one, other),
       fmt::format("{}的上限在一处为{}，在另一处为{}。", address, one, other)});
}

// What the rule's own sentence and the error rows that answer it say.
void within(const Documentation& documentation, const Contract& contract,
            const Parameter& parameter, const Rule& rule, Findings& findings) {
  const std::string row = documentation.row(contract, parameter.row());
  std::set<std::size_t> told = {rule.min, rule.max};
  for (std::size_t number : numbers(rule.text.en)) {
    if (told.insert(number).second) report(findings, {row}, rule.address, rule.max, number);
  }
  // A length that is answered either way stands for two pages.
  const auto& grey = rule.grey_lengths;
  if (told.size() <= 2 && std::find(grey.begin(), grey.end(), rule.max) != grey.end()) {
    const std::size_t certain = *std::min_element(grey.begin(), grey.end()) - 1;
    report(findings, {row}, rule.address, rule.max, certain);
  }
  for (const ErrorRow* error : documentation.rows_for(contract, rule)) {
    for (std::size_t number : numbers(error->message.en)) {
      if (told.contains(number)) continue;
      report(findings, {row, documentation.row(contract, error->id)}, rule.address, rule.max,
             number);
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
               rule.address, other->rule(rule.address)->max, rule.max);
      }
    }
  }
}

}  // namespace flowlog
