#include "specs/pages/sentences.h"

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
  const auto first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(blanks) - first + 1));
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

std::vector<std::string> listed_words(const std::string& list) {
  static const Pattern item(
      "^(?:[\\s、,，|/]|和|或|\\bor\\b|\\band\\b)*[`\"“'‘]?([A-Za-z0-9][A-Za-z0-9_.:-]*)[`\"”'’]?"
      "(?:\\s*[(（][^)）]*[)）])?");
  std::vector<std::string> words;
  std::string rest = list;
  while (!stripped(rest).empty()) {
    const auto found = item.find(rest);
    if (!found) return {};
    words.push_back(stripped(found->groups[1], ".:"));
    rest = found->rest;
    if (stripped(rest) == ".") break;
  }
  return words;
}

bool seems_a_rule(const std::string& sentence) {
  static const Pattern words(
      "只能|必须|不能|不可|不得|不允许|仅支持|需要满足|长度|取值|最多|至少|超过|\\bonly\\b|"
      "\\bmust\\b|"
      "\\bcannot\\b|\\bmay not\\b|at most|at least|up to|\\blength\\b|valid values|no more than|"
      "characters");
  return words.in(sentence);
}

}  // namespace flowlog
