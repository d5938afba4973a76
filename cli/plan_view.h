// What a run would send and create, told without sending anything.
#pragma once

#include <string>

#include "engine/plan.h"
#include "engine/run.h"
#include "reports/language.h"

namespace flowlog::cli {

// Endpoint, accounts and totals by theme; each request before them where `every_request`.
std::string plan_view(const Plan& plan, const RunOptions& options, bool every_request,
                      Language say);

}  // namespace flowlog::cli
