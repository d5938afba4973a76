// Checks against the embedded mock without sockets and without waiting: requests are answered in
// the sending thread, and sleeping moves the time on at once.
#pragma once

#include <memory>
#include <string>

#include "engine/plan.h"
#include "reports/report.h"
#include "specs/contract.h"

namespace flowlog::mutation {

struct SimulationOptions {
  std::uint64_t seed = 1;
  int random_cases = 1;
  int max_shrinks = 0;
  std::string deviation{};  // how the mock lies; empty: not
  std::string variant{};    // which lawful reading it follows; empty: the likely one
};

// One world: what a check leaves behind, the next one meets. Not thread-safe.
class Simulation {
 public:
  // The mock serves `served` (copied); the suite believes in the built-in service.
  explicit Simulation(const Service& served, const SimulationOptions& options = {});
  explicit Simulation(const SimulationOptions& options = {});
  ~Simulation();

  // Every check of an action (empty: the creating one), as planned for the mock's profile.
  static Plan whole_plan(const SimulationOptions& options = {}, const std::string& action = "");

  // The verdict on one check of a plan, whatever its controls say.
  CheckResult run(const PlannedCheck& planned);
  // The verdicts on all checks of a plan, in its order.
  std::vector<CheckResult> run(const Plan& plan, int concurrency = 1);
  // Creates a flow log on the first free resource of that type that nothing of this knows of.
  void leave_one_standing(const std::string& type);
  long requests() const;  // so far

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace flowlog::mutation
