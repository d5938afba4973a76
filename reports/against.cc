#include "reports/against.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <unordered_map>

#include "base/text.h"
#include "reports/check_text.h"
#include "reports/chinese.h"
#include "reports/printable.h"

namespace flowlog {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kObservedBytes = 300;

// The head of a list of checks.
std::string judged_once_line(std::size_t n, Language say) {
  return fmt::format(
      fmt::runtime(say("{0} judged at one of them only:", "{1} 项检查仅在一处得到判定：")),
      counted(n, "check"), n);
}

std::string planned_otherwise_line(std::size_t n, Language say) {
  return fmt::format(
      fmt::runtime(say("{0} with other requests, as the profiles offer other resources:",
                       "{1} 项检查因两份配置的资源不同而发送了不同的请求：")),
      counted(n, "check"), n);
}

bool was_judged(const CheckResult& check) {
  return check.verdict != Verdict::skipped && check.verdict != Verdict::inconclusive;
}

// "400 InvalidX", "200": what an answer comes to.
std::string answer_shape(const CheckResult& check) {
  if (!check.example) return "";
  const auto body = nlohmann::json::parse(check.example->body, nullptr, false);
  std::string code;
  if (body.is_object() && body.contains("ResponseMetadata")) {
    const auto& metadata = body["ResponseMetadata"];
    if (metadata.is_object() && metadata.contains("Error") && metadata["Error"].is_object()) {
      const auto found = metadata["Error"].find("Code");
      if (found != metadata["Error"].end() && found->is_string()) code = found->get<std::string>();
    }
  }
  return fmt::format("{} {}", check.example->status, code);
}

std::string seen_line(const CheckResult& check) {
  const std::string& line = check.observed.empty() ? check.message : check.observed;
  return excerpt(stable(check, line), kObservedBytes);
}

std::string place_of(const Report& report) {
  return report.profile.empty() ? report.endpoint
                                : fmt::format("{}, {}", report.profile, report.endpoint);
}

void compare_rows(const Report& first, const Report& second, Against& out) {
  std::unordered_map<std::string, Verdict> other;
  for (const RowResult& row : second.rows) other.emplace(row.id, row.verdict);
  for (const RowResult& row : first.rows) {
    RowAgainst differing{row.id, row.title, row.verdict, row.verdict, {}};
    if (const auto found = other.find(row.id); found != other.end()) {
      differing.second = found->second;
    }
    for (const CheckAgainst& check : out.checks) {
      if (std::ranges::find(row.checks, check.id) != row.checks.end()) {
        differing.checks.push_back(check.id);
      }
    }
    if (!differing.checks.empty()) out.rows.push_back(std::move(differing));
  }
}

Json checks_json(const Against& against) {
  Json out = Json::array();
  for (const CheckAgainst& check : against.checks) {
    out.push_back(
        {{"id", check.id},
         {"title", {{"en", check.title.en}, {"zh", check.title.zh}}},
         {"first", {{"verdict", name(check.first)}, {"observed", check.first_observed}}},
         {"second", {{"verdict", name(check.second)}, {"observed", check.second_observed}}}});
  }
  return out;
}

std::string html_text(std::string_view text) {
  std::string out;
  for (const char c : printable(text)) {
    if (std::string_view("&<>\"'`").find(c) == std::string_view::npos) {
      out += c;
    } else {
      out += fmt::format("&#{};", static_cast<int>(c));
    }
  }
  return out;
}

std::string sum_line(const Against& against, Language say) {
  if (against.compared == 0) {
    return std::string(
        say("NOT COMPARED: no check was judged at both", "未比较：没有检查在两处都得到判定"));
  }
  if (!against.differs()) {
    return fmt::format(
        fmt::runtime(say("SAME: {0} came to the same at both", "一致：{1} 项检查在两处结论相同")),
        counted(against.compared, "check"), against.compared);
  }
  return fmt::format(fmt::runtime(say("DIFFERENT: {0} and {1} of {2} differ",
                                      "不同：{3} 行文档、{1} 项检查不同（共比较 {4} 项）")),
                     counted(against.rows.size(), "row"), against.checks.size(),
                     counted(against.compared, "check"), against.rows.size(), against.compared);
}

const CheckAgainst* differing_check(const Against& against, const std::string& id) {
  const auto found = std::ranges::find(against.checks, id, &CheckAgainst::id);
  return found == against.checks.end() ? nullptr : &*found;
}

// The checks that cite no row come last, under none.
std::vector<const CheckAgainst*> without_row(const Against& against) {
  std::vector<const CheckAgainst*> out;
  for (const CheckAgainst& check : against.checks) {
    const bool cited = std::ranges::any_of(against.rows, [&](const RowAgainst& row) {
      return std::ranges::find(row.checks, check.id) != row.checks.end();
    });
    if (!cited) out.push_back(&check);
  }
  return out;
}

std::string two_sides(const CheckAgainst& check, const Style& style) {
  const auto side = [&](Verdict verdict, const std::string& seen) {
    return fmt::format("{} {}", style.ink(ink_of(verdict), style.say(verdict)),
                       printable(as_told(seen, style.say)));
  };
  return fmt::format("    {}\n      1: {}\n      2: {}\n", printable(check.id),
                     side(check.first, check.first_observed),
                     side(check.second, check.second_observed));
}

std::string table_row(const std::string& row, const CheckAgainst& check, Language say) {
  return fmt::format(
      "<tr><td>{}</td><td>{}<br><small>{}</small></td><td>{}<br>{}</td><td>{}<br>{}</td></tr>\n",
      html_text(row), html_text(check.id), html_text(say(check.title)), html_text(say(check.first)),
      html_text(as_told(check.first_observed, say)), html_text(say(check.second)),
      html_text(as_told(check.second_observed, say)));
}

std::string html_list(const std::vector<std::string>& ids,
                      std::string (*title)(std::size_t, Language), Language say) {
  if (ids.empty()) return "";
  std::string items;
  for (const std::string& id : ids) items += fmt::format("<li>{}</li>\n", html_text(id));
  return fmt::format("<p>{}</p>\n<ul>\n{}</ul>\n", html_text(title(ids.size(), say)), items);
}

}  // namespace

