// What a run will do: the checks chosen from the catalog, in its order, each with the reason when
// it cannot be run. The same contract, profile, seed and options give the same plan.
#pragma once

#include <string>
#include <vector>

#include "engine/check.h"
#include "reports/language.h"

namespace flowlog {

struct PlanOptions {
  std::vector<std::string> only;     // globs over ids; empty: all
  std::vector<std::string> rows;     // globs over rows that a check looks at; empty: all
  std::vector<std::string> exclude;  // globs over ids
  int shard = 1;                     // of `shards`, counted from 1
  int shards = 1;
};

struct PlannedCheck {
  Check check;
  std::string skipped;  // why it cannot be run and how to provide what is missing; or empty
  int place = 0;        // in the catalog
  bool added = false;   // not selected, but a selected check builds on it
};

struct Plan {
  std::vector<PlannedCheck> checks;
  // About what it will send when the endpoint keeps to the contract.
  long requests = 0;
  long creations = 0;
  long shared = 0;  // creations that one request for several checks saves; not in the above
  std::size_t selected = 0;  // checks that were asked for, of all shards
  // The first pattern that matches nothing, as it was given: "--only 'eror.*'"; or empty.
  std::string unmatched;
};

// Shards divide the checks so that each is expected to send about as many requests.
Plan plan(std::vector<Check> checks, const Profile& profile, const PlanOptions& options);

// About how many requests the check sends where the endpoint keeps to the contract and nothing is
// shared with other checks.
long requests_of(const Check& check);

// Counts `creations` as saved by sharing.
void save(Plan& plan, long creations);
long requests_saved(long creations);

// One line a case: check, case, account and the request with its placeholders.
std::string describe(const Plan& plan, Language say = {});

}  // namespace flowlog
