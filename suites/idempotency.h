// What the themes about tokens of the creating action share.
#pragma once

#include <string>
#include <vector>

#include "engine/check.h"

namespace flowlog {

inline constexpr const char* kOtherArguments = "other-arguments";

// The rows about the token, those of a refused replay as well where `refused`.
std::vector<std::string> token_rows(const Service& service, bool refused = false);

void token_identity_checks(const CatalogOptions&, std::vector<Check>&);  // which tokens are one
void spent_token_checks(const CatalogOptions&, std::vector<Check>&);  // after a refusal, deletion

}  // namespace flowlog
