#include "reports/html/view.h"

#include <cmath>

#include "reports/html/markup.h"

namespace flowlog::page {
namespace {

std::string_view before(std::string_view text, char mark) {
  return text.substr(0, text.find(mark));
}

}  // namespace

CheckName parse_check_id(std::string_view id) {
  CheckName name;
  const std::string_view clause = before(id, '/');
  if (clause.size() < id.size()) name.variety = id.substr(clause.size() + 1);
  name.theme = before(clause, '.');
  if (name.theme != "param" || name.theme.size() == clause.size()) return name;
  const std::string_view rest = clause.substr(name.theme.size() + 1);
  const std::size_t dot = rest.rfind('.');
  name.parameter = rest.substr(0, dot);
  if (dot != std::string_view::npos) name.rule = rest.substr(dot + 1);
  return name;
}

View::View(const Report& report, const std::string& lang) : report_(report), language_(lang) {
  for (const CheckResult& check : report.checks) checks_.emplace(check.id, &check);
  for (const RowResult& row : report.rows) rows_.emplace(row.id, &row);
}

std::string View::say(const Text& words) const {
  return escape(pick(words));
}

const CheckResult* View::check(std::string_view id) const {
  const auto it = checks_.find(id);
  return it == checks_.end() ? nullptr : it->second;
}

const RowResult* View::row(std::string_view id) const {
  const auto it = rows_.find(id);
  return it == rows_.end() ? nullptr : it->second;
}

std::vector<const CheckResult*> View::with(Verdict verdict) const {
  std::vector<const CheckResult*> found;
  for (const CheckResult& check : report_.checks) {
    if (check.verdict == verdict) found.push_back(&check);
  }
  return found;
}

int View::count(Verdict verdict) const {
  int n = 0;
  for (const CheckResult& check : report_.checks) n += check.verdict == verdict ? 1 : 0;
  return n;
}

std::string View::duration(double seconds) const {
  if (!std::isfinite(seconds) || seconds < 0) seconds = 0;
  if (seconds < 0.0995) return fmt::format("{:.2g} ms", seconds * 1000);
  if (seconds < 0.9995) return fmt::format("{:.0f} ms", seconds * 1000);
  if (seconds < 59.95) return fmt::format("{:.1f} s", seconds);
  const long whole = std::lround(std::min(seconds, 1e9));
  if (whole < 3600) return fmt::format("{} min {} s", whole / 60, whole % 60);
  return fmt::format("{} h {} min", whole / 3600, whole / 60 % 60);
}

std::string grouped(long value) {
  std::string digits = std::to_string(value < 0 ? 0 : value);
  for (std::size_t i = digits.size(); i > 3; i -= 3) digits.insert(i - 3, 1, ',');
  return digits;
}

std::string row_label(const RowResult& row, const std::string& title) {
  if (row.group == "errors") {
    const std::size_t space = title.find(' ');
    const std::size_t colon = title.find(':');
    if (space != std::string::npos && space < colon) {
      return title.substr(space + 1, colon == std::string::npos ? colon : colon - space - 1);
    }
  }
  const std::size_t slash = row.id.find('/');
  return slash == std::string::npos ? row.id : row.id.substr(slash + 1);
}

std::string colour(Verdict verdict) {
  return fmt::format("v-{}", name(verdict));
}

std::string icon(Verdict verdict) {
  return fmt::format("<svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-{}\"/></svg>",
                     name(verdict));
}

}  // namespace flowlog::page
