// Telling what another run of this suite made on the same resources, perhaps on another machine.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "resources/ownership.h"

namespace flowlog {

// The name with the mark of a run in it: "FlowLog-1-fc-3x9k2m7q".
std::string marked_name(std::string_view name, std::string_view run);
// True iff the name has the mark of a run, and of another one than `run`.
bool marked_by_another(std::string_view name, std::string_view run);

// "fl-1 (FlowLog-1-fc-0a) on vpc-1", one sentence on what it means.
std::string told_of_strangers(const std::vector<FlowLog>& strangers);

}  // namespace flowlog
