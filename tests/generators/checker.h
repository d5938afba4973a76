// What a request breaks, written from the documentation alone: a second opinion on the values that
// the generators make. It shares nothing with the contract, the judge or the mock.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "base/params.h"

namespace flowlog {

// Addresses of rules, "FlowLogName/length".
struct Breaches {
  std::set<std::string> broken;
  std::set<std::string> open;  // the documentation allows either answer
};

// Of CreateFlowLog with these parameters; nothing in it is read as left out.
Breaches breaches(const Params& params);

// The same for every way of reading empty values: as they are, and as left out.
std::vector<Breaches> readings(const Params& params);

}  // namespace flowlog
