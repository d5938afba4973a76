// One plan at two endpoints: which rows of the documentation they answer differently.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "reports/report.h"
#include "reports/style.h"

namespace flowlog {

// One check at both.
struct CheckAgainst {
  std::string id;
  Text title;
  Verdict first = Verdict::inconclusive;
  Verdict second = Verdict::inconclusive;
  std::string first_observed;  // one line
  std::string second_observed;
};

struct RowAgainst {
  std::string id;
  Text title;
  Verdict first = Verdict::inconclusive;
  Verdict second = Verdict::inconclusive;
  std::vector<std::string> checks;  // ids of those that differ
};

struct Against {
  std::string first;  // "production, https://…"
  std::string second;
  std::vector<RowAgainst> rows;          // that differ, in the documentation's order
  std::vector<CheckAgainst> checks;      // that differ, in the plan's order
  std::vector<std::string> judged_once;  // skipped or inconclusive at one of them
  // The profiles offer other resources, so that the requests were others.
  std::vector<std::string> planned_otherwise;
  std::size_t compared = 0;  // checks that were judged at both

  bool differs() const { return !checks.empty(); }
};

// Two verdicts differ, or, but for checks of `by_verdict`, HTTP status or code of the answers that
// show them: where several answers are lawful, two endpoints may still choose otherwise.
Against against(const Report& first, const Report& second, const std::set<std::string>& by_verdict);

// What differs. Its last line sums up and tells the program's exit status.
std::string text(const Against& against, const Style& style, int exit_status);
std::string last_line(const Against& against, Language say, int exit_status);
std::string json(const Against& against);
// A page of its own, without scripts.
std::string html(const Against& against, Language say);

}  // namespace flowlog
