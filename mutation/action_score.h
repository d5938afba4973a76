// The lies and lawful readings that are made from the service's data, of the actions on things that
// stand: each against the checks of its own action, in this process and without sockets.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "mock/choice.h"
#include "mutation/expected_kills.h"
#include "mutation/mock_run.h"
#include "mutation/score.h"
#include "mutation/simulation.h"

namespace flowlog::mutation {

// Marks may be made side by side.
class ActionScore {
 public:
  explicit ActionScore(const ScoreOptions& options);

  // Quick: the checks that the table names for it, up to the first that turns. Whole: every check
  // of the action.
  ScoreEntry mark_deviation(const mock::Choice& choice);
  // Every check of the action: none may deviate or be inconclusive.
  ScoreEntry mark_variant(const mock::Choice& choice);

 private:
  // What all lies of one action share.
  struct Action {
    std::mutex mutex;
    Plan plan;
    std::unique_ptr<Simulation> truth;
    Verdicts honest;  // so far
  };
  Action& action_of(const std::string& choice);
  Verdict honest(Action& action, const Plan& plan);
  VerdictChanges all_that_turn(Simulation& simulation, Action& action);
  VerdictChanges first_to_turn(Simulation& simulation, Action& action, const Expected& expected,
                               const std::string& choice);

  const ScoreOptions options_;
  std::mutex mutex_;
  std::map<std::string, Action> actions_;  // by name
};

}  // namespace flowlog::mutation
