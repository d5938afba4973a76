// The judge's reading of a request: which rules of the contract do these bytes break? Works on what
// is sent and on nothing else; knows nothing of how the request was made.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/params.h"
#include "specs/contract.h"

namespace flowlog {

// What is known to exist at the endpoint, as far as a run knows.
struct World {
  std::map<std::string, std::string> resources;  // id to type
  std::set<std::string> projects;
};

struct Breach {
  const Parameter* parameter;
  const Rule* rule;
  std::string sent_name;  // "Tags.3.Key"; the parameter's own name when it is missing
  bool grey = false;      // the documentation leaves it open whether this is a breach
};

// Every breach of every rule, in the contract's order. Sent parameters that the contract does not
// know are no breach.
std::vector<Breach> read(const Contract& contract, const Params& params, const World& world);

}  // namespace flowlog
