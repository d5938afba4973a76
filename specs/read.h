// How the files of specs/ are read: small parts that their loaders share. Everything throws
// InputError (base/json_node.h) at what does not belong.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/json_node.h"
#include "specs/contract.h"
#include "specs/words.h"

namespace flowlog {

using Names = std::vector<std::string>;

inline constexpr std::int64_t kLongest = 1'000'000;  // a limit beyond it is a slip of the pen

// The text of `member`, or `fallback` when it is absent.
std::string text_or(const JsonNode& node, std::string_view member, std::string fallback);
// Text that is not empty.
std::string filled(const JsonNode& node);
// True iff `member` is there and true.
bool flag(const JsonNode& node, std::string_view member);
// A text in both languages, and one with neither empty.
Text read_text(const JsonNode& node);
Text read_sentence(const JsonNode& node);
// `prefix` and a name of letters, digits, - _ and .
std::string read_id(const JsonNode& node, std::string_view prefix);
// A list of distinct, filled texts with at least one of them.
Names words_at(const JsonNode& node, std::string_view member);
// The same, empty when the member is absent.
Names words_if(const JsonNode& node, std::string_view member);
// "account.NAME" or "resource.NAME".
std::string read_condition(const JsonNode& node);

template <class Value>
Value word_of(const JsonNode& node, const Words<Value>& words) {
  Names names;
  for (const auto& [name, value] : words) names.push_back(name);
  std::string word = node.word(names);
  std::size_t i = 0;
  while (words[i].first != word) ++i;
  return words[i].second;
}

template <class Read>
auto list_of(const JsonNode& node, Read read) {
  std::vector<decltype(read(node))> list;
  for (const JsonNode& item : node.items()) list.push_back(read(item));
  return list;
}

template <class Read>
auto list_at(const JsonNode& node, std::string_view member, Read read) {
  auto found = node.find(member);
  return found ? list_of(*found, read) : std::vector<decltype(read(node))>{};
}

template <class Fact>
void read_origin(const JsonNode& node, Fact& fact) {
  fact.standing = word_of(node.at("standing"), standing_words());
  fact.source = filled(node.at("source"));
}

// Of contracts, and of what every action has in common.
Rule read_rule(const JsonNode& node, const Parameter& owner);
Parameter read_parameter(const JsonNode& node);
Field read_field(const JsonNode& node);

}  // namespace flowlog
