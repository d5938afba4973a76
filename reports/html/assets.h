// The files beside this one, compiled in.
#pragma once

#include <string_view>

namespace flowlog::page {

extern const std::string_view kTemplate;  // template.html
extern const std::string_view kStyle;     // report.css
extern const std::string_view kScript;    // report.js

}  // namespace flowlog::page
