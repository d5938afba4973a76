// From what a scene noted to the result of its check.
#pragma once

#include <string>

#include "engine/check_context.h"
#include "reports/report.h"

namespace flowlog {

// A result with everything but its verdict: id, title, rows, standing.
CheckResult result_of(const Check& check);

// The worst note tells; further findings become remarks. A scene without notes is inconclusive.
// `way` gets how it deviates, or "".
CheckResult result_of(const CheckContext& context, std::string& symptom);

}  // namespace flowlog
