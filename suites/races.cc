#include "suites/catalog.h"

namespace flowlog {

void race_checks(const CatalogOptions&, std::vector<Check>&) {}

}  // namespace flowlog
