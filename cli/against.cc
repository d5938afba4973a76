#include "cli/against.h"

#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>

#include "base/json_node.h"
#include "cli/complain.h"
#include "cli/setup.h"
#include "cli/signals.h"
#include "reports/against.h"
#include "reports/exit_status.h"
#include "reports/files.h"
#include "reports/write_all.h"

namespace flowlog::cli {
namespace {

RunFlags flags_of_second(const RunFlags& flags, const Report& first) {
  RunFlags second = flags;
  second.profile = flags.against;
  second.endpoint.clear();
  second.deviations.clear();
  second.variants.clear();
  second.seed = std::strtoull(first.seed.c_str(), nullptr, 10);
  second.out = flags.out + "/against";
  return second;
}

// Not where the ids are that a profile names, only which kinds of resource.
bool planned_alike(const Check& a, const Check& b) {
  const auto types = [](const Check& check) {
    std::vector<std::string> types;
    for (const Wanted& wanted : check.resources) types.push_back(wanted.type);
    return types;
  };
  return types(a) == types(b) && a.cases.size() == b.cases.size();
}

std::vector<std::string> planned_otherwise(const Plan& first, const Plan& second) {
  std::vector<std::string> ids;
  for (const PlannedCheck& one : first.checks) {
    for (const PlannedCheck& other : second.checks) {
      if (one.check.id != other.check.id) continue;
      if (!planned_alike(one.check, other.check)) ids.push_back(one.check.id);
    }
  }
  return ids;
}

// Scripts send several requests, and chance may decide which answer shows the verdict.
std::set<std::string> scripts_of(const Plan& plan) {
  std::set<std::string> ids;
  for (const PlannedCheck& one : plan.checks) {
    if (one.check.script) ids.insert(one.check.id);
  }
  return ids;
}

void write(const std::string& path, const std::string& text, bool& written) {
  const std::string trouble = write_whole_file(path, text);
  if (trouble.empty()) return;
  written = false;
  complain(trouble);
}

// What a gate goes by: nothing is known before everything was asked, and nothing may be left.
int gravest(int first, int second, bool differs, bool written) {
  constexpr int kByGravity[] = {
      static_cast<int>(ExitStatus::interrupted), static_cast<int>(ExitStatus::left_behind),
      static_cast<int>(ExitStatus::no_verdict), static_cast<int>(ExitStatus::deviating)};
  if (differs && first == 0 && second == 0) return static_cast<int>(ExitStatus::deviating);
  for (const int one : kByGravity) {
    if (first == one || second == one) return one;
  }
  return written ? 0 : static_cast<int>(ExitStatus::no_verdict);
}

}  // namespace

void check_against(const RunFlags& flags) {
  if (!flags.against.empty()) static_cast<void>(load_profile_file(flags.against));
}

int run_against(const RunFlags& flags, const Run& run, const Report& first, int status,
                const Style& style) {
  if (!first.complete || !first.trouble.empty()) return status;
  const RunFlags second_flags = flags_of_second(flags, first);
  Setup setup = set_up(second_flags);
  setup.run.plan = run.options().plan;
  Run second(std::move(setup.run));
  const SignalScope signals([&second] { second.interrupt(); });
  static_cast<void>(second.begin([](const CheckResult&) {}));
  const Report report = second.finish();
  std::error_code error;
  std::filesystem::create_directories(second_flags.out, error);
  bool written = true;
  for (const std::string& failure : write_all(report, second_flags.out, flags.lang).failures) {
    complain(failure);
    written = false;
  }
  Against both = against(first, report, scripts_of(run.plan()));
  both.planned_otherwise = planned_otherwise(run.plan(), second.plan());
  write(flags.out + "/against.json", json(both), written);
  write(flags.out + "/against.html", html(both, style.say), written);
  const int gravest_status =
      gravest(status, static_cast<int>(exit_status(report)), both.differs(), written);
  fmt::print(
      "\n2: {}\n{}", verdict_line(report, style.say),
      flags.quiet ? last_line(both, style.say, gravest_status) : text(both, style, gravest_status));
  return gravest_status;
}

}  // namespace flowlog::cli
