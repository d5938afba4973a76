#include "suites/catalog.h"

namespace flowlog {

void model_checks(const CatalogOptions&, std::vector<Check>&) {}

}  // namespace flowlog
