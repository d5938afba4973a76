// An exchange as a command line to try by hand.
#pragma once

#include <string>
#include <string_view>

#include "reports/report.h"

namespace flowlog {

// One line for a POSIX shell, every word quoted so that nothing in it is expanded. Credentials are
// placeholders to fill in: Authorization and any token, also where they stand in the query.
// `endpoint` gives scheme and host; the path is the request's own. `options` stand before it as
// they are.
std::string curl(const Evidence& evidence, std::string_view endpoint,
                 std::string_view options = {});

// The word as a shell reads it back, byte for byte (bytes 0 excepted, which no argument can hold).
std::string shell_quote(std::string_view word);

}  // namespace flowlog
