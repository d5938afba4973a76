// Contracts as a Postman collection that signs its own requests.
#pragma once

#include <string>
#include <vector>

#include "specs/contract.h"

namespace flowlog {

// Collection format 2.1. A folder for each contract, in their order: one request with the required
// parameters, which must succeed, and one without each of those, which must be refused. Values are
// variables of the collection, at first the page's examples; ids that an answer brings are
// variables for what follows. Keys are the variables access_key, secret_key, session_token, and
// stand nowhere.
std::string postman_collection(const std::vector<const Contract*>& contracts,
                               const std::string& endpoint);

}  // namespace flowlog
