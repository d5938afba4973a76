#include "base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace flowlog {
namespace {

constexpr char32_t kReplacement = 0xFFFD;
constexpr std::size_t kRun = 16;  // this many equal characters are written as a count

struct Step {
  char32_t point = 0;
  std::size_t length = 0;  // bytes consumed, at least 1
  bool good = false;
};

bool continuation(std::string_view bytes, std::size_t at) {
  return at < bytes.size() && (static_cast<unsigned char>(bytes[at]) & 0xC0) == 0x80;
}

// The sequence at `at`; an ill-formed one consumes its longest well-formed beginning.
Step step(std::string_view bytes, std::size_t at) {
  const auto lead = static_cast<unsigned char>(bytes[at]);
  if (lead < 0x80) return {lead, 1, true};
  std::size_t length = 0;
  char32_t point = 0;
  unsigned char low = 0x80;  // bounds of the second byte
  unsigned char high = 0xBF;
  if (lead >= 0xC2 && lead <= 0xDF) {
    length = 2;
    point = lead & 0x1F;
  } else if (lead >= 0xE0 && lead <= 0xEF) {
    length = 3;
    point = lead & 0x0F;
    if (lead == 0xE0) low = 0xA0;
    if (lead == 0xED) high = 0x9F;
  } else if (lead >= 0xF0 && lead <= 0xF4) {
    length = 4;
    point = lead & 0x07;
    if (lead == 0xF0) low = 0x90;
    if (lead == 0xF4) high = 0x8F;
  } else {
    return {kReplacement, 1, false};
  }
  for (std::size_t i = 1; i < length; ++i) {
    if (!continuation(bytes, at + i)) return {kReplacement, i, false};
    const auto byte = static_cast<unsigned char>(bytes[at + i]);
    if (i == 1 && (byte < low || byte > high)) return {kReplacement, 1, false};
    point = (point << 6) | (byte & 0x3F);
  }
  return {point, length, true};
}

bool invisible(char32_t p) {
  return p < 0x20 || (p >= 0x7F && p < 0xA0) || p == 0xAD || (p >= 0x200B && p <= 0x200F) ||
         (p >= 0x2028 && p <= 0x202E) || (p >= 0x2060 && p <= 0x206F) || p == 0xFEFF ||
         (p >= 0xFFF9 && p <= 0xFFFF) || (p & 0xFFFE) == 0xFFFE || p >= 0xE0000;
}

std::string visible(std::string_view bytes, const Step& s, std::size_t at) {
  if (!s.good) {
    std::string out;
    for (std::size_t i = 0; i < s.length; ++i) {
      out += fmt::format("\\x{:02X}", static_cast<unsigned char>(bytes[at + i]));
    }
    return out;
  }
  switch (s.point) {
    case '\n':
      return "\\n";
    case '\r':
      return "\\r";
    case '\t':
      return "\\t";
    case '"':
      return "\\\"";
    case '\\':
      return "\\\\";
    default:
      break;
  }
  if (invisible(s.point)) return fmt::format("\\u{{{:X}}}", static_cast<unsigned>(s.point));
  return std::string(bytes.substr(at, s.length));
}

std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t above = row[j];
      row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
      diagonal = above;
    }
  }
  return row.back();
}

}  // namespace

std::optional<std::u32string> decode_utf8(std::string_view bytes) {
  std::u32string points;
  points.reserve(bytes.size());
  for (std::size_t at = 0; at < bytes.size();) {
    const Step s = step(bytes, at);
    if (!s.good) return std::nullopt;
    points.push_back(s.point);
    at += s.length;
  }
  return points;
}

std::string encode_utf8(char32_t p) {
  std::string out;
  const auto put = [&out](char32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (p < 0x80) {
    put(p);
  } else if (p < 0x800) {
    put(0xC0 | (p >> 6));
    put(0x80 | (p & 0x3F));
  } else if (p < 0x10000) {
    put(0xE0 | (p >> 12));
    put(0x80 | ((p >> 6) & 0x3F));
    put(0x80 | (p & 0x3F));
  } else {
    put(0xF0 | (p >> 18));
    put(0x80 | ((p >> 12) & 0x3F));
    put(0x80 | ((p >> 6) & 0x3F));
    put(0x80 | (p & 0x3F));
  }
  return out;
}

std::string encode_utf8(std::u32string_view points) {
  std::string out;
  for (const char32_t p : points) out += encode_utf8(p);
  return out;
}

bool is_utf8(std::string_view bytes) {
  for (std::size_t at = 0; at < bytes.size();) {
    const Step s = step(bytes, at);
    if (!s.good) return false;
    at += s.length;
  }
  return true;
}

std::string repair_utf8(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  for (std::size_t at = 0; at < bytes.size();) {
    const Step s = step(bytes, at);
    if (s.good) {
      out.append(bytes.substr(at, s.length));
    } else {
      out += "\xEF\xBF\xBD";
    }
    at += s.length;
  }
  return out;
}

std::string show(std::string_view bytes, std::size_t limit) {
  std::vector<std::string> parts;  // quoted pieces and counted runs
  std::string plain;
  const auto flush = [&] {
    if (!plain.empty()) parts.push_back('"' + plain + '"');
    plain.clear();
  };
  std::size_t shown = 0;
  std::size_t at = 0;
  while (at < bytes.size() && shown < limit) {
    const Step s = step(bytes, at);
    const std::string_view unit = bytes.substr(at, s.length);
    std::size_t run = 1;
    while (bytes.substr(at + run * s.length, s.length) == unit) ++run;
    if (run >= kRun) {
      flush();
      parts.push_back(fmt::format("\"{}\" × {}", visible(bytes, s, at), run));
      at += run * s.length;
    } else {
      plain += visible(bytes, s, at);
      at += s.length;
    }
    ++shown;
  }
  flush();
  if (parts.empty()) parts.emplace_back("\"\"");
  std::string out = join(parts, " + ");
  if (at < bytes.size()) out += fmt::format(" … ({} bytes more)", bytes.size() - at);
  return out;
}

std::optional<std::string> nearest(std::string_view word, const std::vector<std::string>& known) {
  std::optional<std::string> best;
  std::size_t least = std::max<std::size_t>(2, word.size() / 3) + 1;
  const std::string wanted = lower_ascii(word);
  for (const std::string& candidate : known) {
    const std::size_t d = distance(wanted, lower_ascii(candidate));
    if (d < least) {
      least = d;
      best = candidate;
    }
  }
  return best;
}

bool glob(std::string_view pattern, std::string_view text) {
  std::size_t p = 0;
  std::size_t t = 0;
  std::size_t star = std::string_view::npos;
  std::size_t mark = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      mark = t;
    } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == text[t])) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++mark;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  std::size_t start = 0;
  for (;;) {
    const std::size_t end = text.find(separator, start);
    parts.emplace_back(text.substr(start, end - start));
    if (end == std::string_view::npos) return parts;
    start = end + 1;
  }
}

std::string join(const std::vector<std::string>& parts, std::string_view separator) {
  return fmt::format("{}", fmt::join(parts, separator));
}

std::string_view trimmed(std::string_view text, std::string_view of) {
  const auto first = text.find_first_not_of(of);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(of) - first + 1);
}

std::string lower_ascii(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

}  // namespace flowlog
