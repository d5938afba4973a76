#include "cli/plan_view.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <vector>

#include "base/text.h"
#include "reports/check_text.h"

namespace flowlog::cli {
namespace {

// What an estimate of the time assumes where no pace is given.
constexpr double kAnswerSeconds = 0.1;
constexpr double kFlowLogSeconds = 3;
constexpr int kDefaultConcurrency = 8;

struct Totals {
  long checks = 0;
  long skipped = 0;
  long requests = 0;
  long creations = 0;

  void add(const PlannedCheck& one) {
    ++checks;
    if (!one.skipped.empty()) {
      ++skipped;
      return;
    }
    requests += requests_of(one.check);
    creations += one.check.creations;
  }
};

// "param" of "param.FlowLogName.length/over-max", behind the action where there is one.
std::string theme_of(const std::string& id) {
  return id.substr(0, id.find_first_of("./", id.find(':') == std::string::npos ? 0 : id.find(':')));
}

std::string table(const Plan& plan) {
  std::vector<std::string> themes;
  std::map<std::string, Totals> by_theme;
  Totals all;
  for (const PlannedCheck& one : plan.checks) {
    const std::string theme = theme_of(one.check.id);
    if (!by_theme.contains(theme)) themes.push_back(theme);
    by_theme[theme].add(one);
    all.add(one);
  }
  std::size_t width = std::string_view("theme").size();
  for (const std::string& theme : themes) width = std::max(width, theme.size());
  const auto row = [&](const std::string& name, const Totals& totals) {
    return fmt::format("  {:<{}}  {:>6}  {:>7}  {:>8}  {:>9}\n", name, width, totals.checks,
                       totals.skipped, totals.requests, totals.creations);
  };
  std::string out = fmt::format("  {:<{}}  {:>6}  {:>7}  {:>8}  {:>9}\n", "theme", width, "checks",
                                "skipped", "requests", "creations");
  for (const std::string& theme : themes) out += row(theme, by_theme[theme]);
  if (plan.shared > 0) {
    const Totals saved{0, 0, -requests_saved(plan.shared), -plan.shared};
    out += row("shared", saved);
    all.requests += saved.requests;
    all.creations += saved.creations;
  }
  return out + row("all", all);
}

std::string why_skipped(const Plan& plan) {
  std::vector<std::pair<std::string, int>> reasons;
  for (const PlannedCheck& one : plan.checks) {
    if (one.skipped.empty()) continue;
    const auto same = std::ranges::find(reasons, one.skipped, &std::pair<std::string, int>::first);
    if (same != reasons.end()) {
      ++same->second;
    } else {
      reasons.emplace_back(one.skipped, 1);
    }
  }
  std::string out;
  for (const auto& [reason, times] : reasons) {
    out += fmt::format("  skipped {} ×: {}\n", times, reason);
  }
  return out;
}

// How long it takes where answers and creations take what is usual.
double seconds_of(const Plan& plan, const RunOptions& options) {
  int workers = options.concurrency > 0 ? options.concurrency : options.profile.concurrency;
  if (workers <= 0) workers = kDefaultConcurrency;
  const double busy = static_cast<double>(plan.requests) * kAnswerSeconds +
                      static_cast<double>(plan.creations) * kFlowLogSeconds;
  const double rate = rate_of(options);
  const double paced = rate > 0 ? static_cast<double>(plan.requests) / rate : 0;
  return std::max(busy / workers, paced);
}

std::string accounts_of(const Profile& profile) {
  std::vector<std::string> names;
  for (const auto& [name, account] : profile.accounts) {
    names.push_back(account.credentials.access_key.empty() ? name + " (no keys here)" : name);
  }
  return join(names, ", ");
}

}  // namespace

std::string plan_view(const Plan& plan, const RunOptions& options, bool every_request) {
  std::string out = every_request ? describe(plan) + "\n" : "";
  out += fmt::format("  endpoint   {}{}\n  region     {}\n  accounts   {}\n",
                     options.embedded ? "" : options.profile.endpoint,
                     options.embedded ? "the embedded mock" : "", options.profile.region,
                     accounts_of(options.profile));
  out += fmt::format("  seed       {}\n", options.seed);
  if (!options.profile.may_create) {
    out += "  may_create false: a run would create nothing; this is what it would with true\n";
  }
  for (const std::string& warning : options.profile.warnings) {
    out += fmt::format("  warning    {}\n", warning);
  }
  out += "\n" + table(plan) + why_skipped(plan);
  long skipped = 0;
  for (const PlannedCheck& one : plan.checks) skipped += one.skipped.empty() ? 0 : 1;
  return out + fmt::format(
                   "{} checks, {} of them skipped; about {} requests and {} creations.\n"
                   "About {} where an answer takes {} s and a creation {} s; nothing was sent.\n",
                   plan.checks.size(), skipped, plan.requests, plan.creations,
                   duration(seconds_of(plan, options)), kAnswerSeconds, kFlowLogSeconds);
}

}  // namespace flowlog::cli
