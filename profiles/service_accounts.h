// A profile for a service whose conditions are accounts of other names.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "profiles/profile.h"

namespace flowlog {

// As load_profile(): beside "default" and "other" there may be these accounts, and no others.
Profile load_profile_with_accounts(const std::vector<std::string>& accounts, std::string_view text,
                                   const std::string& file);

}  // namespace flowlog
