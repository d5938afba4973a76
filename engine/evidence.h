// Exchanges as reports may show them: without credentials, bounded in size.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "client/wire.h"
#include "engine/redactor.h"
#include "reports/report.h"

namespace flowlog {

// The exchange without Authorization, session token and signature, wherever they stand, a server's
// echo of them included; the body is cut at `max_body` bytes.
Evidence evidence(const Exchange& exchange, const Redactor& redactor,
                  std::size_t max_body = 64u << 10);

// Name and value pairs of a target's query, decoded once.
std::vector<std::pair<std::string, std::string>> decode_query(std::string_view target);

}  // namespace flowlog
