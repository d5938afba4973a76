#include "engine/redactor.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/percent.h"

namespace flowlog {
namespace {

constexpr std::size_t kPart = 16;

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

// Text without escapes, and where each of its characters stood.
struct Plain {
  std::string text;
  std::vector<std::size_t> begin;
  std::vector<std::size_t> end;

  void add(char c, std::size_t from, std::size_t to) {
    text.push_back(c);
    begin.push_back(from);
    end.push_back(to);
  }
};

struct Escape {
  char character = 0;
  std::size_t length = 0;  // 0: none
};

Escape escape_at(std::string_view text) {
  constexpr std::size_t kPercent = 3;  // %2F
  constexpr std::size_t kUnicode = 6;  // \u002f
  constexpr int kAscii = 0x80;
  if (text[0] == '%') {
    const int value = hex_number(text.substr(1), 2);
    return value < 0 ? Escape{} : Escape{static_cast<char>(value), kPercent};
  }
  if (text[0] != '\\' || text.size() < 2) return {};
  if (text[1] == 'u') {
    const int value = hex_number(text.substr(2), 4);
    return value < 0 || value >= kAscii ? Escape{} : Escape{static_cast<char>(value), kUnicode};
  }
  return {text[1], 2};
}

Plain without_escapes(std::string_view text) {
  Plain plain;
  for (std::size_t at = 0; at < text.size();) {
    const Escape escape = escape_at(text.substr(at));
    const std::size_t length = std::max<std::size_t>(escape.length, 1);
    plain.add(escape.length == 0 ? text[at] : escape.character, at, at + length);
    at += length;
  }
  return plain;
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
std::string without(const std::string& text, const Plain& plain, const std::vector<bool>& covered) {
  std::string out;
  std::size_t copied = 0;
  for (std::size_t i = 0; i < covered.size(); ++i) {
    if (!covered[i]) continue;
    out.append(text, copied, plain.begin[i] - copied);
    out += kRemoved;
    while (i + 1 < covered.size() && covered[i + 1]) ++i;
    copied = plain.end[i];
  }
  return out.append(text, copied);
}

}  // namespace

Redactor::Redactor(const std::vector<std::string>& secrets) {
  for (const std::string& secret : secrets) {
    if (secret.size() < kPart) {
      if (!secret.empty()) short_.push_back(secret);
      continue;
    }
    add_parts(secret);
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

std::string Redactor::operator()(std::string text) const {
  const Plain plain = without_escapes(text);
  const std::string folded_text = folded(plain.text);
  std::vector<bool> covered(plain.text.size(), false);
  bool any = false;
  const auto cover = [&](std::size_t at, std::size_t length) {
    any = true;
    std::fill_n(covered.begin() + static_cast<std::ptrdiff_t>(at), length, true);
  };
  for (std::size_t at = 0; !parts_.empty() && at < folded_text.size(); ++at) {
    if (part_at(folded_text, at)) cover(at, kPart);
  }
  for (const std::string& secret : short_) {
    for (std::size_t at = plain.text.find(secret); at != std::string::npos;
         at = plain.text.find(secret, at + secret.size())) {
      cover(at, secret.size());
    }
  }
  return any ? without(text, plain, covered) : text;
}

}  // namespace flowlog
