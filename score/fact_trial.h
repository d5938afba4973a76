// One changed fact after another against the checks that ought to notice.
#pragma once

#include <cstddef>
#include <mutex>
#include <string>
#include <vector>

#include "score/facts.h"
#include "score/rehearsal.h"
#include "score/sitting.h"

namespace flowlog::score {

struct Noticed {
  Turned turned;  // of the first check that turned, which ends the trial
  std::size_t tried = 0;
  long requests = 0;
  bool seen() const { return turned.seen(); }
  std::string accused;  // the lawful answer that the fact is shown by was judged so; or empty
};

// Trials may run side by side.
class FactTrial {
 public:
  explicit FactTrial(const RehearsalOptions& options = {});

  // The checks that are about the fact, then all that cite its row.
  Noticed operator()(const Fact& fact) const;

  // Ids, in the order in which they are tried.
  std::vector<std::string> checks_of(const Fact& fact) const;

 private:
  // What turned of one check, held against its verdict where the mock serves the truth.
  Turned turned_of(const Planned& planned, CheckResult result) const;
  Verdict honest(const Planned& planned) const;
  std::vector<const Planned*> planned_for(const Fact& fact) const;

  RehearsalOptions options_;
  Plan plan_;
  mutable std::mutex mutex_;  // of what follows
  mutable Rehearsal truth_;
  mutable Verdicts honest_;  // so far
};

}  // namespace flowlog::score
