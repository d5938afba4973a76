#include "reports/report.h"

#include <array>

namespace flowlog {
namespace {

// By how much each tells of a row, the most telling last.
constexpr std::array kByWeight = {Verdict::skipped, Verdict::conformant,   Verdict::finding,
                                  Verdict::known,   Verdict::inconclusive, Verdict::deviating};

std::size_t weight(Verdict verdict) {
  std::size_t i = 0;
  while (kByWeight[i] != verdict) ++i;
  return i;
}

}  // namespace

std::string_view name(Verdict verdict) {
  switch (verdict) {
    case Verdict::conformant:
      return "conformant";
    case Verdict::deviating:
      return "deviating";
    case Verdict::finding:
      return "finding";
    case Verdict::known:
      return "known";
    case Verdict::skipped:
      return "skipped";
    case Verdict::inconclusive:
      return "inconclusive";
  }
  return "inconclusive";
}

std::optional<Verdict> parse_verdict(std::string_view word) {
  for (const Verdict verdict : kByWeight) {
    if (name(verdict) == word) return verdict;
  }
  return std::nullopt;
}

Verdict worse(Verdict a, Verdict b) {
  return weight(a) < weight(b) ? b : a;
}

std::map<Verdict, int> Report::totals() const {
  std::map<Verdict, int> counts;
  for (const Verdict verdict : kByWeight) counts[verdict] = 0;
  for (const CheckResult& check : checks) ++counts[check.verdict];
  return counts;
}

void tally_rows(Report& report) {
  std::map<std::string_view, RowResult*> by_id;
  for (RowResult& row : report.rows) {
    row.verdict = Verdict::skipped;
    row.checks.clear();
    by_id.emplace(row.id, &row);
  }
  for (const CheckResult& check : report.checks) {
    for (const std::string& id : check.rows) {
      const auto found = by_id.find(id);
      if (found == by_id.end()) continue;
      RowResult& row = *found->second;
      if (!row.checks.empty() && row.checks.back() == check.id) continue;  // cited twice
      row.verdict = worse(row.verdict, check.verdict);
      row.checks.push_back(check.id);
    }
  }
}

}  // namespace flowlog
