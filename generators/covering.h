// Covering arrays: few rows in which every pair of two-valued factors takes all four combinations.
#pragma once

#include <cstddef>
#include <vector>

namespace flowlog {

// Rows of `factors` values. For any two factors each of the four combinations stands in some row;
// of one factor both values do. No row is there twice; the first is all false, the second all true.
// Deterministic, greedy: about 2 log2(factors) + 4 rows.
std::vector<std::vector<bool>> pairwise(std::size_t factors);

}  // namespace flowlog
