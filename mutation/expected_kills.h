// What each deviation must make of a run.
#pragma once

#include <string>
#include <vector>

#include "mutation/mock_run.h"

namespace flowlog::mutation {

struct Expected {
  // Each of these globs (one of the globs between `|`) has a check that turns: deviating, or a
  // finding where the lie does not come back when it is asked again, or inconclusive where nothing
  // can be judged any more.
  std::vector<std::string> must;
  // Nothing else turns deviating, but for checks of these globs. Empty: any may, because the lie
  // is in every answer.
  std::vector<std::string> may;
  // A finding or an inconclusive check is enough: the lie does not come back, or breaks what is
  // only inferred.
  bool transient = false;
};

// The row of the table for a deviation; must is empty when the table has none.
Expected expected_of(const std::string& deviation);

// True iff a glob of `must` names the check.
bool must_turn(const Expected& expected, const std::string& id);

// Why `turned` is not what is expected, or "".
std::string unmet(const Expected& expected, const VerdictChanges& changes);

}  // namespace flowlog::mutation
