#include "reports/console.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "reports/cause.h"
#include "reports/check_text.h"
#include "reports/chinese.h"
#include "reports/curl.h"
#include "reports/exit_status.h"
#include "reports/grouping.h"
#include "reports/printable.h"

namespace flowlog {
namespace {

constexpr std::size_t kText = 600;       // bytes of one line of text
constexpr std::size_t kCurl = 2000;      // a longer command is left to the other reports
constexpr std::size_t kParameters = 16;  // lines of a request
constexpr std::size_t kSteps = 8;        // requests of a script
constexpr std::size_t kName = 32;        // columns of their names
constexpr std::size_t kDeviations = 12;  // told in full, one of each cause
constexpr std::size_t kGroups = 16;      // told of one verdict, two lines each
constexpr std::size_t kItems = 38;       // lines of any other list
constexpr std::size_t kPlaces = 5;       // named of a group
constexpr std::size_t kIndent = 2;

class Page {
 public:
  explicit Page(const Style& style) : style_(style), say_(style.say) {}

  void line(const std::string& text = "") { out_ += text + '\n'; }
  void heading(Ink ink, const std::string& text) {
    line();
    line(style_.ink(ink, text));
  }
  // `  label      text`, wrapped under the text.
  void field(std::string_view label, const std::string& text) {
    if (text.empty()) return;
    line(lead(label) + wrap(style_, text, kIndent + label_width() + 1));
  }
  // As field(), but in one piece: something to copy.
  void command(std::string_view label, const std::string& text) {
    if (!text.empty()) line(lead(label) + text);
  }
  void item(const std::string& text) { line("  " + wrap(style_, text, 2 * kIndent)); }
  // Beneath an item.
  void more(const std::string& text) {
    line("    " + style_.ink(Ink::dim, wrap(style_, text, 2 * kIndent)));
  }
  std::string take() { return defuse(out_); }

  const Style& style() const { return style_; }
  const Language& say() const { return say_; }

 private:
  std::size_t label_width() const { return say_.word() == "zh" ? 8 : 11; }
  std::string lead(std::string_view label) const {
    const std::size_t used = std::min(columns(label), label_width());
    return std::string(kIndent, ' ') + style_.ink(Ink::dim, label) +
           std::string(label_width() - used + 1, ' ');
  }

