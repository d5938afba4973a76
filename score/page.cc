#include "score/page.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace flowlog::score {
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

std::string checks(const Turned& turned) {
  const std::vector<std::string>* list = &turned.deviating;
  if (list->empty()) list = &turned.finding;
  if (list->empty()) list = &turned.inconclusive;
  std::vector<std::string> shown;
  for (std::size_t i = 0; i < list->size() && i < kShown; ++i) {
    shown.push_back('`' + cell((*list)[i]) + '`');
  }
  std::string text = join(shown, ", ");
  if (list->size() > kShown) text += fmt::format(" and {} more", list->size() - kShown);
  if (list == &turned.finding && !list->empty()) text += " (finding)";
  if (list == &turned.inconclusive && !list->empty()) text += " (inconclusive)";
  return text;
}

const char* word(const Mark& mark) {
  if (mark.good) return "yes";
  return mark.equivalent ? "equivalent" : "**no**";
}

long most(const std::vector<Mark>& marks) {
  long most = 0;
  for (const Mark& mark : marks) most = std::max(most, mark.requests);
  return most;
}

constexpr std::size_t kHardest = 20;

// What came of the marks of one kind. Each is in one column.
struct Tally {
  std::size_t deviating = 0;     // a check deviates
  std::size_t finding = 0;       // else, one is a finding
  std::size_t inconclusive = 0;  // else, one cannot be judged any more
  std::size_t equivalent = 0;
  std::size_t unreachable = 0;
  std::size_t missed = 0;
};

Tally tally(const std::vector<Mark>& marks) {
  Tally tally;
  for (const Mark& mark : marks) {
    if (mark.unreachable) {
      ++tally.unreachable;
    } else if (mark.equivalent) {
      ++tally.equivalent;
    } else if (!mark.good) {
      ++tally.missed;
    } else if (!mark.turned.deviating.empty()) {
      ++tally.deviating;
    } else {
      ++(mark.turned.finding.empty() ? tally.inconclusive : tally.finding);
    }
  }
  return tally;
}

std::string totals(const std::string& title, const std::vector<Mark>& marks) {
  const Tally sum = tally(marks);
  return fmt::format("| {} | {} | {} | {} | {} | {} | {} | {} | {} |\n", title, marks.size(),
                     sum.deviating, sum.finding, sum.inconclusive, sum.equivalent, sum.unreachable,
                     sum.missed, most(marks));
}

std::size_t seen_by(const Mark& mark) {
  return mark.turned.deviating.size() + mark.turned.finding.size() +
         mark.turned.inconclusive.size();
}

// The lies that the fewest checks notice; of those, the ones that took most requests.
std::string hardest(std::vector<Mark> lies) {
  std::ranges::stable_sort(lies, [](const Mark& a, const Mark& b) {
    return seen_by(a) != seen_by(b) ? seen_by(a) < seen_by(b) : a.requests > b.requests;
  });
  std::string out = "## The hardest lies\n\nThe fewest checks notice them.\n\n";
  out += "| lie | noticed by |\n|---|---|\n";
  for (std::size_t i = 0; i < lies.size() && i < kHardest; ++i) {
    out += fmt::format("| `{}` | {} |\n", cell(lies[i].id), checks(lies[i].turned));
  }
  return out;
}

std::string table(const std::string& title, const std::string& said,
                  const std::vector<Mark>& marks) {
  if (marks.empty()) return {};
  std::string out = fmt::format("## {}: {} of {}\n\nAt most {} requests each.\n\n", title,
                                good(marks), marks.size(), most(marks));
  out += fmt::format("| | {} | requests | what turned, or why not |\n|---|---|---|---|\n", said);
  for (const Mark& mark : marks) {
    std::string why = checks(mark.turned);
    if (!mark.reason.empty()) why += (why.empty() ? "" : "; ") + cell(mark.reason);
    out += fmt::format("| `{}` | {} | {} | {} |\n", cell(mark.id), word(mark), mark.requests, why);
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
  if (!scores.facts.empty()) out += totals("changed facts", scores.facts);
  out += '\n';
  if (!scores.variants.empty()) {
    out += fmt::format("Lawful readings that nothing is said against: {} of {}.\n\n",
                       good(scores.variants), scores.variants.size());
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
  out += table("Changed facts noticed or shown to be equivalent", "noticed", scores.facts);
  out.pop_back();
  return out;
}

bool reached(const Scores& scores) {
  return good(scores.deviations) == scores.deviations.size() &&
         good(scores.variants) == scores.variants.size() &&
         good(scores.facts) == scores.facts.size();
}

std::string sum(const Scores& scores) {
  std::vector<std::string> parts;
  const auto add = [&](const std::vector<Mark>& marks, const char* what) {
    if (marks.empty()) return;
    parts.push_back(fmt::format("{} of {} {}", good(marks), marks.size(), what));
  };
  add(scores.deviations, "deviations caught");
  add(scores.variants, "lawful readings not accused");
  add(scores.facts, "changed facts noticed");
  if (const auto same = std::ranges::count_if(scores.facts, &Mark::equivalent); same > 0) {
    parts.back() += fmt::format(" ({} of them shown to be equivalent)", same);
  }
  return fmt::format(
      "Score {}: {}, with at most {} requests each.", reached(scores) ? "reached" : "not reached",
      join(parts, ", "),
      std::max({most(scores.deviations), most(scores.variants), most(scores.facts)}));
}

std::string line(const Mark& mark) {
  const Turned& turned = mark.turned;
  std::string text = fmt::format("{} {}  {} requests  {} deviating, {} findings, {} inconclusive",
                                 mark.good         ? "  "
                                 : mark.equivalent ? "= "
                                                   : "! ",
                                 mark.id, mark.requests, turned.deviating.size(),
                                 turned.finding.size(), turned.inconclusive.size());
  if (!mark.reason.empty()) text += "  " + mark.reason;
  return text;
}

}  // namespace flowlog::score
