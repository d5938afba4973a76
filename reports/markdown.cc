#include "reports/markdown.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "reports/cause.h"
#include "reports/check_text.h"
#include "reports/exit_status.h"
#include "reports/grouping.h"
#include "reports/printable.h"

namespace flowlog {
namespace {

constexpr std::size_t kLeft = 10'000;   // bytes up to which what is left behind is told
constexpr std::size_t kStale = 15'000;  // bytes up to which stale entries are told
constexpr std::size_t kFull = 40'000;   // bytes up to which deviations are told in full
constexpr std::size_t kWhole = 55'000;  // bytes up to which anything is added
constexpr std::size_t kPhrase = 500;    // bytes of one text
constexpr std::size_t kParameters = 24;
constexpr std::size_t kPlaces = 8;       // named of a group
constexpr std::size_t kRows = 38;        // of a list: with its head, or what is left, 40 lines
constexpr std::size_t kDeviations = 12;  // told in full, one of each cause
constexpr std::size_t kSteps = 8;        // requests of a script

// Prose: no character of it is markup, no word of it a mention, a reference or a link.
std::string prose(std::string_view raw) {
  const std::string text = excerpt(raw, kPhrase);
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else if (c == '&') {
      out += "&amp;";
    } else if (c == '@' || c == '#') {
      out += c;
      out += "<!-- -->";
    } else if (std::string_view("\\`*_[]|~$").find(c) != std::string_view::npos) {
      out += {'\\', c};
    } else if (c == ':' && text.compare(at, 3, "://") == 0) {
      out += "<!-- -->:";
    } else if (c == '.' && at >= 3 && lower_ascii(text.substr(at - 3, 3)) == "www") {
      out += "<!-- -->.";
    } else {
      out.push_back(c);
    }
  }
  return out;
}

// A code span, also within a table; "–" for nothing.
std::string code(std::string_view raw) {
  const std::string text = excerpt(raw, kPhrase);
  if (text.empty()) return "–";
  std::size_t longest = 0;
  std::size_t run = 0;
  std::string body;
  for (const char c : text) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
    if (c == '|') body += '\\';
    body.push_back(c);
  }
  const std::string fence(longest + 1, '`');
  const bool pad = longest > 0 || text.front() == ' ' || text.back() == ' ';
  const std::string_view gap = pad ? " " : "";
  return fmt::format("{0}{1}{2}{1}{0}", fence, gap, body);
}

// A fenced block. REQUIRES: printable lines.
std::string block(std::string_view kind, const std::string& text) {
  std::size_t longest = 2;
  std::size_t run = 0;
  for (const char c : text) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  const std::string fence(longest + 1, '`');
  return fmt::format("{0}{1}\n{2}{3}{0}\n", fence, kind, text, text.ends_with('\n') ? "" : "\n");
}

std::string_view sign(ExitStatus status) {
  switch (status) {
    case ExitStatus::conformant:
      return "✅";
    case ExitStatus::deviating:
    case ExitStatus::left_behind:
      return "❌";
    case ExitStatus::no_verdict:
    case ExitStatus::interrupted:
      break;
  }
  return "⚠️";
}

std::string head(const Report& report, Language say) {
  std::string out =
      fmt::format("## {} {}\n\n", sign(exit_status(report)), prose(verdict_line(report, say)));
  out += fmt::format("| {} | {} |\n|---|---:|\n", say("verdict", "结论"), say("checks", "检查"));
  for (const auto& [verdict, n] : report.totals()) {
    out += fmt::format("| {} | {} |\n", say(verdict), n);
  }
  out += '\n';
  out += fmt::format(
      fmt::runtime(
          say("{0} against {1}{2}, seed {3}: {7}, {8} created, {6}.\n",
              "{0}，接口地址 {1}{2}，种子 {3}：{4} 个请求，创建 {5} 个流日志，用时 {6}。\n")),
      prose(report.contract), code(report.endpoint),
      report.embedded ? say(" (embedded mock)", "（内置模拟服务）") : "", code(report.seed),
      report.requests, report.created, duration(report.seconds),
      counted(report.requests, "request"), counted(report.created, "flow log"));
  return out;
}

std::string request_block(const Evidence& evidence, Language say) {
  std::string lines;
  const auto request = request_lines(evidence);
  for (std::size_t i = 0; i < request.size() && i < kParameters; ++i) {
    lines += fmt::format("{} = {}\n", request[i].first, request[i].second);
  }
  if (request.size() > kParameters) {
    lines += fmt::format(fmt::runtime(say("and {} more\n", "以及另外 {} 个\n")),
                         request.size() - kParameters);
  }
  return '\n' + block("text", lines);
}

// A script: each request in order, and what came back.
std::string step_blocks(const std::vector<const Evidence*>& steps, Language say) {
  std::string out;
  for (std::size_t i = 0; i < steps.size() && i < kSteps; ++i) {
    out += fmt::format(fmt::runtime(say("\nRequest {} of {}: {}\n", "\n请求 {}/{}：{}\n")), i + 1,
                       steps.size(), code(answer_line(*steps[i], say)));
    out += request_block(*steps[i], say);
  }
  if (steps.size() > kSteps) {
    out += fmt::format(fmt::runtime(say("\nand {} more\n", "\n以及另外 {} 个请求\n")),
                       steps.size() - kSteps);
  }
  return out;
}

