// An exception as a sentence, where one must not go further.
#pragma once

#include <functional>
#include <string>

namespace flowlog {

// Calls `act`. What it throws comes back as text, never empty; "" when it throws nothing.
std::string fault_of(const std::function<void()>& act);

}  // namespace flowlog
