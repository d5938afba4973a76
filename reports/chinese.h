// What a run says (of its checks, its notices, what it left), in Chinese where the catalogue of
// sentences knows it; the suite writes English, and report.json and events.ndjson keep it so.
#pragma once

#include <string>
#include <string_view>

#include "reports/language.h"
#include "reports/report.h"

namespace flowlog {

// The sentence itself where the catalogue does not know it. Ids, codes and values stay as they are.
std::string chinese(std::string_view sentence);

// `report` with what it says in Chinese; titles have both languages already.
Report in_chinese(Report report);

// `report` itself, or what `kept` then holds: its translation, where `say` is Chinese.
const Report& as_told(const Report& report, const Language& say, Report& kept);

// The sentence as it stands, or its translation, where `say` is Chinese.
std::string as_told(const std::string& sentence, const Language& say);

}  // namespace flowlog
