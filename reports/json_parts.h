// The pieces that report.json and events.ndjson have in common.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "base/json_node.h"
#include "reports/language.h"
#include "reports/report.h"

namespace flowlog {

using Json = nlohmann::ordered_json;

// What is known of the run as a whole: everything but checks and rows.
Json encode_run(const Report& report);
Json encode(const CheckResult& check, Language say);
Json encode(const RowResult& row, Language say);
// One line, valid UTF-8 whatever the strings hold.
std::string dump(const Json& json, int indent);

void decode_run(const JsonNode& node, Report& report);
CheckResult decode_check(const JsonNode& node);
RowResult decode_row(const JsonNode& node);

}  // namespace flowlog
