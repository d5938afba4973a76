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
void wire_style_checks(const CatalogOptions&, std::vector<Check>&);  // as official clients write it
void idempotency_checks(const CatalogOptions&, std::vector<Check>&);
void stored_checks(const CatalogOptions&, std::vector<Check>&);       // as it was sent
void left_behind_checks(const CatalogOptions&, std::vector<Check>&);  // made beside the thing
void lifecycle_checks(const CatalogOptions&, std::vector<Check>&);
void longest_request_checks(const CatalogOptions&, std::vector<Check>&);
void paging_checks(const CatalogOptions&, std::vector<Check>&);  // what the list returns
void race_checks(const CatalogOptions&, std::vector<Check>&);
void quota_checks(const CatalogOptions&, std::vector<Check>&);
void model_checks(const CatalogOptions&, std::vector<Check>&);
// Of actions on things that stand; each appends nothing where its matter is none of the action's.
void token_checks(const CatalogOptions&, std::vector<Check>&);
void stored_change_checks(const CatalogOptions&, std::vector<Check>&);
void state_checks(const CatalogOptions&, std::vector<Check>&);
void deletion_checks(const CatalogOptions&, std::vector<Check>&);
void filter_checks(const CatalogOptions&, std::vector<Check>&);
void listed_tag_checks(const CatalogOptions&, std::vector<Check>&);
void tagging_checks(const CatalogOptions&, std::vector<Check>&);
void account_checks(const CatalogOptions&, std::vector<Check>&);

// Those of the options' action, with ids as they are within the action. Throws std::logic_error
// when two have one id.
std::vector<Check> catalog(CatalogOptions options);

}  // namespace flowlog
