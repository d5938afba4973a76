// Lies of the creating action, each against the checks concerned, in this process and without
// sockets.
#pragma once

#include <optional>

#include "engine/plan.h"
#include "mock/choice.h"
#include "mutation/expected_kills.h"
#include "mutation/score.h"
#include "mutation/simulation.h"

namespace flowlog::mutation {

// The checks that must turn, and some beside: what looks at every answer needs answers.
std::vector<std::string> concerned(const Expected& expected);

// Marks may be made side by side.
class SimulatedScore {
 public:
  explicit SimulatedScore(std::uint64_t seed);

  // Nothing where the checks do not turn as the table says: what tells the lie may need sockets,
  // two requests at once, or a whole run.
  std::optional<ScoreEntry> mark(const mock::Choice& choice, const Expected& expected) const;

 private:
  const SimulationOptions options_;
  const Plan plan_;
  const Verdicts honest_;
};

}  // namespace flowlog::mutation
