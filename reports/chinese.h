// What a check says (expected, observed, message, remarks), in Chinese where a table knows the
// sentence; the suite writes them in English, and report.json and events.ndjson keep them so.
#pragma once

#include <string>
#include <string_view>

#include "reports/language.h"
#include "reports/report.h"

namespace flowlog {

// The sentence itself where the table does not know it. Ids, codes and values stay as they are.
std::string chinese(std::string_view sentence);

// `report` with its checks' sentences in Chinese.
Report in_chinese(Report report);

// `report` itself, or what `kept` then holds: its translation, where `say` is Chinese.
const Report& as_told(const Report& report, const Language& say, Report& kept);

}  // namespace flowlog