Against against(const Report& first, const Report& second,
                const std::set<std::string>& by_verdict) {
  Against out;
  out.first = place_of(first);
  out.second = place_of(second);
  std::unordered_map<std::string, const CheckResult*> others;
  for (const CheckResult& check : second.checks) others.emplace(check.id, &check);
  for (const CheckResult& check : first.checks) {
    const auto found = others.find(check.id);
    const CheckResult* other = found == others.end() ? nullptr : found->second;
    if (other == nullptr || was_judged(check) != was_judged(*other))
      out.judged_once.push_back(check.id);
    if (other == nullptr || !was_judged(check) || !was_judged(*other)) continue;
    ++out.compared;
    const bool other_answer =
        !by_verdict.contains(check.id) && answer_shape(check) != answer_shape(*other);
    if (check.verdict == other->verdict && !other_answer) continue;
    out.checks.push_back({check.id, check.title, check.verdict, other->verdict, seen_line(check),
                          seen_line(*other)});
  }
  compare_rows(first, second, out);
  return out;
}

std::string last_line(const Against& against, Language say, int exit_status) {
  const std::string status =
      fmt::format(fmt::runtime(say(" (exit status {})", "（退出码 {}）")), exit_status);
  return sum_line(against, say) + status + '\n';
}

std::string text(const Against& against, const Style& style, int exit_status) {
  const Language& say = style.say;
  std::string out =
      fmt::format("1: {}\n2: {}\n", printable(against.first), printable(against.second));
  for (const RowAgainst& row : against.rows) {
    out += fmt::format("  {} {}{}{} / {}\n", say("row", "文档行"), printable(row.id),
                       say(": ", "："), style.ink(ink_of(row.first), say(row.first)),
                       style.ink(ink_of(row.second), say(row.second)));
    for (const std::string& id : row.checks) {
      if (const CheckAgainst* check = differing_check(against, id)) out += two_sides(*check, style);
    }
  }
  for (const CheckAgainst* check : without_row(against)) out += two_sides(*check, style);
  const auto list = [&](const std::vector<std::string>& ids, auto title) {
    if (ids.empty()) return;
    out += fmt::format("  {}\n", title(ids.size(), say));
    for (const std::string& id : ids) out += fmt::format("    {}\n", printable(id));
  };
  list(against.judged_once, judged_once_line);
  list(against.planned_otherwise, planned_otherwise_line);
  return defuse(out) + last_line(against, say, exit_status);
}

std::string json(const Against& against) {
  Json rows = Json::array();
  for (const RowAgainst& row : against.rows) {
    rows.push_back({{"id", row.id},
                    {"title", {{"en", row.title.en}, {"zh", row.title.zh}}},
                    {"first", name(row.first)},
                    {"second", name(row.second)},
                    {"checks", row.checks}});
  }
  const Json out = {{"schema", 1},
                    {"first", against.first},
                    {"second", against.second},
                    {"differs", against.differs()},
                    {"compared", against.compared},
                    {"rows", std::move(rows)},
                    {"checks", checks_json(against)},
                    {"judged_once", against.judged_once},
                    {"planned_otherwise", against.planned_otherwise}};
  return out.dump(1, ' ', false, Json::error_handler_t::replace) + '\n';
}

std::string html(const Against& against, Language say) {
  std::string rows;
  for (const RowAgainst& row : against.rows) {
    for (const std::string& id : row.checks) {
      if (const CheckAgainst* check = differing_check(against, id))
        rows += table_row(row.id, *check, say);
    }
  }
  for (const CheckAgainst* check : without_row(against)) rows += table_row("", *check, say);
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"{}\">\n<head><meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
      "'unsafe-inline'\">\n<title>{}</title>\n<style>body{{font-family:sans-serif;margin:2em}}"
      "table{{border-collapse:collapse}}td,th{{border:1px solid #999;padding:.4em;"
      "text-align:left;vertical-align:top}}</style></head>\n<body>\n<h1>{}</h1>\n"
      "<p>1: {}<br>2: {}</p>\n<table>\n<tr><th>{}</th><th>{}</th><th>1</th><th>2</th></tr>\n{}"
      "</table>\n{}{}</body>\n</html>\n",
      say("en", "zh-CN"), html_text(sum_line(against, say)), html_text(sum_line(against, say)),
      html_text(against.first), html_text(against.second), say("Row", "文档行"),
      say("Check", "检查"), rows, html_list(against.judged_once, judged_once_line, say),
      html_list(against.planned_otherwise, planned_otherwise_line, say));
}

}  // namespace flowlog
