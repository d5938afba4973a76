// What a contract's parts say of one another: names that are unique, and names that exist.
#pragma once

#include <vector>

#include "base/json_node.h"
#include "specs/contract.h"

namespace flowlog {

// Throws InputError at the first name that stands twice or that nothing bears.
// REQUIRES: `contract` was read from `root`, element by element.
void check_references(const JsonNode& root, const Contract& contract,
                      const std::vector<ErrorRow>& common);

// The same for the one thing that common error rows promise: their ids are unique.
void check_unique_ids(const JsonNode& rows);

}  // namespace flowlog
