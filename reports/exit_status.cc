#include "reports/exit_status.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include "base/text.h"
#include "reports/printable.h"

namespace flowlog {
namespace {

std::string counted(std::size_t n, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", n, n == 1 ? one : many);
}

// "CreateFlowLog 2020-04-01" without the page it was read from.
std::string contract_name(const Report& report) {
  return printable(report.contract.substr(0, report.contract.find(" (")));
}

struct Counts {
  explicit Counts(const Report& report)
      : all(std::max(report.checks.size(), static_cast<std::size_t>(report.planned))) {
    for (const auto& [verdict, n] : report.totals()) by[verdict] = static_cast<std::size_t>(n);
  }
  std::size_t all;
  std::map<Verdict, std::size_t> by;
};

std::vector<std::string> failures(const Report& report, Language say) {
  Counts n(report);
  const std::size_t deviating = n.by[Verdict::deviating];
  const std::size_t findings = n.by[Verdict::finding];
  const bool zh = say.word() == "zh";
  std::vector<std::string> out;
  if (deviating > 0) {
    const std::string contract = contract_name(report);
    out.push_back(zh ? fmt::format("{} 项检查中有 {} 项偏离 {}", n.all, deviating, contract)
                     : fmt::format("{} of {} {} from {}", deviating,
                                   counted(n.all, "check", "checks"),
                                   deviating == 1 ? "deviates" : "deviate", contract));
  }
  if (report.strict && findings > 0) {
    out.push_back(zh ? fmt::format("{} 项发现按失败计（--strict）", findings)
                     : counted(findings, "finding counts", "findings count") + " (--strict)");
  }
  if (!report.stale.empty()) {
    const std::size_t stale = report.stale.size();
    out.push_back(zh ? fmt::format("已知偏离清单中有 {} 项失效", stale)
                     : counted(stale, "known-deviations entry is", "known-deviations entries are") +
                           " stale");
  }
  return out;
}

std::string leftovers(const Report& report, Language say) {
  const std::size_t n = report.leftover.size();
  return say.word() == "zh" ? fmt::format("{} 个流日志未能删除", n)
                            : counted(n, "flow log", "flow logs") + " could not be deleted";
}

// "52 of 611 checks judged, 559 skipped".
std::string share_judged(const Report& report, Language say) {
  Counts n(report);
  const bool zh = say.word() == "zh";
  const std::size_t skipped = n.by[Verdict::skipped];
  std::string out =
      zh ? fmt::format("{} 项检查中已判定 {} 项", n.all, judged(report))
         : fmt::format("{} of {} judged", judged(report), counted(n.all, "check", "checks"));
  if (skipped > 0) {
    out += zh ? fmt::format("，跳过 {} 项", skipped) : fmt::format(", {} skipped", skipped);
  }
  return out;
}

struct Requirement {
  double share = 0;       // of the checks, 0 to 1; or
  std::size_t count = 0;  // checks
};

// "90%", "99.5%" or "500"; nothing where it is neither.
std::optional<Requirement> parse_requirement(std::string_view text) {
  constexpr double kWhole = 100;
  constexpr double kMostChecks = 1e9;
  const bool percent = text.ends_with('%');
  if (percent) text.remove_suffix(1);
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = error == std::errc{} && end == text.data() + text.size();
  if (!whole || !(value > 0) || value > (percent ? kWhole : kMostChecks)) return std::nullopt;
  if (percent) return Requirement{value / kWhole, 0};
  if (value != std::floor(value)) return std::nullopt;
  return Requirement{0, static_cast<std::size_t>(value)};
}

// Less was judged than was asked for.
bool falls_short(const Report& report) {
  const auto required = parse_requirement(report.require);
  if (!required) return false;
  const double least = required->share * static_cast<double>(report.checks.size());
  return judged(report) < required->count || static_cast<double>(judged(report)) < least;
}

bool nothing_judged(const Report& report) {
  return std::all_of(report.checks.begin(), report.checks.end(),
                     [](const CheckResult& c) { return c.verdict == Verdict::skipped; });
}

std::string why_no_verdict(const Report& report, Language say) {
  if (!report.trouble.empty()) return printable(report.trouble);
  Counts n(report);
  const bool zh = say.word() == "zh";
  if (n.all == 0) return std::string(say("nothing was checked", "没有执行任何检查"));
  if (nothing_judged(report)) {
    return zh ? fmt::format("没有可判定的检查：{} 项全部跳过", n.all)
              : "nothing was checked: " + counted(n.all, "check", "checks") + " skipped, 0 run";
  }
  const std::size_t open = n.by[Verdict::inconclusive];
  if (open == 0) {
    return share_judged(report, say) +
           (zh ? fmt::format("；要求判定 {}（--require）", report.require)
               : fmt::format("; {} required (--require)", report.require));
  }
  return zh ? fmt::format("{} 项检查中有 {} 项无法判定", n.all, open)
            : fmt::format("{} of {} {} inconclusive", open, counted(n.all, "check", "checks"),
                          open == 1 ? "is" : "are");
}

std::string what_conforms(const Report& report, Language say) {
  Counts n(report);
  const bool zh = say.word() == "zh";
  const std::string contract = contract_name(report);
  const std::size_t good = n.by[Verdict::conformant];
  std::vector<std::string> out{
      zh ? fmt::format("{} 项符合 {}", good, contract)
         : fmt::format("{} {} to {}", good, good == 1 ? "conforms" : "conform", contract)};
  const auto add = [&](Verdict verdict, std::string_view one, std::string_view many) {
    const std::size_t count = n.by[verdict];
    if (count == 0) return;
    out.push_back(zh ? fmt::format("{} {} 项", say(verdict), count) : counted(count, one, many));
  };
  add(Verdict::finding, "finding", "findings");
  add(Verdict::known, "known deviation", "known deviations");
  return share_judged(report, say) + std::string(say("; ", "；")) + join(out, say(", ", "，"));
}

}  // namespace

std::size_t judged(const Report& report) {
  return static_cast<std::size_t>(std::ranges::count_if(report.checks, [](const CheckResult& c) {
    return c.verdict != Verdict::skipped && c.verdict != Verdict::inconclusive;
  }));
}

std::string fault_of_requirement(std::string_view text) {
  return parse_requirement(text) ? "" : "a share like 90%, or a number of checks from 1";
}

bool fails(const Report& report, const CheckResult& check) {
  return check.verdict == Verdict::deviating ||
         (report.strict && check.verdict == Verdict::finding);
}

ExitStatus exit_status(const Report& report) {
  if (!report.complete && report.merged == 0) return ExitStatus::interrupted;
  // Where nobody answers, what may be left behind is the lesser news.
  if (!report.trouble.empty()) return ExitStatus::no_verdict;
  if (!report.leftover.empty()) return ExitStatus::left_behind;
  const bool failed = !report.stale.empty() ||
                      std::any_of(report.checks.begin(), report.checks.end(),
                                  [&](const CheckResult& check) { return fails(report, check); });
  if (failed) return ExitStatus::deviating;
  if (!report.complete || nothing_judged(report) || report.totals()[Verdict::inconclusive] > 0 ||
      falls_short(report)) {
    return ExitStatus::no_verdict;
  }
  return ExitStatus::conformant;
}

std::string verdict_line(const Report& report, Language say) {
  const std::string_view colon = say(": ", "：");
  const std::string_view semicolon = say("; ", "；");
  std::vector<std::string> parts = failures(report, say);
  switch (exit_status(report)) {
    case ExitStatus::conformant:
      return fmt::format("{}{}{}", say("CONFORMANT", "符合"), colon, what_conforms(report, say));
    case ExitStatus::deviating:
      return fmt::format("{}{}{}", say("DEVIATING", "偏离"), colon, join(parts, semicolon));
    case ExitStatus::no_verdict:
      return fmt::format("{}{}{}", say("NO VERDICT", "无结论"), colon, why_no_verdict(report, say));
    case ExitStatus::left_behind:
      parts.insert(parts.begin(), leftovers(report, say));
      return fmt::format("{}{}{}", say("LEFT BEHIND", "有残留"), colon, join(parts, semicolon));
    case ExitStatus::interrupted:
      break;
  }
  const std::string share = share_judged(report, say);
  parts.insert(parts.begin(), say.word() == "zh" ? "运行提前结束，" + share
                                                 : "the run ended early, with " + share);
  if (!report.leftover.empty()) parts.push_back(leftovers(report, say));
  return fmt::format("{}{}{}", say("INTERRUPTED", "中断"), colon, join(parts, semicolon));
}

}  // namespace flowlog
