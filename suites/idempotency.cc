#include "suites/catalog.h"

namespace flowlog {

void idempotency_checks(const CatalogOptions&, std::vector<Check>&) {}

}  // namespace flowlog
