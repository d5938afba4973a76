#include "mutation/page.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace flowlog::mutation {
namespace {

constexpr std::size_t kShown = 3;  // checks named in a cell

// Where a `|` would end the cell and a backtick the code.
std::string cell(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '|') out += '\\';
    out += c == '`' ? '\'' : c;
  }
  return out;
}

std::string checks(const VerdictChanges& changes) {
  const std::vector<std::string>* list = &changes.deviating;
  if (list->empty()) list = &changes.finding;
  if (list->empty()) list = &changes.inconclusive;
  std::vector<std::string> shown;
  for (std::size_t i = 0; i < list->size() && i < kShown; ++i) {
    shown.push_back('`' + cell((*list)[i]) + '`');
  }
  std::string text = join(shown, ", ");
  if (list->size() > kShown) text += fmt::format(" and {} more", list->size() - kShown);
  if (list == &changes.finding && !list->empty()) text += " (finding)";
  if (list == &changes.inconclusive && !list->empty()) text += " (inconclusive)";
  return text;
}

const char* word(const ScoreEntry& entry) {
  if (entry.good) return "yes";
  return entry.equivalent ? "equivalent" : "**no**";
}

long most(const std::vector<ScoreEntry>& entries) {
  long most = 0;
  for (const ScoreEntry& entry : entries) most = std::max(most, entry.requests);
  return most;
}

std::string table(const std::string& title, const std::string& said,
                  const std::vector<ScoreEntry>& entries) {
  if (entries.empty()) return {};
  std::string out = fmt::format("## {}: {} of {}\n\nAt most {} requests each.\n\n", title,
                                good(entries), entries.size(), most(entries));
  out += fmt::format("| | {} | requests | what turned, or why not |\n|---|---|---|---|\n", said);
  for (const ScoreEntry& entry : entries) {
    std::string why = checks(entry.changes);
    if (!entry.reason.empty()) why += (why.empty() ? "" : "; ") + cell(entry.reason);
    out +=
        fmt::format("| `{}` | {} | {} | {} |\n", cell(entry.id), word(entry), entry.requests, why);
  }
  return out + '\n';
}

}  // namespace

std::string page(const Scores& scores) {
  std::string out = fmt::format(
      "# Score\n\nWhat the suite makes of an endpoint that lies, of one that reads the "
      "documentation in another lawful way, and of one whose contract differs in one fact. "
      "Seed {}.\n\n",
      scores.seed);
  out += table("Deviations caught", "caught", scores.deviations);
  out += table("Lawful readings not accused", "lawful", scores.variants);
  out += table("Changed facts noticed or shown to be equivalent", "noticed", scores.mutants);
  out.pop_back();
  return out;
}

bool reached(const Scores& scores) {
  return good(scores.deviations) == scores.deviations.size() &&
         good(scores.variants) == scores.variants.size() &&
         good(scores.mutants) == scores.mutants.size();
}

std::string sum(const Scores& scores) {
  std::vector<std::string> parts;
  const auto add = [&](const std::vector<ScoreEntry>& entries, const char* what) {
    if (entries.empty()) return;
    parts.push_back(fmt::format("{} of {} {}", good(entries), entries.size(), what));
  };
  add(scores.deviations, "deviations caught");
  add(scores.variants, "lawful readings not accused");
  add(scores.mutants, "changed facts noticed");
  if (const auto same = std::ranges::count_if(scores.mutants, &ScoreEntry::equivalent); same > 0) {
    parts.back() += fmt::format(" ({} of them shown to be equivalent)", same);
  }
  return fmt::format(
      "Score {}: {}, with at most {} requests each.", reached(scores) ? "reached" : "not reached",
      join(parts, ", "),
      std::max({most(scores.deviations), most(scores.variants), most(scores.mutants)}));
}

std::string line(const ScoreEntry& entry) {
  const VerdictChanges& changes = entry.changes;
  std::string text = fmt::format("{} {}  {} requests  {} deviating, {} findings, {} inconclusive",
                                 entry.good         ? "  "
                                 : entry.equivalent ? "= "
                                                    : "! ",
                                 entry.id, entry.requests, changes.deviating.size(),
                                 changes.finding.size(), changes.inconclusive.size());
  if (!entry.reason.empty()) text += "  " + entry.reason;
  return text;
}

}  // namespace flowlog::mutation
