// One cause, one accusation: of checks that deviate for one reason the one that shows it fails, and
// the others say that they could not be judged because of it.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "reports/report.h"
#include "specs/service.h"

namespace flowlog {

// `never_accepted`: whether the resource of this id is free, and every valid creation on it was
// refused, one at least.
void name_common_causes(const Service& service,
                        const std::function<bool(const std::string& resource)>& never_accepted,
                        std::vector<CheckResult>& results);

}  // namespace flowlog
