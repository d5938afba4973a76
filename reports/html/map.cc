#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "reports/html/markup.h"
#include "reports/html/parts.h"
#include "reports/html/words.h"

namespace flowlog::page {
namespace {

struct Group {
  std::string name;
  std::vector<const RowResult*> rows;
};

const Text* title_of(std::string_view group) {
  static const std::map<std::string_view, const Text*> titles{
      {"parameters", &words::kParameters},
      {"errors", &words::kErrors},
      {"answer", &words::kAnswer},
      {"notes", &words::kNotes},
      {"common", &words::kCommon},
      {"contradictions", &words::kContradictions},
      {"gaps", &words::kGaps}};
  const auto it = titles.find(group);
  return it == titles.end() ? nullptr : it->second;
}

// The rows by group: parameters and errors first, the others in the order of the contract.
std::vector<Group> groups_of(const Report& report) {
  std::vector<Group> groups{{"parameters", {}}, {"errors", {}}};
  for (const RowResult& row : report.rows) {
    auto it = std::find_if(groups.begin(), groups.end(),
                           [&](const Group& group) { return group.name == row.group; });
    if (it == groups.end()) it = groups.insert(groups.end(), Group{row.group, {}});
    it->rows.push_back(&row);
  }
  return groups;
}

// The check that gave the row its verdict.
const CheckResult* telling_check(const View& view, const RowResult& row) {
  const CheckResult* first = nullptr;
  for (const std::string& id : row.checks) {
    const CheckResult* check = view.check(id);
    if (check == nullptr) continue;
    if (check->verdict == row.verdict) return check;
    if (first == nullptr) first = check;
  }
  return first;
}

// A cell that leads to the row's checks, or tells that there are none.
std::string row_cell(const View& view, const RowResult& row, std::string_view shape,
                     const std::string& inside) {
  const CheckResult* check = telling_check(view, row);
  const std::string verdict =
      check == nullptr ? view.say(words::kNotLookedAt) : view.say(row.verdict);
  const std::string label = fmt::format("{} — {} — {}", escape(row.id),
                                        escape(brief(view.pick(row.title), 400)), verdict);
  if (check == nullptr) {
    return fmt::format("<span class=\"{} none\" id=\"{}\" title=\"{}\">{}</span>", shape,
                       anchor("r-", row.id), label, inside);
  }
  return fmt::format(
      "<a class=\"{} {}\" id=\"{}\" href=\"#{}\" data-row=\"{}\" title=\"{}\">{}{}</a>", shape,
      colour(row.verdict), anchor("r-", row.id), anchor("c-", check->id), escape(row.id), label,
      icon(row.verdict), inside);
}

std::string check_cell(const View& view, const CheckResult& check) {
  const std::string label =
      fmt::format("{} — {} — {}", escape(check.id), escape(brief(view.pick(check.title), 300)),
                  view.say(check.verdict));
  return fmt::format("<a class=\"cell {}\" href=\"#{}\" title=\"{}\" aria-label=\"{}\">{}</a>",
                     colour(check.verdict), anchor("c-", check.id), label, label,
                     icon(check.verdict));
}

// The checks of one parameter, by rule, in the plan's order.
using Rules = std::vector<std::pair<std::string_view, std::vector<const CheckResult*>>>;

std::string rule_cells(const View& view, const Rules& rules) {
  std::string out;
  for (const auto& [rule, checks] : rules) {
    out += fmt::format("<span class=\"rule\"><i>{}</i>", escape(rule));
    for (const CheckResult* check : checks) out += check_cell(view, *check);
    out += "</span>";
  }
  return out;
}

std::map<std::string_view, Rules> rules_of(const Report& report) {
  std::map<std::string_view, Rules> parameters;
  for (const CheckResult& check : report.checks) {
    const CheckName id = parse_check_id(check.id);
    if (id.parameter.empty()) continue;
    Rules& rules = parameters[id.parameter];
    auto it = std::find_if(rules.begin(), rules.end(),
                           [&](const auto& entry) { return entry.first == id.rule; });
    if (it == rules.end()) it = rules.insert(rules.end(), {id.rule, {}});
    it->second.push_back(&check);
  }
  return parameters;
}

std::string parameter_map(const View& view, const Group& group) {
  std::map<std::string_view, Rules> rules = rules_of(view.report());
  std::string out;
  for (const RowResult* row : group.rows) {
    const std::string label = row_label(*row, view.pick(row->title));
    out +=
        fmt::format("<li>{}<div class=\"rules\">{}</div></li>",
                    row_cell(view, *row, "tile", fmt::format("<span>{}</span>", breakable(label))),
                    rule_cells(view, rules[label]));
    rules.erase(label);
  }
  for (const auto& [parameter, checks] : rules) {
    out += fmt::format(
        "<li><span class=\"tile none\"><span>{}</span></span><div class=\"rules\">{}</div></li>",
        breakable(parameter), rule_cells(view, checks));
  }
  return fmt::format("<ul class=\"parameters\">{}</ul>", out);
}

std::string tile_map(const View& view, const Group& group) {
  std::string out;
  for (const RowResult* row : group.rows) {
    const std::string& title = view.pick(row->title);
    std::string inside =
        fmt::format("<span>{}</span>", breakable(brief(row_label(*row, title), 100)));
    if (group.name == "errors") {
      const std::string number = row->id.substr(std::min(row->id.find('/') + 1, row->id.size()));
      inside = fmt::format("<small>{}</small>{}", escape(number), inside);
    }
    out += fmt::format("<li>{}</li>", row_cell(view, *row, "tile", inside));
  }
  return fmt::format("<ul class=\"tiles\">{}</ul>", out);
}

std::string group_map(const View& view, const Group& group) {
  const Text* title = title_of(group.name);
  const auto looked_at =
      std::count_if(group.rows.begin(), group.rows.end(),
                    [&](const RowResult* row) { return telling_check(view, *row) != nullptr; });
  return fmt::format(
      "<div class=\"group\"><h3>{} <span class=\"count\">{}</span></h3>{}</div>",
      title == nullptr ? escape(group.name) : view.say(*title),
      view.say(words::kCovered, looked_at, group.rows.size()),
      group.name == "parameters" ? parameter_map(view, group) : tile_map(view, group));
}

std::string legend(const View& view) {
  std::string out;
  for (Verdict verdict : {Verdict::conformant, Verdict::deviating, Verdict::finding, Verdict::known,
                          Verdict::inconclusive, Verdict::skipped}) {
    out += fmt::format("<li class=\"{}\"><span class=\"cell {}\">{}</span>{}</li>", colour(verdict),
                       colour(verdict), icon(verdict), view.say(verdict));
  }
  return fmt::format("<ul class=\"legend\">{}<li><span class=\"cell none\"></span>{}</li></ul>",
                     out, view.say(words::kNotLookedAt));
}

}  // namespace

std::string map(const View& view) {
  std::string out;
  for (const Group& group : groups_of(view.report())) {
    if (!group.rows.empty() || group.name == "parameters") out += group_map(view, group);
  }
  return fmt::format("<section id=\"map\"><h2>{}</h2><p class=\"hint\">{}</p>{}{}</section>",
                     view.say(words::kMap), view.say(words::kMapHint), legend(view), out);
}

}  // namespace flowlog::page
