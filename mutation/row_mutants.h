// Changed facts of one row of an error table: its HTTP code, its code, its message, and each of the
// triggers that bring it about.
#pragma once

#include <vector>

#include "mutation/mutants.h"

namespace flowlog::mutation {

void add_row(const Service& service, const ErrorRow& row, std::vector<Mutant>& out);

}  // namespace flowlog::mutation
