// Every fact of the contract, changed one at a time: what an endpoint looks like whose makers read
// one line of the documentation otherwise.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "generators/classes/classes.h"
#include "specs/contract.h"

namespace flowlog::mutation {

struct Mutant {
  std::string id;                 // "FlowLogName/length.max+1", "errors/7.http"
  std::string row;                // where it stands: "parameters/FlowLogName"
  std::vector<std::string> near;  // globs of the checks that are about it
  std::function<void(Service&)> change;
  std::string equivalent;  // why no answer can tell the change from the truth; or empty
  // A request that the change is about, as laid over the smallest one: answered by the changed
  // contract, it is lawful by the true one as well. For facts that are equivalent.
  std::optional<Edit> shown_by;
  bool unreachable = false;  // `equivalent` is that no request brings the row about
};

// In the contract's order. Ids are unique. Of the letters and digits that a set lacks, the first,
// the last and all of them are added, for they are taken by ranges; of the marks, each.
std::vector<Mutant> mutants(const Service& service);

}  // namespace flowlog::mutation
