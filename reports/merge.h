// Shards of one plan joined into the report of the whole.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "reports/report.h"

namespace flowlog {

// Reports with the names (of files) to complain about them by, in any order. The result is complete
// iff every shard is and none is missing; a missing one is named in `notices`. Checks stand in the
// plan's order, rows are tallied again; requests and creations add up, the time is the longest.
// Throws InputError: no report, shards of different contracts, endpoints (the embedded mock
// excepted) or seeds, the same shard or the same check twice; of a check of the run itself
// ("run.preflight"), which every shard may hold, the worst verdict stays.
Report merge(const std::vector<std::pair<std::string, Report>>& shards);

}  // namespace flowlog
