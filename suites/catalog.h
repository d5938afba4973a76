// Every check there is, in the order of the documentation.
#pragma once

#include <string>
#include <vector>

#include "suites/check.h"

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

// Id of the check whose success every refusal builds on.
inline constexpr const char* kAcceptedControl = "request.smallest/accepted";
inline constexpr const char* kRefusedControl = "request.smallest/refused";

// The words for types of resources; empty where no parameter names one.
std::vector<std::string> resource_types(const Contract& contract);

// The resource type that a check works with: spread over those the profile has, the same for the
// same id. The contract's first word where the profile has none.
std::string resource_type_for(const CatalogOptions& options, std::string_view check_id);

// An independent source of random values for the `index`th case of a check.
rc::Random random_for(const CatalogOptions& options, std::string_view check_id,
                      std::uint64_t index);

}  // namespace flowlog
