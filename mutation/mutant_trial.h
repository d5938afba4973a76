// One changed fact after another against the checks that ought to notice.
#pragma once

#include <cstddef>
#include <mutex>
#include <string>
#include <vector>

#include "mutation/mock_run.h"
#include "mutation/mutants.h"
#include "mutation/simulation.h"

namespace flowlog::mutation {

struct Noticed {
  VerdictChanges changes;  // of the first check that turned, which ends the trial
  std::size_t tried = 0;
  long requests = 0;
  bool seen() const { return changes.seen(); }
  std::string accused;  // the lawful answer that the fact is shown by was judged so; or empty
};

// Trials may run side by side.
class MutantTrial {
 public:
  explicit MutantTrial(const SimulationOptions& options = {});

  // The checks that are about the fact, then all that cite its row.
  Noticed operator()(const Mutant& mutant) const;

  // Ids, in the order in which they are tried.
  std::vector<std::string> checks_of(const Mutant& mutant) const;

 private:
  // What turned of one check, held against its verdict where the mock serves the truth.
  VerdictChanges changes_of(const PlannedCheck& planned, CheckResult result) const;
  Verdict honest(const PlannedCheck& planned) const;
  std::vector<const PlannedCheck*> planned_for(const Mutant& mutant) const;

  SimulationOptions options_;
  Plan plan_;
  mutable std::mutex mutex_;  // of what follows
  mutable Simulation truth_;
  mutable Verdicts honest_;  // so far
};

}  // namespace flowlog::mutation
