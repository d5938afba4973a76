// Lies that the mock can tell, one at a time: each breaks a documented or related fact in a way
// that a client can see.
#pragma once

#include <vector>

#include "mock/choice.h"

namespace flowlog::mock {

// Ids are unique and stable.
const std::vector<Choice>& deviations();

}  // namespace flowlog::mock
