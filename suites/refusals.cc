#include "suites/refusals.h"

#include <algorithm>

namespace flowlog {
namespace {

bool triggered(const ErrorRow& row, const std::set<std::string>& triggers) {
  return std::ranges::any_of(row.triggers, [&](const Trigger& trigger) {
    return triggers.contains(trigger.authentication);
  });
}

}  // namespace

Expectation refusal(const Service& service, const std::set<std::string>& triggers,
                    Standing standing) {
  return refusal(service, triggers, standing, standing);
}

Expectation refusal(const Service& service, const std::set<std::string>& triggers,
                    Standing standing, Standing answer_standing) {
  Expectation expectation;
  expectation.documented = service;
  expectation.standing = standing;
  expectation.answer_standing = answer_standing;
  for (const ErrorRow& row : service.common) {
    if (!triggered(row, triggers)) continue;
    expectation.outcomes.push_back(outcome_of(row));
    expectation.rows.push_back(row.id);
  }
  expectation.strength = expectation.outcomes.size() > 1 ? Strength::one_of : Strength::exact;
  return expectation;
}

bool has_refusals(const Service& service, const std::set<std::string>& triggers) {
  return std::ranges::all_of(triggers, [&](const std::string& trigger) {
    return std::ranges::any_of(service.common,
                               [&](const ErrorRow& row) { return triggered(row, {trigger}); });
  });
}

void cite_refusals(const Service& service, const std::set<std::string>& triggers, Check& check) {
  for (const ErrorRow& row : service.common) {
    if (triggered(row, triggers)) check.rows.push_back(row.id);
  }
}

}  // namespace flowlog
