#include <fmt/format.h>

#include <cstdio>

#include "base/json_node.h"
#include "cli/commands.h"
#include "reports/files.h"
#include "score/page.h"

namespace flowlog::cli {
namespace {

void tell(const ScoreFlags& flags, const score::Mark& mark) {
  fmt::print("{}\n", score::line(mark));
  if (flags.verbose) {
    for (const std::string& id : mark.turned.deviating) fmt::print("     deviating {}\n", id);
    for (const std::string& id : mark.turned.finding) fmt::print("     finding {}\n", id);
    for (const std::string& id : mark.turned.inconclusive) fmt::print("     inconclusive {}\n", id);
  }
  std::fflush(stdout);
}

// True iff all are good.
bool sum_up(const char* what, const std::vector<score::Mark>& marks) {
  if (!marks.empty()) fmt::print("{}: {} of {}\n", what, score::good(marks), marks.size());
  return score::good(marks) == marks.size();
}

}  // namespace

int score(const ScoreFlags& flags) {
  score::ScoreOptions options;
  options.ids = flags.only;
  options.seed = flags.seed;
  options.at_once = flags.at_once;
  options.on_mark = [&](const score::Mark& mark) { tell(flags, mark); };
  const bool all = !flags.deviations && !flags.variants && !flags.facts;
  score::Scores scores;
  scores.seed = flags.seed;
  options.whole = !flags.quick;
  if (all || flags.deviations) scores.deviations = score_deviations(options);
  if (all || flags.variants) scores.variants = score_variants(options);
  options.whole = flags.full;
  if (all || flags.facts) scores.facts = score_facts(options);
  bool good = sum_up("Deviations caught", scores.deviations);
  good = sum_up("Lawful readings not accused", scores.variants) && good;
  good = sum_up("Changed facts noticed", scores.facts) && good;
  if (scores.deviations.empty() && scores.variants.empty() && scores.facts.empty()) {
    throw InputError("--only matches no deviation, variant or fact.");
  }
  if (!flags.write.empty()) {
    const std::string trouble = write_whole_file(flags.write, score::page(scores));
    if (!trouble.empty()) throw InputError(trouble);
  }
  return good ? 0 : 1;
}

}  // namespace flowlog::cli
