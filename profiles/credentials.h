// Keys from the environment, and what is wrong with a key.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "client/signing.h"

namespace flowlog {

// A variable's value; nothing when it is not set.
std::optional<std::string> environment(const std::string& name);

// Why no endpoint could accept the key, as the end of a sentence, or "". Never tells the key.
std::string fault_of_key(std::string_view key);

// VOLCENGINE_ACCESS_KEY, VOLCENGINE_SECRET_KEY and VOLCENGINE_SESSION_TOKEN, else the older
// VOLCSTACK_… names; nothing when none is set. Throws InputError when half of them are, or one is
// no key. `account` is named in the complaint.
std::optional<Credentials> credentials_of_environment(std::string_view account);

}  // namespace flowlog
