// The evidence as an HTTP Archive (HAR 1.2), for the viewers that browsers have.
#pragma once

#include <string>

#include "reports/report.h"

namespace flowlog {

// An entry for each check's smallest exchange and, where it differs, the one it was found with. The
// comment of an entry is the check's id. Valid UTF-8; bodies that are no text stand in base64.
std::string har(const Report& report);

}  // namespace flowlog
