// From what a scene noted to the result of its check.
#pragma once

#include <string>

#include "reports/report.h"
#include "suites/scene.h"

namespace flowlog {

// A result with everything but its verdict: id, title, rows, standing.
CheckResult result_of(const Check& check);

// The worst note tells; further findings become remarks. A scene without notes is inconclusive.
// `way` gets how it deviates, or "".
CheckResult result_of(const Scene& scene, std::string& way);

}  // namespace flowlog
