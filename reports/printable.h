// Bytes that a server chose, made safe to look at in any report.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace flowlog {

enum class Layout { one_line, lines };

// Well-formed UTF-8 without a control, invisible or direction-changing character: these stand as
// \u{1B}, bytes that are no UTF-8 as \xNN. With Layout::lines, \n and \t stay as they are. What it
// returns is legal in XML 1.0.
std::string printable(std::string_view bytes, Layout layout = Layout::one_line);

// As printable(), of the first `limit` bytes; what was left out is counted at the end.
std::string excerpt(std::string_view bytes, std::size_t limit, Layout layout = Layout::one_line);

// Columns on a terminal: wide characters count two. REQUIRES: printable.
std::size_t columns(std::string_view text);
// The longest beginning of at most `width` columns.
std::string_view clip(std::string_view text, std::size_t width);

}  // namespace flowlog