  const Style& style_;
  Language say_;
  std::string out_;
};

std::string label_of(const CheckResult& check) {
  return printable(check.id);
}

void tell_request(Page& page, std::string_view label, const Evidence& evidence) {
  const auto lines = request_lines(evidence);
  std::size_t width = 0;
  for (const auto& [name, value] : lines) width = std::max(width, columns(name));
  width = std::min(width, kName);
  for (std::size_t i = 0; i < lines.size() && i < kParameters; ++i) {
    const auto& [name, value] = lines[i];
    page.command(label,
                 name + std::string(width - std::min(width, columns(name)) + 2, ' ') + value);
    label = "";
  }
  if (lines.size() > kParameters) {
    page.command(label, fmt::format(fmt::runtime(page.say()("and {1} more, see report.json",
                                                            "以及另外 {0} 个参数，见 report.json")),
                                    lines.size() - kParameters,
                                    counted(lines.size() - kParameters, "parameter")));
  }
}

void tell_curl(Page& page, const Report& report, const Evidence& evidence) {
  const std::string line = curl(evidence, report.endpoint, report.curl_options);
  if (line.size() <= kCurl) page.command("curl", printable(line));
}

// A script: each request in order, its action before its parameters.
void tell_steps(Page& page, const Report& report, const std::vector<const Evidence*>& steps) {
  const Language& say = page.say();
  for (std::size_t i = 0; i < steps.size() && i < kSteps; ++i) {
    const Evidence& step = *steps[i];
    const auto named = [](const auto& pair) { return pair.first == "Action"; };
    const auto action = std::ranges::find_if(step.params, named);
    page.command(
        fmt::format(fmt::runtime(say("{} of {}", "{}/{}")), i + 1, steps.size()),
        action == step.params.end() ? printable(step.method) : excerpt(action->second, kName));
    tell_request(page, "", step);
    page.field("", answer_line(step, say));
    tell_curl(page, report, step);
  }
  if (steps.size() > kSteps) {
    page.command("", fmt::format(fmt::runtime(say("and {} more, see report.html",
                                                  "以及另外 {} 个请求，见 report.html")),
                                 steps.size() - kSteps));
  }
}

void tell_in_full(Page& page, const Report& report, const CheckResult& check) {
  const Language& say = page.say();
  page.line();
  page.line(page.style().ink(ink_of(check.verdict), "✗ " + label_of(check)));
  // What happened first, then what was asked for.
  const std::string title = excerpt(say(check.title), kText);
  const std::string happened = excerpt(check.message, kText);
  const std::string& first = happened.empty() ? title : happened;
  if (!first.empty()) page.line("  " + wrap(page.style(), first, kIndent));
  if (!happened.empty()) page.field(say("required", "要求"), title);
  std::string_view label = say("documented", "文档");
  for (const std::string& row : documented(report, check, say)) {
    page.field(label, row);
    label = "";
  }
  page.field(say("expected", "期望"), excerpt(check.expected, kText));
  page.field(say("came back", "实际"), excerpt(check.observed, kText));
  page.field("", answer_line(check, say));
  for (const std::string& remark : check.remarks) {
    page.field(say("also", "另外"), excerpt(remark, kText));
  }
  const std::vector<const Evidence*> shown = evidence_of(check);
  if (shown.size() == 1) tell_request(page, say("request", "请求"), *shown.front());
  page.command(say("repeat", "重现"), printable(check.command));
  if (shown.size() > 1) tell_steps(page, report, shown);
  if (shown.size() == 1) tell_curl(page, report, *shown.front());
}

// A line for what there is to say, a line for the checks it is said of.
void tell_groups(Page& page, const std::vector<CheckGroup>& groups) {
  const Language& say = page.say();
  for (std::size_t i = 0; i < groups.size() && i < kGroups; ++i) {
    const CheckGroup& group = groups[i];
    page.item(group.checks == 1 ? group.text : fmt::format("{} × {}", group.checks, group.text));
    page.more(places(group, kPlaces, say));
  }
  if (groups.size() > kGroups) {
    page.item(fmt::format(
        fmt::runtime(say("and {} more, see report.html", "以及另外 {} 类，见 report.html")),
        groups.size() - kGroups));
  }
}

// At most kItems of `lines`, the rest counted.
void tell_list(Page& page, const std::vector<std::string>& lines) {
  const Language& say = page.say();
  for (std::size_t i = 0; i < lines.size() && i < kItems; ++i) page.item(lines[i]);
  if (lines.size() > kItems) {
    page.item(fmt::format(
        fmt::runtime(say("and {} more, see report.html", "以及另外 {} 项，见 report.html")),
        lines.size() - kItems));
  }
}

// Each cause with its count first, then a check of each in full.
void tell_deviations(Page& page, const Report& report) {
  const std::vector<Cause> found = failures(report);
  if (found.empty()) return;
  const Language& say = page.say();
  std::vector<CheckGroup> groups;
  std::size_t checks = 0;
  for (const Cause& cause : found) {
    groups.push_back(group_of(cause));
    checks += cause.checks.size();
  }
  page.heading(Ink::red, heading(say("Deviating", "偏离"), checks, say));
  // Where every check has a cause of its own and is told in full, that tells it.
  if (checks > found.size() || found.size() > kDeviations) tell_groups(page, groups);
  for (std::size_t i = 0; i < found.size() && i < kDeviations; ++i) {
    tell_in_full(page, report, *found[i].checks.front());
  }
}

void tell_shortly(Page& page, const Report& report, Verdict verdict, std::string_view what) {
  const std::size_t checks = of(report, verdict).size();
  if (checks == 0 || (verdict == Verdict::finding && report.strict)) return;
  page.heading(ink_of(verdict), heading(what, checks, page.say()));
  tell_groups(page, groups_of(report, verdict));
}

void tell_remarks(Page& page, const Report& report) {
  std::vector<std::pair<std::string, std::string>> said;
  for (const CheckResult& check : report.checks) {
    if (fails(report, check)) continue;
    for (const std::string& remark : check.remarks) said.emplace_back(check.id, remark);
  }
  if (said.empty()) return;
  page.heading(Ink::yellow, std::string(page.say()("Remarks", "备注")));
  tell_groups(page, grouped(said));
}

void tell_run(Page& page, const Report& report) {
  const Language& say = page.say();
  if (!report.stale.empty()) {
    page.heading(Ink::red, std::string(say("Known deviations out of date", "已知偏离清单已失效")));
    std::vector<std::string> lines;
    for (const Stale& stale : report.stale) lines.push_back(excerpt(stale.sentence, kText));
    tell_list(page, lines);
  }
  if (!report.leftover.empty()) {
    page.heading(Ink::red,
                 std::string(say("Left behind: delete these with `flowlog-conformance sweep`",
                                 "残留资源，请用 `flowlog-conformance sweep` 删除")));
    std::vector<std::string> lines;
    for (const Leftover& left : report.leftover) lines.push_back(leftover_line(left, say));
    tell_list(page, lines);
  }
  if (report.notices.empty()) return;
  page.heading(Ink::bold, std::string(say("Noticed", "提示")));
  std::vector<std::string> lines;
  for (const std::string& notice : report.notices) lines.push_back(excerpt(notice, kText));
  tell_list(page, lines);
}

void tell_totals(Page& page, const Report& report, const std::string& folder) {
  const Language& say = page.say();
  page.line();
  page.line(fmt::format(fmt::runtime(say("{0}: {2}", "{1} 项检查：{2}")),
                        counted(report.checks.size(), "check"), report.checks.size(),
                        totals_line(report, say)));
  std::string line = fmt::format(
      fmt::runtime(say("{2}, {3} created, {4} left behind, {5}, seed {6}",
                       "{0} 个请求，创建 {1} 个流日志，残留 {4} 个，用时 {5}，种子 {6}")),
      report.requests, report.created, counted(report.requests, "request"),
      counted(report.created, "flow log"), report.leftover.size(), duration(report.seconds),
      printable(report.seed));
  if (report.throttled > 0) {
    line += fmt::format(fmt::runtime(say(", throttled {1}", "，被限流 {0} 次")), report.throttled,
                        counted(report.throttled, "time"));
  }
  page.line(line);
  if (!folder.empty()) {
    page.line(fmt::format("{}{}/report.html", say("Reports: ", "报告："), printable(folder)));
  }
}

Ink ink_of_outcome(const Report& report) {
  switch (exit_status(report)) {
    case ExitStatus::conformant:
      return Ink::green;
    case ExitStatus::no_verdict:
    case ExitStatus::interrupted:
      return Ink::magenta;
    case ExitStatus::deviating:
    case ExitStatus::left_behind:
      break;
  }
  return Ink::red;
}

std::string limit(long expected, long most, Language say) {
  if (most == 0) return fmt::format(fmt::runtime(say("about {}", "约 {}")), expected);
  return fmt::format(fmt::runtime(say("about {}, at most {}", "约 {}，上限 {}")), expected, most);
}

std::string pace(const Intent& intent, Language say) {
  std::string out = fmt::format(fmt::runtime(say("{} at once", "并发 {}")), intent.concurrency);
  if (intent.requests_per_second > 0) {
    out += fmt::format(fmt::runtime(say(", {:g} a second", "，每秒 {:g}")),
                       intent.requests_per_second);
  }
  return out;
}

}  // namespace

std::string opening(const Intent& intent, const Style& style) {
  const Language& say = style.say;
  Page page(style);
  page.line(style.ink(Ink::bold, "flowlog-conformance " + printable(intent.program_version)));
  page.field(say("endpoint", "接口地址"),
             printable(intent.endpoint) +
                 std::string(intent.embedded ? say(" (embedded mock)", "（内置模拟服务）") : ""));
  page.field(say("contract", "契约"), printable(intent.contract));
  page.field(say("profile", "配置"), printable(intent.profile));
  page.field(say("region", "地域"), printable(intent.region));
  std::string plan = fmt::format(fmt::runtime(say("{3} over {4} of documentation, seed {2}",
                                                  "{0} 项检查，涉及 {1} 行文档，种子 {2}")),
                                 intent.checks, intent.rows, printable(intent.seed),
                                 counted(intent.checks, "check"), counted(intent.rows, "row"));
  if (!intent.shard.empty()) {
    plan += std::string(say(", shard ", "，分片 ")) + printable(intent.shard);
  }
  page.field(say("plan", "计划"), plan);
  page.field(say("selection", "筛选"), printable(intent.selection));
  page.field(say("requests", "请求"), limit(intent.requests, intent.max_requests, say));
  page.field(say("creations", "创建"),
             intent.may_create
                 ? limit(intent.creations, intent.max_creates, say)
                 : std::string(say("none: may_create is false", "无：may_create 为 false")));
  page.field(say("pace", "节奏"), pace(intent, say));
  page.field(say("known", "已知偏离"), printable(intent.known));
  if (intent.strict) {
    page.field(say("strict", "严格"), std::string(say("findings fail the run", "发现按失败计")));
  }
  for (const std::string& warning : intent.warnings) {
    page.field(say("warning", "警告"), excerpt(as_told(warning, say), kText));
  }
  return page.take();
}

std::string closing(const Report& report, const Style& style, int exit_status,
                    const std::string& folder) {
  const Language& say = style.say;
  Page page(style);
  tell_deviations(page, report);
  tell_shortly(page, report, Verdict::inconclusive, say("Inconclusive", "无法判定"));
  tell_shortly(page, report, Verdict::known, say("Known deviations", "已知偏离"));
  tell_shortly(page, report, Verdict::finding,
               say("Findings: the documentation is silent or contradicts itself",
                   "发现：文档未说明或自相矛盾之处"));
  tell_remarks(page, report);
  tell_shortly(page, report, Verdict::skipped,
               say("Skipped, and what it would take", "跳过，以及所缺条件"));
  tell_run(page, report);
  tell_totals(page, report, folder);
  page.line(style.ink(ink_of_outcome(report),
                      fmt::format(fmt::runtime(say("{} (exit status {})", "{}（退出码 {}）")),
                                  verdict_line(report, say), exit_status)));
  return page.take();
}

}  // namespace flowlog
