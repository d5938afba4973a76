// Text as people and wires see it: UTF-8, abbreviation, nearest word, globs.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace flowlog {

// Code points of UTF-8 text; nothing when `bytes` is not well-formed UTF-8 (overlong forms,
// surrogates and values above U+10FFFF included).
std::optional<std::u32string> decode_utf8(std::string_view bytes);
std::string encode_utf8(std::u32string_view points);
std::string encode_utf8(char32_t point);
bool is_utf8(std::string_view bytes);

// `bytes` with every ill-formed sequence replaced by U+FFFD.
std::string repair_utf8(std::string_view bytes);

// One printable line, in double quotes: control and invisible characters as \n, \t, \u{7F}; bytes
// that are no UTF-8 as \xNN; runs of 16 or more equal characters as `"a" × 129`, joined by ` + `.
// Anything longer than `limit` code points is cut with the number left out.
std::string show(std::string_view bytes, std::size_t limit = 200);

// The candidate with the least edit distance, when it is near enough to be a misspelling.
std::optional<std::string> nearest(std::string_view word, const std::vector<std::string>& known);

// Shell-like match over the whole text: `*` any run (of any character), `?` any one.
bool glob(std::string_view pattern, std::string_view text);

// Pieces of `text` between `separator`; empty pieces are kept.
std::vector<std::string> split(std::string_view text, char separator);
std::string join(const std::vector<std::string>& parts, std::string_view separator);

std::string lower_ascii(std::string_view text);

inline constexpr std::string_view kBlanks = " \t\r\n";
// Without those characters at either end.
std::string_view trimmed(std::string_view text, std::string_view of = kBlanks);

}  // namespace flowlog
