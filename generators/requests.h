// From parameters to whole requests.
#pragma once

#include <string>
#include <vector>

#include "base/params.h"
#include "generators/classes.h"
#include "specs/contract.h"

namespace flowlog {

// The smallest valid request: every required parameter and nothing else, with values from the
// contract's own rules (not from its examples). Parameters under an `exists` rule for resources get
// the placeholder "@vpc" (the word for ResourceType, made valid with `type`), resolved when a
// resource is leased.
Params smallest_request(const Contract& contract, const std::string& resource_type);

// One request for each optional parameter (indexed ones as a whole) present and absent, in all
// pairs: a covering array over the contract's optional parameters, valid values throughout.
std::vector<Params> all_pairs(const Contract& contract, const std::string& resource_type);

// A wholly random valid request: every parameter random, all characters and lengths.
rc::Gen<Params> any_valid_request(const Contract& contract, const std::string& resource_type);

// base with the edit laid over it.
Params apply(const Edit& edit, Params base);

}  // namespace flowlog
