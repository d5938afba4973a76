// From what was sent to what is kept.
#pragma once

#include <string>

#include "mock/actions.h"
#include "mock/checker.h"

namespace flowlog::mock {

// REQUIRES that the world's mutex is held and that `reading` breaks no rule.
StoredFlowLog make_flow_log(const Site& site, Tenant& account, const Reading& reading);

// What is kept of a value that `action` was sent for a plain parameter.
std::string kept_value(const Behaviour& behaviour, const Reading& reading,
                       const Parameter& parameter, const std::string& value);

// The tags that were sent, in the order of N.
std::vector<Tag> sent_tags(const Site& site, const Reading& reading);
// The keys alone.
std::vector<std::string> sent_keys(const Site& site, const Reading& reading);

// The number that a sent Integer stands for, in canonical decimal.
std::string canonical_integer(const std::string& value);

}  // namespace flowlog::mock
