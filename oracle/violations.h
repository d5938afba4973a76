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
struct Inventory {
  std::map<std::string, std::string> resources;  // id to type
  std::set<std::string> projects;                // beside the one that is the default
  std::set<std::string> instances = {};          // ids of things of the service's kind
};

struct Violation {
  const Parameter* parameter;
  const Rule* rule;       // nullptr: the name stands twice, of which no rule speaks; always grey
  std::string sent_name;  // "Tags.3.Key"; the parameter's own name when it is missing
  bool grey = false;      // the documentation leaves it open whether this is a breach
};

// Every breach of every rule, in the contract's order. `params` is the whole query, Action and
// Version included. SentValue parameters that the contract does not know are no breach. Of a name
// that stands twice the first value may count or the last: what only one of them breaks is grey.
std::vector<Violation> read(const Contract& contract, const Params& params,
                            const Inventory& inventory);

// Names of `params` that the contract does not know, once each, in the order of sending.
std::vector<std::string> unknown_names(const Contract& contract, const Params& params);

// What stands for N in a sent name: "3" of "Tags.3.Key"; empty when the parameter is not indexed.
std::string index_of(const Parameter& parameter, const std::string& sent_name);

}  // namespace flowlog
