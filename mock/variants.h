// Lawful readings of the documentation, where it leaves a choice: a run against any of them has
// nothing to accuse.
#pragma once

#include <vector>

#include "mock/choice.h"

namespace flowlog::mock {

// Ids are unique and stable.
const std::vector<Choice>& variants();

}  // namespace flowlog::mock
