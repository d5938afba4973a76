#include "cli/plan_view.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <vector>

#include "base/counted.h"
#include "base/text.h"
#include "reports/check_text.h"
#include "reports/chinese.h"
#include "reports/printable.h"

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

// `text` in `width` columns: to the left, numbers to the right.
std::string left(std::string_view text, std::size_t width) {
  return std::string(text) + std::string(width - std::min(columns(text), width), ' ');
}
std::string right(std::string_view text, std::size_t width) {
  return std::string(width - std::min(columns(text), width), ' ') + std::string(text);
}

std::string line(std::string_view name, std::size_t width,
                 const std::array<std::string, 4>& cells) {
  return fmt::format("  {}  {}  {}  {}  {}\n", left(name, width), right(cells[0], 6),
                     right(cells[1], 7), right(cells[2], 8), right(cells[3], 9));
}

std::string table(const Plan& plan, Language say) {
  std::vector<std::string> themes;
  std::map<std::string, Totals> by_theme;
  Totals all;
  for (const PlannedCheck& one : plan.checks) {
    const std::string theme = theme_of(one.check.id);
    if (!by_theme.contains(theme)) themes.push_back(theme);
    by_theme[theme].add(one);
    all.add(one);
  }
  const std::string_view shared = say("shared", "共用");
  const std::string_view whole = say("all", "合计");
  std::size_t width = columns(say("theme", "主题"));
  for (const std::string& theme : themes) width = std::max(width, theme.size());
  const auto row = [&](std::string_view name, const Totals& totals) {
    return line(name, width,
                {std::to_string(totals.checks), std::to_string(totals.skipped),
                 std::to_string(totals.requests), std::to_string(totals.creations)});
  };
  std::string out =
      line(say("theme", "主题"), width,
           {std::string(say("checks", "检查")), std::string(say("skipped", "跳过")),
            std::string(say("requests", "请求")), std::string(say("creations", "创建"))});
  for (const std::string& theme : themes) out += row(theme, by_theme[theme]);
  if (plan.shared > 0) {
    const Totals saved{0, 0, -requests_saved(plan.shared), -plan.shared};
    out += row(shared, saved);
    all.requests += saved.requests;
    all.creations += saved.creations;
  }
  return out + row(whole, all);
}

std::string why_skipped(const Plan& plan, Language say) {
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
    out += fmt::format(fmt::runtime(say("  skipped {} ×: {}\n", "  跳过 {} 项：{}\n")), times,
                       as_told(reason, say));
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

std::string accounts_of(const Profile& profile, Language say) {
  std::vector<std::string> names;
  for (const auto& [name, account] : profile.accounts) {
    const bool keys = !account.credentials.access_key.empty();
    names.push_back(keys ? name : name + std::string(say(" (no keys here)", "（此处无密钥）")));
  }
  return join(names, say(", ", "，"));
}

std::string field(std::string_view label, std::string_view text) {
  constexpr std::size_t kLabel = 9;
  return fmt::format("  {}  {}\n", left(label, kLabel), text);
}

std::string sum(const Plan& plan, const RunOptions& options, Language say) {
  long skipped = 0;
  for (const PlannedCheck& one : plan.checks) skipped += one.skipped.empty() ? 0 : 1;
  return fmt::format(
      fmt::runtime(say("{0}, {1} of them skipped; about {2} and {3}.\n"
                       "About {4} where an answer takes {5} s and a creation {6} s; nothing was "
                       "sent.\n",
                       "{7} 项检查，其中跳过 {1} 项；约 {8} 个请求，创建 {9} 个流日志。\n"
                       "若应答需 {5} s、创建需 {6} s，约需 {4}；未发送任何请求。\n")),
      counted(plan.checks.size(), "check"), skipped, counted(plan.requests, "request"),
      counted(plan.creations, "creation"), duration(seconds_of(plan, options)), kAnswerSeconds,
      kFlowLogSeconds, plan.checks.size(), plan.requests, plan.creations);
}

}  // namespace

std::string plan_view(const Plan& plan, const RunOptions& options, bool every_request,
                      Language say) {
  std::string out = every_request ? describe(plan, say) + "\n" : "";
  out += field(say("endpoint", "接口地址"), options.embedded
                                                ? say("the embedded mock", "内置模拟服务")
                                                : std::string_view(options.profile.endpoint));
  out += field(say("region", "地域"), options.profile.region);
  out += field(say("accounts", "账号"), accounts_of(options.profile, say));
  out += field(say("seed", "种子"), std::to_string(options.seed));
  if (!options.profile.may_create) {
    out += say("  may_create false: a run would create nothing; this is what it would with true\n",
               "  may_create 为 false：运行不会创建任何资源；此处为取 true 时的计划\n");
  }
  for (const std::string& warning : options.profile.warnings) {
    out += field(say("warning", "警告"), as_told(warning, say));
  }
  return out + "\n" + table(plan, say) + why_skipped(plan, say) + sum(plan, options, say);
}

}  // namespace flowlog::cli
