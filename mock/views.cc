#include "mock/views.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdlib>

#include "base/text.h"

namespace flowlog::mock::views {
namespace {

constexpr const char* forbidden = "\x01";

std::u32string points(const std::string& value) {
  return decode_utf8(repair_utf8(value)).value_or(std::u32string());
}

bool is_mark(char32_t point) {
  return std::u32string_view(U".,_-=:/+@ ").find(point) != std::u32string_view::npos;
}

bool is_digits(const std::string& value) {
  return !value.empty() && value.find_first_not_of("0123456789") == std::string::npos;
}

std::string refused_if(bool disliked, const std::string& value) {
  return disliked ? forbidden : value;
}

// `digits` modulo two to the power of `bits`; REQUIRES 0 < bits <= 64.
std::string modulo(const std::string& digits, int bits) {
  if (!is_digits(digits)) return digits;
  std::uint64_t rest = 0;  // wraps at 64 bits, which keeps the lower ones right
  for (const char digit : digits) rest = rest * 10 + static_cast<unsigned>(digit - '0');
  return std::to_string(rest & (UINT64_MAX >> (64 - bits)));
}

}  // namespace

std::string bytes(const Rule&, const std::string& value) {
  return std::string(value.size(), 'a');
}

std::string first_character(const Rule&, const std::string& value) {
  return encode_utf8(points(value).substr(0, 1));
}

std::string without_last(const Rule&, const std::string& value) {
  std::u32string text = points(value);
  if (text.size() > 1) text.pop_back();
  return encode_utf8(text);
}

std::string before_newline(const Rule&, const std::string& value) {
  return value.ends_with('\n') ? value.substr(0, value.size() - 1) : value;
}

std::string ascii(const Rule&, const std::string& value) {
  std::string kept;
  std::copy_if(value.begin(), value.end(), std::back_inserter(kept),
               [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  return kept;
}

std::string trimmed(const Rule&, const std::string& value) {
  return std::string(flowlog::trimmed(value));
}

std::string cut(const Rule& rule, const std::string& value) {
  return encode_utf8(points(value).substr(0, rule.max));
}

std::string clamped(const Rule& rule, const std::string& value) {
  if (value.empty()) return value;
  std::size_t number = 0;  // of what is no number, and of what is below zero
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (error == std::errc::result_out_of_range) return std::to_string(rule.max);
  return std::to_string(std::clamp(number, rule.min, rule.max));
}

std::string without_dashes(const Rule&, const std::string& value) {
  std::string kept = value;
  std::erase(kept, '-');
  return kept;
}

std::string lower_case(const Rule&, const std::string& value) {
  return lower_ascii(value);
}

std::string word_in_any_case(const Rule& rule, const std::string& value) {
  for (const std::string& word : rule.words) {
    if (lower_ascii(word) == lower_ascii(value)) return word;
  }
  return value;
}

std::string word_at_start(const Rule& rule, const std::string& value) {
  for (const std::string& word : rule.words) {
    if (value.starts_with(word)) return word;
  }
  return value;
}

std::string leading_integer(const Rule&, const std::string& value) {
  return value.substr(0, std::min(value.find_first_not_of("0123456789"), value.size()));
}

std::string rounded(const Rule&, const std::string& value) {
  char* end = nullptr;
  const double number = std::strtod(value.c_str(), &end);
  const bool whole =
      !value.empty() && end == value.c_str() + value.size() && std::abs(number) < 1e9;
  return whole ? std::to_string(std::lround(number)) : value;
}

std::string without_minus(const Rule&, const std::string& value) {
  return value.starts_with('-') ? value.substr(1) : value;
}

std::string modulo_32_bits(const Rule&, const std::string& value) {
  return modulo(value, 32);
}
std::string modulo_64_bits(const Rule&, const std::string& value) {
  return modulo(value, 64);
}

std::string next_word_above(const Rule& rule, const std::string& value) {
  if (!is_digits(value) || value.size() > 9) return value;
  for (const std::string& word : rule.words) {
    if (std::stol(word) >= std::stol(value)) return word;
  }
  return value;
}

std::string minutes_of_seconds(const Rule&, const std::string& value) {
  if (!is_digits(value) || value.size() > 9 || std::stol(value) % 60 != 0) return value;
  return std::to_string(std::stol(value) / 60);
}

std::string word_of_others(const Rule& rule, const std::string& value) {
  const std::string word = lower_ascii(value);
  const bool known = std::ranges::any_of(
      rule.neighbours, [&](const std::string& other) { return lower_ascii(other) == word; });
  return known ? rule.words.front() : value;
}

std::string strict_at_end(const Rule&, const std::string& value) {
  const std::u32string text = points(value);
  return refused_if(!text.empty() && is_mark(text.back()), value);
}

std::string strict_in_a_row(const Rule&, const std::string& value) {
  const std::u32string text = points(value);
  const auto pair = std::adjacent_find(
      text.begin(), text.end(), [](char32_t a, char32_t b) { return is_mark(a) && is_mark(b); });
  return refused_if(pair != text.end(), value);
}

std::string strict_on_capitals(const Rule&, const std::string& value) {
  return refused_if(
      std::any_of(value.begin(), value.end(), [](char c) { return c >= 'A' && c <= 'Z'; }), value);
}

std::string strict_on_all_digits(const Rule&, const std::string& value) {
  return refused_if(is_digits(value), value);
}

std::string prefix_in_exact_case(const Rule& rule, const std::string& value) {
  const bool begins = std::any_of(rule.words.begin(), rule.words.end(),
                                  [&](const auto& word) { return value.starts_with(word); });
  return begins ? value : std::string();
}

std::string from_word(const Rule& rule, const std::string& value) {
  for (const std::string& word : rule.words) {
    const std::size_t at = value.find(word);
    if (at != std::string::npos) return value.substr(at);
  }
  return value;
}

Change cut_to(std::size_t characters) {
  return [=](const std::string& value) { return encode_utf8(points(value).substr(0, characters)); };
}

Change replaced_by(std::string text) {
  return [text = std::move(text)](const std::string&) { return text; };
}

std::string lost(const std::string&) {
  return "";
}

std::string html_escaped(const std::string& value) {
  std::string escaped;
  for (const char c : value) {
    if (c == '=') {
      escaped += "&#61;";
    } else if (c == '+') {
      escaped += "&#43;";
    } else {
      escaped += c;
    }
  }
  return escaped;
}

std::string plus_as_space(const std::string& value) {
  std::string changed = value;
  std::replace(changed.begin(), changed.end(), '+', ' ');
  return changed;
}

std::string in_lower_case(const std::string& value) {
  return lower_ascii(value);
}

std::string without_blanks_at_ends(const std::string& value) {
  return std::string(flowlog::trimmed(value));
}

std::string encoded_twice(const std::string& value) {
  std::u32string text;
  for (const char c : value) text += static_cast<unsigned char>(c);
  return encode_utf8(text);
}

std::string ascii_with_question_marks(const std::string& value) {
  std::string changed;
  for (const char32_t point : points(value))
    changed += point < 0x80 ? static_cast<char>(point) : '?';
  return changed;
}

std::string in_seconds(const std::string& minutes) {
  return is_digits(minutes) && minutes.size() < 9 ? std::to_string(std::stol(minutes) * 60)
                                                  : minutes;
}

std::string one_blank_for_many(const std::string& value) {
  std::string changed;
  std::unique_copy(value.begin(), value.end(), std::back_inserter(changed),
                   [](char a, char b) { return a == ' ' && b == ' '; });
  return changed;
}

}  // namespace flowlog::mock::views
