// The page's source files, compiled in by embed.cmake.
#pragma once

#include <string_view>

namespace flowlog::page {

extern const std::string_view kTemplate;  // report.html
extern const std::string_view kStyle;     // report.css
extern const std::string_view kWords;     // words.json
extern const std::string_view kScript;    // model.js, view.js, map.js and page.js as one

}  // namespace flowlog::page
