#include "generators/spellings.h"

#include <algorithm>
#include <functional>

#include "base/text.h"

namespace flowlog {
namespace {

bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}
bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
char lower(char c) {
  return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
}
char upper(char c) {
  return is_lower(c) ? static_cast<char>(c - 'a' + 'A') : c;
}

std::string mapped(std::string word, const std::function<char(char)>& change) {
  std::transform(word.begin(), word.end(), word.begin(), change);
  return word;
}

// The word with one more in its last digit, or "" where it does not end in one below nine.
std::string next_number(std::string word) {
  if (word.empty() || word.back() < '0' || word.back() > '8') return {};
  ++word.back();
  return word;
}

// Appends what is new.
void add(std::vector<std::string>& list, const std::string& word, const std::string& but) {
  if (word.empty() || word == but) return;
  if (std::find(list.begin(), list.end(), word) == list.end()) list.push_back(word);
}

}  // namespace

std::vector<std::string> other_cases(const std::string& word) {
  std::vector<std::string> cases;
  std::string title = mapped(word, lower);
  if (!title.empty()) title[0] = upper(title[0]);
  add(cases, mapped(word, lower), word);
  add(cases, mapped(word, upper), word);
  add(cases, title, word);
  add(cases, mapped(word, [](char c) { return is_lower(c) ? upper(c) : lower(c); }), word);
  return cases;
}

std::string full_width(const std::string& word) {
  std::u32string wide;
  for (const char c : word) {
    const auto point = static_cast<unsigned char>(c);
    wide += c == ' ' ? U'\u3000' : point > 0x20 && point < 0x7F ? point + 0xFEE0U : point;
  }
  return encode_utf8(wide);
}

std::vector<std::string> near_words(const std::string& word) {
  std::vector<std::string> words;
  add(words, word.substr(0, word.size() / 2), word);
  add(words, word.substr(0, word.size() - 1), word);
  add(words, word.substr(1), word);
  add(words, word + word.back(), word);
  add(words, word + "s", word);
  add(words, next_number(word), word);
  if (word.size() > 1) {
    std::string swapped = word;
    std::swap(swapped[0], swapped[1]);
    add(words, swapped, word);
  }
  return words;
}

std::string add_decimal(const std::string& a, const std::string& b) {
  std::string sum;
  int carry = 0;
  for (std::size_t i = 0; i < std::max(a.size(), b.size()) || carry > 0; ++i) {
    if (i < a.size()) carry += a[a.size() - 1 - i] - '0';
    if (i < b.size()) carry += b[b.size() - 1 - i] - '0';
    sum.insert(sum.begin(), static_cast<char>('0' + carry % 10));
    carry /= 10;
  }
  return sum;
}

std::string times_decimal(const std::string& a, int factor) {
  std::string product;
  int carry = 0;
  for (std::size_t i = 0; i < a.size() || carry > 0; ++i) {
    if (i < a.size()) carry += (a[a.size() - 1 - i] - '0') * factor;
    product.insert(product.begin(), static_cast<char>('0' + carry % 10));
    carry /= 10;
  }
  return product;
}

std::string before_decimal(const std::string& a) {
  std::string number = a;
  std::size_t i = number.size() - 1;
  for (; number[i] == '0'; --i) number[i] = '9';
  --number[i];
  return number.size() > 1 && number.front() == '0' ? number.substr(1) : number;
}

std::string hex_of_decimal(const std::string& a) {
  std::string digits;
  std::string rest = a;
  do {
    std::string quotient;
    int remainder = 0;
    for (const char c : rest) {
      remainder = remainder * 10 + (c - '0');
      if (!quotient.empty() || remainder >= 16) {
        quotient += static_cast<char>('0' + remainder / 16);
      }
      remainder %= 16;
    }
    digits.insert(digits.begin(), "0123456789abcdef"[remainder]);
    rest = quotient;
  } while (!rest.empty());
  return digits;
}

}  // namespace flowlog
