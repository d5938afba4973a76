#include "suites/catalog.h"

namespace flowlog {

void lifecycle_checks(const CatalogOptions&, std::vector<Check>&) {}

}  // namespace flowlog
