// The profile of a mock: what a run has to know to reach every condition in it.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "mock/world.h"

namespace flowlog::mock {

nlohmann::json make_profile(const Backend& backend, const std::string& url,
                            const std::string& region);

}  // namespace flowlog::mock
