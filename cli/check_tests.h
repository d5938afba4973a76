// Checks as GoogleTest tests: its names, filters and sharding over what the engine carries out.
#pragma once

#include "cli/options.h"
#include "engine/run.h"

namespace flowlog::cli {

// Leaves in `run` what a --gtest_filter selects. Throws InputError where that is nothing.
void narrow(const RunFlags& flags, RunOptions& run);
// Throws InputError for an option that GoogleTest does not know.
void start_gtest(const RunFlags& flags);
// A test for each check of the plan; its body waits for the verdict. `run` outlives the tests.
void register_tests(Run& run);

}  // namespace flowlog::cli
