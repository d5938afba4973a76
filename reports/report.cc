#include "reports/report.h"

#include <map>

namespace flowlog {

std::map<Verdict, int> Report::totals() const {
  std::map<Verdict, int> counts;
  for (const Verdict verdict : kVerdicts) counts[verdict] = 0;
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
