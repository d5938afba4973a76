#include "reports/diff.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <unordered_map>
#include <unordered_set>

#include "base/counted.h"
#include "reports/printable.h"

namespace flowlog {
namespace {

// How far a verdict is from "as documented".
int distance(Verdict verdict) {
  switch (verdict) {
    case Verdict::conformant:
    case Verdict::skipped:
      return 0;
    case Verdict::finding:
      return 1;
    case Verdict::known:
      return 2;
    case Verdict::inconclusive:
      return 3;
    case Verdict::deviating:
      return 4;
  }
  return 4;
}

// REQUIRES: the two differ.
Turn turn_of(std::optional<Verdict> before, std::optional<Verdict> after) {
  if (!after) return Turn::gone;
  if (!before) return Turn::fresh;
  if (*after == Verdict::skipped) return Turn::unjudged;
  if (*before == Verdict::skipped) return Turn::judged;
  return distance(*after) > distance(*before) ? Turn::worse : Turn::better;
}

// `Item` is a CheckResult or a RowResult.
template <typename Item>
std::vector<Change> changes(const std::vector<Item>& before, const std::vector<Item>& after,
                            const std::string& (*observed)(const Item&)) {
  std::unordered_map<std::string, const Item*> old;
  for (const Item& item : before) old.emplace(item.id, &item);
  std::vector<Change> out;
  for (const Item& item : after) {
    Change change{item.id, item.title, std::nullopt, item.verdict, observed(item)};
    if (const auto found = old.find(item.id); found != old.end()) {
      change.before = found->second->verdict;
      old.erase(found);
    }
    if (change.before == change.after) continue;
    change.turn = turn_of(change.before, change.after);
    out.push_back(std::move(change));
  }
  for (const Item& item : before) {
    if (!old.contains(item.id)) continue;
    out.push_back({item.id, item.title, item.verdict, std::nullopt, "", Turn::gone});
  }
  return out;
}

const std::string& observed(const CheckResult& check) {
  return check.observed.empty() ? check.message : check.observed;
}

const std::string& nothing(const RowResult& /*row*/) {
  static const std::string kNone;
  return kNone;
}

// Of `report`, what `other` holds as well, with the rows' verdicts by that alone: a row is not
// better because fewer checks looked at it.
Report shared(const Report& report, const Report& other) {
  std::unordered_set<std::string> ids;
  for (const CheckResult& check : other.checks) ids.insert(check.id);
  Report out;
  std::ranges::copy_if(report.checks, std::back_inserter(out.checks),
                       [&](const CheckResult& check) { return ids.contains(check.id); });
  out.rows = report.rows;
  tally_rows(out);
  return out;
}

std::size_t count(const std::vector<Change>& changes, Turn turn) {
  return static_cast<std::size_t>(std::count_if(
      changes.begin(), changes.end(), [&](const Change& change) { return change.turn == turn; }));
}

std::string verdict_word(std::optional<Verdict> verdict, const Style& style) {
  if (!verdict) return "–";
  return style.ink(ink_of(*verdict), style.say(*verdict));
}

struct Section {
  Turn turn;
  Ink ink;
  std::string_view en;
  std::string_view zh;
};

constexpr Section kSections[] = {
    {Turn::worse, Ink::red, "Worse", "变差"},
    {Turn::better, Ink::green, "Better", "变好"},
    {Turn::fresh, Ink::cyan, "New", "新增"},
    {Turn::gone, Ink::dim, "Gone", "消失"},
    {Turn::unjudged, Ink::dim, "No longer judged", "不再判定"},
    {Turn::judged, Ink::cyan, "Judged now", "现可判定"},
};

void list(std::string& out, const std::vector<Change>& changes, Turn turn, const Style& style,
          std::string_view noun) {
  for (const Change& change : changes) {
    if (change.turn != turn) continue;
    out += fmt::format("  {} {}{}{} → {}\n", noun, printable(change.id), style.say(": ", "："),
                       verdict_word(change.before, style), verdict_word(change.after, style));
    const std::string& title = style.say(change.title);
    if (!title.empty()) out += "      " + wrap(style, excerpt(title, 300), 6) + '\n';
    if (turn == Turn::worse && !change.observed.empty()) {
      out += "      " + wrap(style, excerpt(change.observed, 300), 6) + '\n';
    }
  }
}

void compare(std::vector<std::string>& out, std::string_view what, const std::string& before,
             const std::string& after) {
  if (before == after) return;
  out.push_back(fmt::format("{}: {} → {}", what, printable(before), printable(after)));
}

}  // namespace

bool Diff::worse() const {
  return count(rows, Turn::worse) + count(checks, Turn::worse) > 0;
}

Diff diff(const Report& before, const Report& after) {
  Diff out;
  if (!before.embedded || !after.embedded) {
    compare(out.differs, "endpoint", before.endpoint, after.endpoint);
  }
  compare(out.differs, "contract", before.contract, after.contract);
  compare(out.differs, "seed", before.seed, after.seed);
  compare(out.differs, "program", before.program_version, after.program_version);
  if (!before.complete) out.differs.emplace_back("the earlier run was not complete");
  if (!after.complete) out.differs.emplace_back("the later run was not complete");
  out.rows = changes<RowResult>(shared(before, after).rows, shared(after, before).rows, nothing);
  out.checks = changes<CheckResult>(before.checks, after.checks, observed);
  return out;
}

std::string text(const Diff& diff, const Style& style) {
  const Language& say = style.say;
  std::string out;
  for (const std::string& line : diff.differs) out += line + '\n';
  for (const Section& section : kSections) {
    const std::size_t rows = count(diff.rows, section.turn);
    const std::size_t checks = count(diff.checks, section.turn);
    if (rows + checks == 0) continue;
    const std::string counts = fmt::format(
        fmt::runtime(say("{0}: {3}, {4}", "{0}：{1} 行文档，{2} 项检查")),
        say(section.en, section.zh), rows, checks, counted(rows, "row"), counted(checks, "check"));
    out += (out.empty() ? "" : "\n") + style.ink(section.ink, counts) + '\n';
    list(out, diff.rows, section.turn, style, say("row", "文档行"));
    list(out, diff.checks, section.turn, style, say("check", "检查"));
  }
  const std::size_t turned = diff.checks.size() + diff.rows.size();
  if (!out.empty()) out += '\n';
  if (turned == 0) {
    out += say("NOTHING TURNED: both runs came to the same", "无变化：两次运行结论相同");
  } else {
    out += fmt::format(
        fmt::runtime(say("{0}: {3} and {4} turned", "{0}：{1} 行文档、{2} 项检查有变化")),
        diff.worse() ? say("WORSE", "变差") : say("NOT WORSE", "未变差"), diff.rows.size(),
        diff.checks.size(), counted(diff.rows.size(), "row"), counted(diff.checks.size(), "check"));
  }
  return defuse(out + '\n');
}

}  // namespace flowlog
