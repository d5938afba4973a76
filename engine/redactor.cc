#include "engine/redactor.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "base/percent.h"

namespace flowlog {
namespace {

constexpr std::size_t kPart = 16;
constexpr int kLayers = 3;  // of escapes within escapes

// The number that `count` hexadecimal digits write; -1 where they are none.
int hex_number(std::string_view text, std::size_t count) {
  if (text.size() < count) return -1;
  int value = 0;
  for (const char c : text.substr(0, count)) {
    const int digit = hex_digit(c);
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

// Letter case, and the two alphabets of base64, are one.
char fold(char c) {
  if (c >= 'A' && c <= 'Z') return static_cast<char>(c - 'A' + 'a');
  if (c == '+') return '-';
  return c == '/' ? '_' : c;
}

std::string folded(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), fold);
  return out;
}

// Text without escapes, and where each of its characters stood in the text that came.
struct Plain {
  std::string text;
  std::vector<std::size_t> begin;
  std::vector<std::size_t> end;
};

Plain as_it_came(std::string_view text) {
  Plain plain{std::string(text), {}, {}};
  for (std::size_t at = 0; at < text.size(); ++at) {
    plain.begin.push_back(at);
    plain.end.push_back(at + 1);
  }
  return plain;
}

struct Escape {
  char character = 0;
  std::size_t length = 0;  // 0: none
};

// &amp; and the like, &#47; and &#x2F;.
Escape entity_at(std::string_view text) {
  constexpr std::pair<std::string_view, char> kNamed[] = {
      {"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}};
  constexpr std::size_t kMostDigits = 6;
  constexpr int kAscii = 0x80;
  for (const auto& [name, character] : kNamed) {
    if (text.starts_with(name)) return {character, name.size()};
  }
  if (!text.starts_with("&#")) return {};
  const bool hex = text.size() > 2 && (text[2] == 'x' || text[2] == 'X');
  const std::size_t begin = hex ? 3 : 2;
  const std::size_t end = text.substr(0, begin + kMostDigits + 1).find(';', begin);
  if (end == std::string_view::npos || end == begin) return {};
  const std::string_view digits = text.substr(begin, end - begin);
  if (!hex && digits.find_first_not_of("0123456789") != std::string_view::npos) return {};
  int value = 0;
  for (const char c : digits) {
    if (hex_digit(c) < 0) return {};
    value = value * (hex ? 16 : 10) + hex_digit(c);
  }
  return value >= kAscii ? Escape{} : Escape{static_cast<char>(value), end + 1};
}

Escape escape_at(std::string_view text) {
  constexpr std::size_t kPercent = 3;  // %2F
  constexpr std::size_t kUnicode = 6;  // \u002f
  constexpr int kAscii = 0x80;
  if (text[0] == '%') {
    const int value = hex_number(text.substr(1), 2);
    return value < 0 ? Escape{} : Escape{static_cast<char>(value), kPercent};
  }
  if (text[0] == '&') return entity_at(text);
  if (text[0] != '\\' || text.size() < 2) return {};
  if (text[1] == 'u') {
    const int value = hex_number(text.substr(2), 4);
    return value < 0 || value >= kAscii ? Escape{} : Escape{static_cast<char>(value), kUnicode};
  }
  return {text[1], 2};
}

Plain without_escapes(const Plain& escaped) {
  Plain plain;
  const std::string_view text = escaped.text;
  for (std::size_t at = 0; at < text.size();) {
    const Escape escape = escape_at(text.substr(at));
    const std::size_t length = std::max<std::size_t>(escape.length, 1);
    plain.text.push_back(escape.length == 0 ? text[at] : escape.character);
    plain.begin.push_back(escaped.begin[at]);
    plain.end.push_back(escaped.end[at + length - 1]);
    at += length;
  }
  return plain;
}

std::string hex_of(std::string_view secret) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  for (const char c : secret) {
    const auto byte = static_cast<unsigned char>(c);
    out += kDigits[byte / 16];
    out += kDigits[byte % 16];
  }
  return out;
}

// Without padding. `skip` bytes that stand before it in what is encoded change what comes of it.
std::string base64_within(std::string_view secret, std::size_t skip) {
  static constexpr std::string_view kLetters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  constexpr std::array<std::size_t, 3> kForeign = {0, 2, 3};  // characters that hold other bytes
  const std::string bytes = std::string(skip, '\0') + std::string(secret);
  std::string out;
  for (std::size_t at = 0; at + 3 <= bytes.size(); at += 3) {
    const auto byte = [&](std::size_t i) {
      return static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[at + i]));
    };
    const std::uint32_t three = byte(0) << 16U | byte(1) << 8U | byte(2);
    for (const unsigned shift : {18U, 12U, 6U, 0U}) out += kLetters[three >> shift & 63U];
  }
  return out.size() > kForeign[skip] ? out.substr(kForeign[skip]) : "";
}

std::size_t beginning_of(std::string_view part) {
  return static_cast<std::size_t>(static_cast<unsigned char>(part[0])) * 256 +
         static_cast<unsigned char>(part[1]);
}

// Replaces what `covered` marks, each run of it once.
std::string without(const std::string& text, const std::vector<bool>& covered) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!covered[i]) {
      out.push_back(text[i]);
    } else if (i == 0 || !covered[i - 1]) {
      out += kRemoved;
    }
  }
  return out;
}

}  // namespace

Redactor::Redactor(const std::vector<std::string>& secrets) {
  for (const std::string& secret : secrets) {
    if (secret.size() < kPart) {
      if (!secret.empty()) short_.push_back(secret);
      continue;
    }
    add_parts(secret);
    add_parts(hex_of(secret));
    for (std::size_t skip = 0; skip < 3; ++skip) add_parts(base64_within(secret, skip));
  }
  std::ranges::sort(short_, [](const auto& a, const auto& b) { return a.size() > b.size(); });
}

void Redactor::add_parts(std::string_view secret) {
  const std::string text = folded(secret);
  for (std::size_t at = 0; at + kPart <= text.size(); ++at) {
    const std::string part = text.substr(at, kPart);
    beginnings_.set(beginning_of(part));
    parts_.insert(part);
  }
}

bool Redactor::part_at(std::string_view text, std::size_t at) const {
  const std::string_view part = text.substr(at, kPart);
  return part.size() == kPart && beginnings_.test(beginning_of(part)) &&
         parts_.contains(std::string(part));
}

template <class Cover>
void Redactor::find(const std::string& text, const Cover& cover) const {
  const std::string folded_text = folded(text);
  for (std::size_t at = 0; !parts_.empty() && at < folded_text.size(); ++at) {
    if (part_at(folded_text, at)) cover(at, kPart);
  }
  for (const std::string& secret : short_) {
    for (std::size_t at = text.find(secret); at != std::string::npos;
         at = text.find(secret, at + secret.size())) {
      cover(at, secret.size());
    }
  }
}

std::string Redactor::operator()(std::string text) const {
  std::vector<bool> covered(text.size(), false);
  bool any = false;
  Plain plain = as_it_came(text);
  for (int layer = 0; layer <= kLayers; ++layer) {
    find(plain.text, [&](std::size_t at, std::size_t length) {
      any = true;
      for (std::size_t i = plain.begin[at]; i < plain.end[at + length - 1]; ++i) covered[i] = true;
    });
    Plain next = without_escapes(plain);
    if (next.text.size() == plain.text.size())
      break;  // an escape is longer than what it stands for
    plain = std::move(next);
  }
  return any ? without(text, covered) : text;
}

}  // namespace flowlog
