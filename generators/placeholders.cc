#include "generators/placeholders.h"

#include <algorithm>

namespace flowlog {
namespace {

std::string upper_ascii(std::string text) {
  for (char& c : text) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return text;
}

// FNV-1a, and the finish of SplitMix64: names that differ little give numbers that differ much.
std::uint64_t scattered(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  hash = (hash ^ (hash >> 30)) * 0xbf58476d1ce4e5b9U;
  hash = (hash ^ (hash >> 27)) * 0x94d049bb133111ebU;
  return hash ^ (hash >> 31);
}

}  // namespace

std::string with_unique(std::string value, std::string_view eight) {
  const auto at = value.find(kUnique);
  if (at != std::string::npos) value.replace(at, kUnique.size(), eight);
  return value;
}

std::string unique_letters(std::string_view run, std::uint64_t number) {
  static constexpr std::string_view kDigits = "abcdefghijklmnopqrstuvwxyz234567";
  number += scattered(run);
  std::string letters;
  for (std::size_t i = 0; i < kUniqueLength; ++i, number /= kDigits.size()) {
    letters += kDigits[number % kDigits.size()];
  }
  return letters;
}

std::string resource_placeholder(std::string_view type) {
  return "@" + std::string(type);
}

std::string with_resource(std::string value, std::string_view type, const std::string& id) {
  const std::string plain = resource_placeholder(type);
  if (value == plain) return id;
  if (value == ' ' + plain) return ' ' + id;
  if (value == plain + ' ') return id + ' ';
  if (value == upper_ascii(plain)) return upper_ascii(id);
  return value;
}

std::string instance_placeholder() {
  return resource_placeholder(kInstance);
}

bool names_instance(const Parameter& parameter) {
  return std::any_of(parameter.rules.begin(), parameter.rules.end(), [](const Rule& rule) {
    return rule.kind == RuleKind::exists && rule.target == kInstance;
  });
}

std::string id_start(const Parameter& parameter) {
  // Of an indexed parameter the example is "ResourceIds.1=fl-123456****".
  const std::string value = parameter.example.substr(parameter.example.find('=') + 1);
  const std::size_t dash = value.find('-');
  return dash == std::string::npos ? "" : value.substr(0, dash + 1);
}

bool is_token(const Parameter& parameter) {
  return parameter.token;
}

}  // namespace flowlog
