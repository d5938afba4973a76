// Who tests the tests: every lie that the mock can tell, every lawful reading and every changed
// fact, each against the suite, and what the suite made of it.
#pragma once

#include <string>
#include <vector>

#include "mutation/mock_run.h"
#include "mutation/mutants.h"

namespace flowlog::mutation {

struct ScoreEntry {
  std::string id;
  std::string text;
  bool good = false;   // caught; for a variant: not accused
  std::string reason;  // why it is not good, or why it need not be
  bool equivalent = false;
  bool unreachable = false;  // equivalent, as no request brings it about
  VerdictChanges changes;
  long requests = 0;
  double seconds = 0;
};

struct ScoreOptions {
  std::vector<std::string> ids;  // globs over deviations, variants or facts; empty: all
  std::uint64_t seed = 1;
  int at_once = 2;
  bool whole = true;  // the whole suite; else the checks concerned and their controls
  // Hears each mark as it is made, one at a time.
  std::function<void(const ScoreEntry&)> on_mark;
};

// How every check comes out against the honest mock.
Verdicts honest(const ScoreOptions& options);

std::vector<ScoreEntry> score_deviations(const ScoreOptions& options);
std::vector<ScoreEntry> score_variants(const ScoreOptions& options);
// The same of the actions on what stands (mock/action_deviations.h).
std::vector<ScoreEntry> score_action_deviations(const ScoreOptions& options);
std::vector<ScoreEntry> score_action_variants(const ScoreOptions& options);
std::vector<ScoreEntry> score_mutants(const ScoreOptions& options);

// Marks that are good or equivalent.
std::size_t good(const std::vector<ScoreEntry>& entries);

}  // namespace flowlog::mutation
