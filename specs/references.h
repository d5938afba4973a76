// What the parts of a file say of one another: names that are unique, and names that exist.
#pragma once

#include <string_view>
#include <vector>

#include "base/json_node.h"
#include "specs/contract.h"
#include "specs/read.h"
#include "specs/service.h"

namespace flowlog {

// Throws InputError at the first name that stands twice or that nothing bears. `root` holds
// "parameters" and "answer", and what else a contract has.
// REQUIRES: `contract` holds what was read from `root`; it may hold more.
void check_references(const JsonNode& root, const Contract& contract,
                      const std::vector<ErrorRow>& common);

// Throws InputError at the second element of `rows` with the same `member`.
void check_unique_ids(const JsonNode& rows, std::string_view member = "id");

// Throws InputError unless `names` holds the text at `node`: `"X" is no WHAT; did you mean "Y"?`
void check_name(const JsonNode& node, const Names& names, std::string_view what);

// Of a service: roles, members, filters, states, rows and conditions that it names exist, in it or
// in the contracts of its actions.
// REQUIRES: `service` was read from `root`, its contracts included.
void check_service(const JsonNode& root, const Service& service);

}  // namespace flowlog
