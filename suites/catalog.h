// Every check there is, in the order of the documentation.
#pragma once

#include <string>
#include <vector>

#include "engine/check.h"

namespace flowlog {

// Checks of one theme each; they append to the list.
using Theme = void (*)(const CatalogOptions&, std::vector<Check>&);
void request_checks(const CatalogOptions&, std::vector<Check>&);         // whole requests, controls
void parameter_checks(const CatalogOptions&, std::vector<Check>&);       // each rule, each class
void error_table_checks(const CatalogOptions&, std::vector<Check>&);     // each row, each trigger
void answer_checks(const CatalogOptions&, std::vector<Check>&);          // the answer's shape
void authentication_checks(const CatalogOptions&, std::vector<Check>&);  // signatures, protocol
void idempotency_checks(const CatalogOptions&, std::vector<Check>&);
void lifecycle_checks(const CatalogOptions&, std::vector<Check>&);
void paging_checks(const CatalogOptions&, std::vector<Check>&);  // DescribeFlowLogs
void race_checks(const CatalogOptions&, std::vector<Check>&);
void quota_checks(const CatalogOptions&, std::vector<Check>&);
void model_checks(const CatalogOptions&, std::vector<Check>&);

// All of them. Throws std::logic_error when two have one id.
std::vector<Check> catalog(CatalogOptions options);

}  // namespace flowlog
