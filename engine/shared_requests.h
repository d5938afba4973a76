// Group testing: valid values of different parameters stand in one request, so that one creation
// serves the cases of many checks. Where it is accepted, each of them is; where it is not, it is
// split, and what is left of it alone is the business of its own check.
#pragma once

#include <string>
#include <vector>

#include "engine/plan.h"
#include "specs/contract.h"

namespace flowlog {

// One case of one check of the plan, by their numbers.
struct SharedCase {
  std::size_t check = 0;
  std::size_t number = 0;
  // Where in its indexed group it stands (Tags.3.Key), of those that stand at 1 by themselves; 0:
  // as it is.
  std::size_t index = 0;
};

struct SharedRequest {
  std::string type;  // of the resource that it is about
  std::vector<SharedCase> cases;
  bool open = false;  // values that the documentation leaves open
};

// Requests that hold every case which may share one (Check::shares), as few as are found by taking
// the parameter with the most cases left first. No parameter is changed by two cases of a request,
// but indexed ones at an index each. Requests of a single case are left out. The same plan gives
// the same requests.
std::vector<SharedRequest> shared_requests(const Plan& plan, const Contract& contract);

// The request, and one of its cases by itself, on a resource of the request's type; with
// placeholders.
Params params_of(const SharedRequest& request, const Plan& plan, const Contract& contract);
Params params_of(const SharedCase& one, const std::string& type, const Plan& plan,
                 const Contract& contract);

// A name for what a request changes of the one that it lies over; the same for the same change.
// "" where values are not known beforehand.
std::string difference_name(const Params& params, const Params& base);

// What is left to be shared of a request that was refused: its two halves; of one with values that
// may all be refused, nothing.
std::vector<SharedRequest> split(const SharedRequest& request);

}  // namespace flowlog
