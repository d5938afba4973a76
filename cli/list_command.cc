#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "base/counted.h"
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
  std::size_t count = 0;
  for (const PlannedCheck& one : plan.checks) {
    if (one.added) continue;
    ++count;
    fmt::print("{}  {}  [{}]\n", one.check.id, in(lang, one.check.title.en, one.check.title.zh),
               join(one.check.rows, ", "));
  }
  fmt::print("{}.\n", counted(count, "check"));
}

// {"checks": [{"id", "title", "rows", …}], "rows": [{"id", "title", "checks"}]}
std::string as_json(const Plan& plan, const std::vector<RowResult>& rows, const std::string& lang) {
  using Json = nlohmann::ordered_json;
  Json out = {{"schema", 1}, {"checks", Json::array()}, {"rows", Json::array()}};
  std::map<std::string, std::vector<std::string>> by_row;
  for (const PlannedCheck& one : plan.checks) {
    if (one.added) continue;
    const Check& check = one.check;
    for (const std::string& row : check.rows) by_row[row].push_back(check.id);
    out["checks"].push_back({{"id", check.id},
                             {"title", in(lang, check.title.en, check.title.zh)},
                             {"rows", check.rows},
                             {"standing", name(check.standing)},
                             {"account", check.account},
                             {"requests", requests_of(check)},
                             {"creations", check.creations},
                             {"skipped", one.skipped}});
  }
  for (const RowResult& row : rows) {
    out["rows"].push_back({{"id", row.id},
                           {"title", in(lang, row.title.en, row.title.zh)},
                           {"checks", by_row[row.id]}});
  }
  return out.dump(2);
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
  fmt::print("{} of {} looked at.\n", covered, counted(all.size(), "row"));
}

}  // namespace

int list(const ListFlags& flags) {
  const Setup setup = set_up(flags.run, Keys::optional);
  RunOptions run = setup.run;
  // How many random values a check has is not told: one is as good as any number.
  run.random_cases = std::min(run.random_cases, 1);
  const Plan chosen = plan(checks_of(run), run.profile, run.plan);
  require_matches(chosen);
  const std::vector<RowResult> all = rows(run.service, actions_of(run));
  if (flags.as_json) {
    fmt::print("{}\n", as_json(chosen, all, flags.run.lang));
  } else if (flags.rows) {
    print_rows(all, chosen, flags.run.lang);
  } else {
    print_checks(chosen, flags.run.lang);
  }
  return 0;
}

}  // namespace flowlog::cli
