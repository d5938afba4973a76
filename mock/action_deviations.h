// Deviations and lawful readings that are made from a service's data, and so hold for any action.
#pragma once

#include <vector>

#include "mock/choice.h"

namespace flowlog::mock {

// Each id begins with the action's name and a colon: "ActiveFlowLog:token.off". Of every action but
// the creating one of the built-in service, whose deviations have ids of their own (deviations.h).
// The choices own what they need; `service` need not outlive them.
std::vector<Choice> action_deviations(const flowlog::Service& service);
std::vector<Choice> action_variants(const flowlog::Service& service);

}  // namespace flowlog::mock
