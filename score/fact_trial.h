// One changed fact after another against the checks that ought to notice.
#pragma once

#include <cstddef>
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

// Read-only once made, so trials may run side by side.
class FactTrial {
 public:
  // Runs every check against the honest mock.
  explicit FactTrial(const RehearsalOptions& options = {});

  // The checks that are about the fact, then all that cite its row.
  Noticed operator()(const Fact& fact) const;

  // Ids, in the order in which they are tried.
  std::vector<std::string> checks_of(const Fact& fact) const;
  const Verdicts& honest() const { return honest_; }

 private:
  std::vector<const Planned*> planned_for(const Fact& fact) const;

  RehearsalOptions options_;
  Plan plan_;
  Verdicts honest_;
};

}  // namespace flowlog::score
