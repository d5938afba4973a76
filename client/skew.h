// Reading the time that a server says it is.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "client/wire.h"

namespace flowlog {

// "Sun, 06 Nov 1994 08:49:37 GMT", in any locale; nothing for another form or a day that is none.
std::optional<WallTime> parse_http_date(std::string_view text);

// How far this machine's clock is ahead of the server's Date (negative: behind), to about a second;
// nothing without an answer that carries one.
std::optional<std::chrono::seconds> clock_skew(const Exchange& exchange);

// "this machine's clock is 20 min ahead of the server's".
std::string describe_skew(std::chrono::seconds skew);

}  // namespace flowlog