std::string in_full(const Report& report, const CheckResult& check, Language say) {
  const std::string& title = say(check.title);
  std::string out =
      fmt::format("\n<details><summary><code>{}</code> {}</summary>\n\n", prose(check.id),
                  prose(check.message.empty() ? title : check.message));
  if (!check.message.empty() && !title.empty()) {
    out += fmt::format("- {}{}\n", say("required: ", "要求："), prose(title));
  }
  for (const std::string& row : documented(report, check, say)) {
    out += fmt::format("- {}{}\n", say("documented: ", "文档："), prose(row));
  }
  const auto item = [&](std::string_view label, const std::string& text) {
    if (!text.empty()) out += fmt::format("- {}{}{}\n", label, say(": ", "："), code(text));
  };
  item(say("expected", "期望"), check.expected);
  item(say("came back", "实际"), check.observed);
  item(say("answer", "应答"), answer_line(check, say));
  const std::vector<const Evidence*> shown = evidence_of(check);
  if (shown.size() == 1) out += request_block(*shown.front(), say);
  if (shown.size() > 1) out += step_blocks(shown, say);
  if (!check.command.empty()) out += '\n' + block("sh", excerpt(check.command, kPhrase));
  return out + "\n</details>\n";
}

// `rows` while they fit beside what is there already, kRows at most; what does not is counted.
std::string table(std::size_t already, const std::string& title, const std::string& header,
                  const std::vector<std::string>& rows, Language say, std::size_t most = kWhole) {
  if (rows.empty()) return "";
  std::string out = "\n### " + title + "\n\n" + header;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (i == kRows || already + out.size() + rows[i].size() > most) {
      return out + fmt::format(fmt::runtime(say("\nand {} more, see report.html\n",
                                                "\n以及另外 {} 项，见 report.html\n")),
                               rows.size() - i);
    }
    out += rows[i];
  }
  return out;
}

std::vector<std::string> rows_of(const std::vector<CheckGroup>& groups, Language say) {
  std::vector<std::string> rows;
  for (const CheckGroup& group : groups) {
    rows.push_back(fmt::format("| {} | {} | {} |\n", group.checks, prose(group.text),
                               code(places(group, kPlaces, say))));
  }
  return rows;
}

std::string table_head(Language say) {
  return fmt::format("| {0} | | |\n|---:|---|---|\n", say("checks", "检查"));
}

// Each cause with its count, then a check of each in full.
std::string failed(std::size_t already, const Report& report, Language say) {
  const std::vector<Cause> found = failures(report);
  std::vector<CheckGroup> groups;
  std::size_t checks = 0;
  for (const Cause& cause : found) {
    groups.push_back(group_of(cause));
    checks += cause.checks.size();
  }
  std::string out = table(already, heading(say("Deviating", "偏离"), checks, say), table_head(say),
                          rows_of(groups, say), say, kFull / 2);
  for (std::size_t i = 0; i < found.size() && i < kDeviations; ++i) {
    const std::string section = in_full(report, *found[i].checks.front(), say);
    if (already + out.size() + section.size() > kFull) break;
    out += section;
  }
  return out;
}

std::vector<std::string> bullets(const std::vector<std::string>& lines) {
  std::vector<std::string> out;
  for (const std::string& line : lines) out.push_back(fmt::format("- {}\n", prose(line)));
  return out;
}

}  // namespace

std::string markdown(const Report& report, Language say) {
  std::string out = head(report, say);
  std::vector<std::string> left;
  for (const Leftover& item : report.leftover) left.push_back(leftover_line(item, say));
  std::vector<std::string> stale;
  for (const Stale& item : report.stale) stale.push_back(item.sentence);

  out += table(out.size(), heading(say("Left behind", "残留资源"), left.size(), say), "",
               bullets(left), say, kLeft);
  out +=
      table(out.size(),
            heading(say("Known deviations out of date", "已知偏离清单已失效"), stale.size(), say),
            "", bullets(stale), say, kStale);
  out += failed(out.size(), report, say);
  const auto section = [&](Verdict verdict, std::string_view what) {
    out += table(out.size(), heading(what, of(report, verdict).size(), say), table_head(say),
                 rows_of(groups_of(report, verdict), say), say);
  };
  section(Verdict::inconclusive, say("Inconclusive", "无法判定"));
  section(Verdict::known, say("Known deviations", "已知偏离"));
  if (!report.strict) {
    section(Verdict::finding, say("Findings for the documentation's authors", "给文档作者的发现"));
  }
  section(Verdict::skipped, say("Skipped, and what it would take", "跳过，以及所缺条件"));
  out += table(out.size(), heading(say("Noticed", "提示"), report.notices.size(), say), "",
               bullets(report.notices), say);
  return out;
}

}  // namespace flowlog
