// A report as report.json (published schema: reports/report.schema.json), and back.
#pragma once

#include <string>
#include <string_view>

#include "reports/language.h"
#include "reports/report.h"

namespace flowlog {

// Valid UTF-8, ending in a newline. `title` stands in the language asked for; `titles` holds both.
// Text that is no UTF-8 stands repaired, with its bytes beside it as `<name>_base64`.
std::string json(const Report& report, Language say = {});

// Every other report can be made again from what this returns. Rows are taken as they stand.
// Members beyond the known ones are ignored. Throws InputError on anything malformed.
Report parse_report(std::string_view text, const std::string& file);

}  // namespace flowlog
