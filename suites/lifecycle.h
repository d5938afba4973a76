// The parts of the life cycle that lifecycle_checks() joins.
#pragma once

#include <string>
#include <vector>

#include "engine/check.h"

namespace flowlog {

inline constexpr const char* kAsynchronous = "notes/asynchronous";

void state_trace_checks(const CatalogOptions&, std::vector<Check>&);       // from creating to ready
void created_deletion_checks(const CatalogOptions&, std::vector<Check>&);  // until it is gone

// The smallest request of the deleting action.
Params deletion_query(const Action& deleter, const std::string& id);

// One resource of each type that the profile has, or one of the type that `check` has.
void lease_each_type(const CatalogOptions& options, Check& check);

}  // namespace flowlog
