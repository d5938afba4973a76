#include "reports/check_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "reports/printable.h"

namespace flowlog {
namespace {

constexpr std::size_t kLine = 600;  // bytes of a line that a server had a hand in

const RowResult* find_row(const Report& report, std::string_view id) {
  const auto found = std::find_if(report.rows.begin(), report.rows.end(),
                                  [&](const RowResult& row) { return row.id == id; });
  return found == report.rows.end() ? nullptr : &*found;
}

// Where a value as show() writes it (`"a" × 16 + "b"`) ends that begins with the quote at `at`.
std::size_t shown_end(std::string_view text, std::size_t at) {
  constexpr std::string_view kTimes = " × ";
  constexpr std::string_view kPlus = " + \"";
  while (true) {
    at = text.find('"', at + 1);
    if (at == std::string_view::npos) return text.size();
    ++at;
    if (text.substr(at).starts_with(kTimes)) {
      at = std::min(text.find_first_not_of("0123456789", at + kTimes.size()), text.size());
    }
    if (!text.substr(at).starts_with(kPlus)) return at;
    at += kPlus.size() - 1;
  }
}

constexpr std::size_t kShortestId = 6;  // what is shorter may as well be a word

// The value of the first member FlowLogId of an answer, however broken the answer.
std::string flow_log_id_in(std::string_view body) {
  constexpr std::string_view kMark = "\"FlowLogId\"";
  const std::size_t mark = body.find(kMark);
  if (mark == std::string_view::npos) return {};
  const std::size_t begin = body.find('"', mark + kMark.size());
  if (begin == std::string_view::npos) return {};
  const std::size_t end = body.find('"', begin + 1);
  return end == std::string_view::npos ? "" : std::string(body.substr(begin + 1, end - begin - 1));
}

}  // namespace

std::vector<std::string> documented(const Report& report, const CheckResult& check, Language say) {
  std::vector<std::string> out;
  for (const std::string& id : check.rows) {
    const RowResult* row = find_row(report, id);
    const std::string title = row == nullptr ? "" : excerpt(say(row->title), kLine);
    out.push_back(title.empty() ? printable(id)
                                : fmt::format("{}{}{}", printable(id), say(": ", "："), title));
  }
  return out;
}

std::string answer_line(const Evidence& evidence, Language say) {
  if (evidence.status == 0) {
    return fmt::format("{}{}", say("no answer: ", "没有应答："), excerpt(evidence.failure, kLine));
  }
  std::string out = fmt::format("HTTP {}", evidence.status);
  if (!evidence.request_id.empty()) {
    out += fmt::format(" · RequestId {}", printable(evidence.request_id));
  }
  return out;
}

std::string answer_line(const CheckResult& check, Language say) {
  if (!check.example) return "";
  const Evidence& evidence = *check.example;
  if (evidence.status == 0 && evidence.failure == check.observed) return "";
  return answer_line(evidence, say);
}

const std::string& headline(const CheckResult& check) {
  if (check.verdict == Verdict::known && !check.known.empty()) return check.known;
  const bool meaning_first = check.verdict == Verdict::finding || check.verdict == Verdict::skipped;
  const std::string& first = meaning_first ? check.message : check.observed;
  return first.empty() ? (meaning_first ? check.observed : check.message) : first;
}

std::vector<std::pair<std::string, std::string>> request_lines(const Evidence& evidence) {
  std::vector<std::pair<std::string, std::string>> out;
  for (const auto& [name, value] : evidence.params) {
    if (name == "Action" || name == "Version") continue;
    out.emplace_back(excerpt(name, 100), show(value));
  }
  return out;
}

std::string without_ids(std::string_view line) {
  std::string out(line);
  for (const std::string_view name :
       {", RequestId \"", ", FlowLogId \"", "，RequestId \"", "，FlowLogId \""}) {
    for (std::size_t at = out.find(name); at != std::string::npos; at = out.find(name, at)) {
      out.erase(at, shown_end(out, at + name.size() - 1) - at);
    }
  }
  return out;
}

std::vector<const Evidence*> evidence_of(const CheckResult& check) {
  std::vector<const Evidence*> out;
  for (const Evidence& step : check.steps) out.push_back(&step);
  if (out.empty() && check.example) out.push_back(&*check.example);
  return out;
}

std::string stable(const CheckResult& check, std::string_view text) {
  std::string out = without_ids(text);
  std::vector<const Evidence*> seen = evidence_of(check);
  if (check.example) seen.push_back(&*check.example);
  if (check.original) seen.push_back(&*check.original);
  for (const Evidence* evidence : seen) {
    for (const std::string& id : {evidence->request_id, flow_log_id_in(evidence->body)}) {
      if (id.size() < kShortestId) continue;
      for (std::size_t at = out.find(id); at != std::string::npos; at = out.find(id, at)) {
        out.replace(at, id.size(), "…");
      }
    }
  }
  return out;
}

std::vector<const CheckResult*> of(const Report& report, Verdict verdict) {
  std::vector<const CheckResult*> out;
  for (const CheckResult& check : report.checks) {
    if (check.verdict == verdict) out.push_back(&check);
  }
  return out;
}

std::string leftover_line(const Leftover& left, Language say) {
  const std::string what = left.flow_log_id.empty()
                               ? std::string(say("a flow log of unknown id", "未知 ID 的流日志"))
                               : excerpt(left.flow_log_id, 100);
  return fmt::format(fmt::runtime(say("{} on {} (account {}, name {}): {}",
                                      "{}，资源 {}（账号 {}，名称 {}）：{}")),
                     what, excerpt(left.resource_id, 100), printable(left.account), show(left.name),
                     excerpt(left.reason, kLine));
}

std::string totals_line(const Report& report, Language say) {
  const auto totals = report.totals();
  std::vector<std::string> parts;
  for (const Verdict verdict : {Verdict::conformant, Verdict::deviating, Verdict::inconclusive,
                                Verdict::known, Verdict::finding, Verdict::skipped}) {
    const int n = totals.at(verdict);
    if (n > 0) parts.push_back(fmt::format("{} {}", n, say(verdict)));
  }
  return join(parts, " · ");
}

std::string heading(std::string_view what, std::size_t n, Language say) {
  return fmt::format(fmt::runtime(say("{} ({})", "{}（{}）")), what, n);
}

std::string duration(double seconds) {
  if (!std::isfinite(seconds) || seconds < 0) seconds = 0;
  if (seconds < 99.95) return fmt::format("{:.1f} s", seconds);
  const long whole = std::lround(seconds);
  return fmt::format("{} min {} s", whole / 60, whole % 60);
}

}  // namespace flowlog
