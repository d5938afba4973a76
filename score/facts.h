// Every fact of the contract, changed one at a time: what an endpoint looks like whose makers read
// one line of the documentation otherwise.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "specs/contract.h"

namespace flowlog::score {

struct Fact {
  std::string id;                 // "FlowLogName/length.max+1", "errors/7.http"
  std::string row;                // where it stands: "parameters/FlowLogName"
  std::vector<std::string> near;  // globs of the checks that are about it
  std::function<void(Api&)> change;
  std::string equivalent;  // why no answer can tell the change from the truth; or empty
};

// In the contract's order. Ids are unique.
std::vector<Fact> facts(const Api& api);

}  // namespace flowlog::score
