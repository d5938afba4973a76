// From what was sent to what is kept.
#pragma once

#include <string>

#include "mock/actions.h"
#include "mock/checker.h"

namespace flowlog::mock {

// REQUIRES that the world's mutex is held and that `reading` breaks no rule.
StoredFlowLog make_flow_log(const Site& site, Tenant& account, const Reading& reading);

// The number that a sent Integer stands for, in canonical decimal.
std::string canonical_integer(const std::string& value);

}  // namespace flowlog::mock
