#include "suites/catalog.h"

namespace flowlog {

void quota_checks(const CatalogOptions&, std::vector<Check>&) {}

}  // namespace flowlog
