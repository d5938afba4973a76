// The documentation as a list of addressable lines.
#pragma once

#include <vector>

#include "reports/report.h"
#include "specs/contract.h"

namespace flowlog {

// Every row of the contract and the common errors, in their order, without verdicts.
std::vector<RowResult> rows(const Api& api);

}  // namespace flowlog
