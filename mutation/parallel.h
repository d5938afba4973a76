// Work for a few threads.
#pragma once

#include <functional>

namespace flowlog::mutation {

// Calls `work` once with each number below `count`, `at_once` of them side by side, and returns
// when all are done. The first exception is thrown again here.
void parallel_for(std::size_t count, int at_once, const std::function<void(std::size_t)>& work);

}  // namespace flowlog::mutation
