// A contract as an OpenAPI 3.1 document, and what signs requests made of it.
#pragma once

#include <string>
#include <vector>

#include "specs/contract.h"

namespace flowlog {

// One document an action: all actions share the path, and OpenAPI has one operation for path and
// method. Schemas hold what is certainly allowed; the error rows of one HTTP code are the examples
// of its response. `x-row` and `x-standing` tell where a parameter stands and how it is known.
std::string openapi_document(const Contract& contract, const std::vector<ErrorRow>& common,
                             const std::string& endpoint);

// Python: signs every request that Schemathesis sends (SCHEMATHESIS_HOOKS=signing_hook).
std::string signing_hook(const std::string& service);

}  // namespace flowlog
