#include "specs/pages/sentences.h"

#include <algorithm>

#include "base/text.h"
#include "specs/pages/pattern.h"

namespace flowlog {
namespace {

// True iff the ending at `i` stands in brackets or quotes: "中文句号(。)".
bool enclosed(const std::u32string& text, std::size_t i) {
  static const std::u32string openers = U"(（“‘\"`'";
  return i > 0 && openers.find(text[i - 1]) != std::u32string::npos;
}

bool full_stop(const std::u32string& text, std::size_t i) {
  if (text[i] != U'.' || i == 0) return false;
  const bool before = text[i - 1] != U' ' && text[i - 1] != U'.';
  return before && i + 1 < text.size() && text[i + 1] == U' ' && i + 2 < text.size() &&
         text[i + 2] >= U'A' && text[i + 2] <= U'Z';
}

}  // namespace

std::string stripped(std::string_view text, std::string_view blanks) {
  return std::string(trimmed(text, blanks));
}

std::pair<std::string, bool> without_bullet(const std::string& sentence) {
  static const Pattern bullet("^\\s*(?:[-*•·●▪]|\\d+[.)、])\\s+|^\\s*[•·●▪]");
  const auto found = bullet.find(sentence);
  return found ? std::pair(found->rest, true) : std::pair(sentence, false);
}

std::vector<std::string> sentences(std::string_view text) {
  const std::u32string points = decode_utf8(text).value_or(U"");
  std::vector<std::string> out;
  std::u32string sentence;
  const auto end = [&] {
    std::string one = stripped(encode_utf8(sentence));
    if (!one.empty()) out.push_back(std::move(one));
    sentence.clear();
  };
  for (std::size_t i = 0; i < points.size(); ++i) {
    const char32_t point = points[i];
    const bool ends = point == U'\n' ||
                      ((point == U'。' || point == U'；' || point == U';') && !enclosed(points, i));
    if (ends) {
      end();
      continue;
    }
    sentence += point;
    if (full_stop(points, i)) {
      sentence.pop_back();
      end();
    }
  }
  end();
  return out;
}

bool broken_off(const std::string& sentence) {
  static const Pattern end(
      "(?:为|(?:须|先|要|同时)传入|是否|的|和|或|与|及|在|于|、|,|，|\\b(?:the|an|of|or|and|with))"
      "$");
  return end.in(stripped(sentence));
}

bool chinese(std::string_view text) {
  const auto points = decode_utf8(text);
  return points && std::any_of(points->begin(), points->end(),
                               [](char32_t point) { return point >= 0x4E00 && point <= 0x9FFF; });
}

}  // namespace flowlog
