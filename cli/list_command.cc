#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/json_node.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/setup.h"
#include "engine/coverage.h"
#include "engine/plan.h"
#include "suites/catalog.h"

namespace flowlog::cli {
namespace {

const std::string& in(const std::string& lang, const std::string& en, const std::string& zh) {
  return lang == "zh" && !zh.empty() ? zh : en;
}

void print_checks(const Plan& plan, const std::string& lang) {
  for (const PlannedCheck& one : plan.checks) {
    if (one.added) continue;
    fmt::print("{}  {}  [{}]\n", one.check.id, in(lang, one.check.title.en, one.check.title.zh),
               join(one.check.rows, ", "));
  }
}

void print_rows(const std::vector<RowResult>& all, const Plan& plan, const std::string& lang) {
  std::map<std::string, std::vector<std::string>> by_row;
  for (const PlannedCheck& one : plan.checks) {
    for (const std::string& row : one.check.rows) by_row[row].push_back(one.check.id);
  }
  int covered = 0;
  for (const RowResult& row : all) {
    const auto it = by_row.find(row.id);
    covered += it == by_row.end() ? 0 : 1;
    fmt::print("{}  {}\n", row.id, in(lang, row.title.en, row.title.zh));
    if (it == by_row.end()) {
      fmt::print("    {}\n", in(lang, "(no check)", "（无检查）"));
      continue;
    }
    for (const std::string& id : it->second) fmt::print("    {}\n", id);
  }
  fmt::print("{} of {} rows are looked at.\n", covered, all.size());
}

}  // namespace

int list(const ListFlags& flags) {
  const Setup setup = set_up(flags.run);
  RunOptions run = setup.run;
  // How many random values a check has is not told: one is as good as any number.
  run.random_cases = std::min(run.random_cases, 1);
  const Plan chosen = plan(checks_of(run), run.profile, run.plan);
  if (chosen.selected == 0) {
    throw InputError(fmt::format("--only '{}' matches no check.", join(flags.run.only, ",")));
  }
  if (flags.rows) {
    print_rows(rows(run.api, run.service, actions_of(run)), chosen, flags.run.lang);
  } else {
    print_checks(chosen, flags.run.lang);
    fmt::print("{} checks.\n", chosen.selected);
  }
  return 0;
}

}  // namespace flowlog::cli
