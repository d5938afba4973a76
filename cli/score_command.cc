#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>

#include "base/json_node.h"
#include "cli/commands.h"
#include "mutation/page.h"
#include "reports/exit_status.h"
#include "reports/files.h"

namespace flowlog::cli {
namespace {

void tell(const ScoreFlags& flags, const mutation::ScoreEntry& entry) {
  fmt::print("{}\n", mutation::line(entry));
  if (flags.verbose) {
    for (const std::string& id : entry.changes.deviating) fmt::print("     deviating {}\n", id);
    for (const std::string& id : entry.changes.finding) fmt::print("     finding {}\n", id);
    for (const std::string& id : entry.changes.inconclusive)
      fmt::print("     inconclusive {}\n", id);
  }
  std::fflush(stdout);
}

void write(const std::string& path, const std::string& text) {
  const std::string trouble = write_whole_file(path, text);
  if (!trouble.empty()) throw InputError(trouble);
}

}  // namespace

int score(const ScoreFlags& flags) {
  mutation::ScoreOptions options;
  options.ids = flags.only;
  options.seed = flags.seed;
  options.at_once = flags.at_once;
  options.on_mark = [&](const mutation::ScoreEntry& entry) { tell(flags, entry); };
  const bool all = !flags.deviations && !flags.variants && !flags.mutants;
  mutation::Scores scores;
  scores.seed = flags.seed;
  options.whole = !flags.quick;
  if (all || flags.deviations) {
    scores.deviations = score_deviations(options);
    scores.action_deviations = score_action_deviations(options);
  }
  if (all || flags.variants) {
    scores.variants = score_variants(options);
    scores.action_variants = score_action_variants(options);
  }
  options.whole = flags.full;
  if (all || flags.mutants) scores.mutants = score_mutants(options);
  if (empty(scores)) {
    throw InputError("--only matches no deviation, variant or fact.");
  }
  if (!flags.write.empty()) write(flags.write, mutation::page(scores));
  if (!flags.tables.empty()) write(flags.tables, mutation::tables(scores));
  fmt::print("{}\n", mutation::sum(scores));
  return mutation::reached(scores) ? 0 : 1;
}

}  // namespace flowlog::cli
