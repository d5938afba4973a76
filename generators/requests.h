// From parameters to whole requests.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/params.h"
#include "generators/classes/classes.h"
#include "specs/contract.h"

namespace flowlog {

// The smallest valid request: every required parameter and nothing else, with values from the
// contract's own rules (not from its examples). Parameters under an `exists` rule for resources get
// the placeholder "@vpc" (the word for ResourceType, made valid with `type`), resolved when a
// resource is leased; those under one for things get "@instance". Names of what stays behind (log
// project and topic) are the same in every request.
Params smallest_request(const Contract& contract, const std::string& resource_type);

// One request for each optional parameter (indexed ones as a whole) present and absent, in all
// pairs: a covering array over the contract's optional parameters, valid values throughout.
std::vector<Params> all_pairs(const Contract& contract, const std::string& resource_type);

// A wholly random valid request: every parameter random, all characters and lengths. Shrinks by
// leaving out optional parameters first. Names of what stays behind are the fixed ones.
rc::Gen<Params> any_valid_request(const Contract& contract, const std::string& resource_type);

// For each required parameter, in the contract's order, the edit that leaves it out.
std::vector<std::pair<const Parameter*, Edit>> missing_one(const Contract& contract);

// base with the edit laid over it. Qualify the call where std::apply would fit better.
Params apply(const Edit& edit, Params base);

}  // namespace flowlog
