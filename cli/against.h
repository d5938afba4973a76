// The second half of `run --against`: the same plan at another endpoint, and what differs.
#pragma once

#include "cli/options.h"
#include "engine/run.h"
#include "reports/style.h"

namespace flowlog::cli {

// Refuses a profile that cannot be read before anything is sent.
void check_against(const RunFlags& flags);

// REQUIRES: flags.against is given. `first` came of `run`, and ended with `status`. Writes the
// second run's reports to OUT/against, and against.json and against.html to OUT. The exit status of
// both together: the gravest of the two, and 1 where they differ.
int run_against(const RunFlags& flags, const Run& run, const Report& first, int status,
                const Style& style);

}  // namespace flowlog::cli
