// Host names to addresses, within a deadline that the system's resolver does not keep.
#pragma once

#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "base/clock.h"
#include "client/wire.h"

namespace flowlog {

// The numeric addresses of a host name or address, at least one. Returns by `deadline` even when
// the resolver hangs, and soon after `ended` is true. A failure is `unreachable`.
std::variant<std::vector<std::string>, Failure> look_up(const std::string& host, Instant deadline,
                                                        const std::function<bool()>& ended);

}  // namespace flowlog
