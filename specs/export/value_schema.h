// The rules of a parameter as a JSON Schema (draft 2020-12): what is certainly allowed.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "specs/contract.h"

namespace flowlog {

// A regular expression that ECMAScript (with its flag u) and Python read alike: what the rules
// `first`, `characters`, `last` and `prefix` allow together; empty when the parameter has none of
// them. Grey characters are left out.
std::string pattern_of(const Parameter& parameter);

// Type, lengths in code points, pattern, values, default.
nlohmann::ordered_json value_schema(const Parameter& parameter);

// The value that the page shows for `name`, one of an indexed parameter's names ("Tags.1.Key");
// empty when it shows none.
std::string example_of(const Parameter& parameter, const std::string& name);

}  // namespace flowlog
