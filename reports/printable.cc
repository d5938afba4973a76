#include "reports/printable.h"

#include <fmt/format.h>

#include <optional>

#include "base/text.h"

namespace flowlog {
namespace {

struct Unit {
  std::optional<char32_t> point;  // nothing: a byte that is no UTF-8
  std::size_t length = 1;
};

Unit unit_at(std::string_view bytes, std::size_t at) {
  const auto lead = static_cast<unsigned char>(bytes[at]);
  if (lead < 0x80) return {lead, 1};
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  const auto points = decode_utf8(bytes.substr(at, length));
  if (!points || points->size() != 1) return {std::nullopt, 1};
  return {points->front(), length};
}

bool hidden(char32_t p) {
  return p < 0x20 || (p >= 0x7F && p < 0xA0) || p == 0xAD || p == 0x61C || p == 0x180E ||
         (p >= 0x200B && p <= 0x200F) || (p >= 0x2028 && p <= 0x202E) ||
         (p >= 0x2060 && p <= 0x206F) || p == 0xFEFF || (p >= 0xFFF9 && p <= 0xFFFB) ||
         (p & 0xFFFE) == 0xFFFE || p >= 0xE0000;
}

bool wide(char32_t p) {
  return (p >= 0x1100 && p <= 0x115F) || (p >= 0x2E80 && p <= 0xA4CF) ||
         (p >= 0xAC00 && p <= 0xD7A3) || (p >= 0xF900 && p <= 0xFAFF) ||
         (p >= 0xFE30 && p <= 0xFE6F) || (p >= 0xFF00 && p <= 0xFF60) ||
         (p >= 0xFFE0 && p <= 0xFFE6) || (p >= 0x1F300 && p <= 0x1FAFF) ||
         (p >= 0x20000 && p <= 0x3FFFD);
}

}  // namespace

std::string printable(std::string_view bytes, Layout layout) {
  std::string out;
  out.reserve(bytes.size());
  for (std::size_t at = 0; at < bytes.size();) {
    const Unit unit = unit_at(bytes, at);
    if (!unit.point) {
      out += fmt::format("\\x{:02X}", static_cast<unsigned char>(bytes[at]));
    } else if (layout == Layout::lines && (*unit.point == '\n' || *unit.point == '\t')) {
      out.push_back(bytes[at]);
    } else if (*unit.point == '\n') {
      out += "\\n";
    } else if (*unit.point == '\t') {
      out += "\\t";
    } else if (hidden(*unit.point)) {
      out += fmt::format("\\u{{{:X}}}", static_cast<unsigned>(*unit.point));
    } else {
      out.append(bytes.substr(at, unit.length));
    }
    at += unit.length;
  }
  return out;
}

std::string excerpt(std::string_view bytes, std::size_t limit, Layout layout) {
  if (bytes.size() <= limit) return printable(bytes, layout);
  std::size_t end = limit;  // not within a character
  for (int i = 0; i < 3 && end > 0 && (static_cast<unsigned char>(bytes[end]) & 0xC0) == 0x80;
       ++i) {
    --end;
  }
  return printable(bytes.substr(0, end), layout) +
         fmt::format(" … ({} bytes more)", bytes.size() - end);
}

std::size_t columns(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size();) {
    const Unit unit = unit_at(text, at);
    count += unit.point && wide(*unit.point) ? 2 : 1;
    at += unit.length;
  }
  return count;
}

std::string_view clip(std::string_view text, std::size_t width) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size();) {
    const Unit unit = unit_at(text, at);
    count += unit.point && wide(*unit.point) ? 2 : 1;
    if (count > width) return text.substr(0, at);
    at += unit.length;
  }
  return text;
}

}  // namespace flowlog
