// The documentation as a list of addressable lines.
#pragma once

#include <vector>

#include "reports/report.h"
#include "specs/contract.h"
#include "specs/service.h"

namespace flowlog {

// Every row of the creator's contract and the common errors, in their order, without verdicts.
std::vector<RowResult> rows(const Service& service);

// The same of `actions` of the service; the creating one's come as above. Those of the others begin
// with the action: "DeleteFlowLog:errors/1".
std::vector<RowResult> rows(const Service& service, const std::vector<std::string>& actions);

// `row` as it is called among the rows of several actions; common rows belong to all of them.
std::string row_of_action(const Action& action, const std::string& row);

}  // namespace flowlog
