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

constexpr std::size_t kHardest = 20;

// What came of the entries of one kind. Each is in one column.
struct Tally {
  std::size_t deviating = 0;     // a check deviates
  std::size_t finding = 0;       // else, one is a finding
  std::size_t inconclusive = 0;  // else, one cannot be judged any more
  std::size_t equivalent = 0;
  std::size_t unreachable = 0;
  std::size_t missed = 0;
};

Tally tally(const std::vector<ScoreEntry>& entries) {
  Tally tally;
  for (const ScoreEntry& entry : entries) {
    if (entry.unreachable) {
      ++tally.unreachable;
    } else if (entry.equivalent) {
      ++tally.equivalent;
    } else if (!entry.good) {
      ++tally.missed;
    } else if (!entry.changes.deviating.empty()) {
      ++tally.deviating;
    } else {
      ++(entry.changes.finding.empty() ? tally.inconclusive : tally.finding);
    }
  }
  return tally;
}

std::string totals(const std::string& title, const std::vector<ScoreEntry>& entries) {
  const Tally sum = tally(entries);
  return fmt::format("| {} | {} | {} | {} | {} | {} | {} | {} | {} |\n", title, entries.size(),
                     sum.deviating, sum.finding, sum.inconclusive, sum.equivalent, sum.unreachable,
                     sum.missed, most(entries));
}

std::size_t seen_by(const ScoreEntry& entry) {
  return entry.changes.deviating.size() + entry.changes.finding.size() +
         entry.changes.inconclusive.size();
}

// The lies that the fewest checks notice; of those, the ones that took most requests.
std::string hardest(std::vector<ScoreEntry> lies) {
  std::ranges::stable_sort(lies, [](const ScoreEntry& a, const ScoreEntry& b) {
    return seen_by(a) != seen_by(b) ? seen_by(a) < seen_by(b) : a.requests > b.requests;
  });
  std::string out = "## The hardest lies\n\nThe fewest checks notice them.\n\n";
  out += "| lie | noticed by |\n|---|---|\n";
  for (std::size_t i = 0; i < lies.size() && i < kHardest; ++i) {
    out += fmt::format("| `{}` | {} |\n", cell(lies[i].id), checks(lies[i].changes));
  }
  return out;
}

std::vector<const std::vector<ScoreEntry>*> all_of(const Scores& scores) {
  return {&scores.deviations, &scores.variants, &scores.action_deviations, &scores.action_variants,
          &scores.mutants};
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
      "# Score\n\nWhat the suite makes of an endpoint that lies, of one whose contract differs in "
      "one fact, and of one that reads the documentation in another lawful way.\n\n"
      "Each is an embedded mock that is honest but for the one thing. A lie counts when the checks "
      "that the table names for it turn, and no others; a changed fact when a check that cites its "
      "row turns. Equivalent is a fact that no answer can tell from the truth, shown by a request "
      "that is lawful either way; unreachable is one that no request brings about. Seed {}.\n\n",
      scores.seed);
  out +=
      "| | of | deviating | only a finding | only inconclusive | equivalent | unreachable | "
      "missed | requests at most |\n|---|---|---|---|---|---|---|---|---|\n";
  if (!scores.deviations.empty()) out += totals("lies", scores.deviations);
  if (!scores.action_deviations.empty()) {
    out += totals("lies of the other actions", scores.action_deviations);
  }
  if (!scores.mutants.empty()) out += totals("changed facts", scores.mutants);
  out += '\n';
  if (!scores.variants.empty()) {
    out += fmt::format("Lawful readings that nothing is said against: {} of {}.\n\n",
                       good(scores.variants), scores.variants.size());
  }
  if (!scores.action_variants.empty()) {
    out += fmt::format("The same of the other actions: {} of {}.\n\n", good(scores.action_variants),
                       scores.action_variants.size());
  }
  if (!scores.deviations.empty()) out += hardest(scores.deviations) + '\n';
  return out +
         "`flowlog-conformance score --write FILE` writes this page, `--tables FILE` every lie, "
         "reading and fact with what noticed it.\n";
}

std::string tables(const Scores& scores) {
  std::string out = fmt::format("# Score, every mark\n\nSeed {}.\n\n", scores.seed);
  out += table("Deviations caught", "caught", scores.deviations);
  out += table("Lawful readings not accused", "lawful", scores.variants);
  out += table("Deviations of the other actions caught", "caught", scores.action_deviations);
  out +=
      table("Lawful readings of the other actions not accused", "lawful", scores.action_variants);
  out += table("Changed facts noticed or shown to be equivalent", "noticed", scores.mutants);
  out.pop_back();
  return out;
}

bool empty(const Scores& scores) {
  return std::ranges::all_of(all_of(scores), &std::vector<ScoreEntry>::empty);
}

bool reached(const Scores& scores) {
  return std::ranges::all_of(all_of(scores), [](const std::vector<ScoreEntry>* entries) {
    return good(*entries) == entries->size();
  });
}

std::string sum(const Scores& scores) {
  std::vector<std::string> parts;
  const auto add = [&](const std::vector<ScoreEntry>& entries, const char* what) {
    if (entries.empty()) return;
    parts.push_back(fmt::format("{} of {} {}", good(entries), entries.size(), what));
  };
  add(scores.deviations, "deviations caught");
  add(scores.variants, "lawful readings not accused");
  add(scores.action_deviations, "deviations of the other actions caught");
  add(scores.action_variants, "lawful readings of the other actions not accused");
  add(scores.mutants, "changed facts noticed");
  if (const auto same = std::ranges::count_if(scores.mutants, &ScoreEntry::equivalent); same > 0) {
    parts.back() += fmt::format(" ({} of them shown to be equivalent)", same);
  }
  long requests = 0;
  for (const auto* entries : all_of(scores)) requests = std::max(requests, most(*entries));
  return fmt::format("Score {}: {}, with at most {} requests each.",
                     reached(scores) ? "reached" : "not reached", join(parts, ", "), requests);
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
