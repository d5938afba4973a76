#include "suites/token_texts.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "base/text.h"

namespace flowlog {

void reverse_query(std::string& target) {
  const std::size_t query = target.find('?');
  if (query == std::string::npos) return;
  std::vector<std::string> pairs = split(std::string_view(target).substr(query + 1), '&');
  std::ranges::reverse(pairs);
  target.replace(query + 1, std::string::npos, join(pairs, "&"));
}

std::string with_other_end(const std::string& token) {
  std::string other = token;
  other.back() = other.back() == 'x' ? 'y' : 'x';
  return other;
}

std::string with_escaped_end(const std::string& token) {
  return token.substr(0, token.size() - 1) +
         fmt::format("%{:02X}", static_cast<unsigned char>(token.back()));
}

std::string in_capitals(const std::string& token) {
  std::string other = token;
  for (char& c : other) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return other;
}

}  // namespace flowlog
