#include "specs/read.h"

#include <fmt/format.h>

#include <algorithm>

namespace flowlog {

std::string text_or(const JsonNode& node, std::string_view member, std::string fallback) {
  auto found = node.find(member);
  return found ? found->text() : std::move(fallback);
}

std::string filled(const JsonNode& node) {
  std::string text = node.text();
  if (text.empty()) node.fail("text that is not empty");
  return text;
}

bool flag(const JsonNode& node, std::string_view member) {
  auto found = node.find(member);
  return found && found->boolean();
}

Text read_text(const JsonNode& node) {
  node.only({"en", "zh"});
  return {node.at("en").text(), node.at("zh").text()};
}

Text read_sentence(const JsonNode& node) {
  Text text = read_text(node);
  filled(node.at("en"));
  filled(node.at("zh"));
  return text;
}

std::string read_id(const JsonNode& node, std::string_view prefix) {
  std::string id = node.text();
  auto letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.';
  };
  if (!id.starts_with(prefix) || id.size() == prefix.size() ||
      !std::all_of(id.begin() + std::ptrdiff_t(prefix.size()), id.end(), letter)) {
    node.fail(fmt::format("an id of the form {}name (letters, digits, - _ .)", prefix));
  }
  return id;
}

Names words_at(const JsonNode& node, std::string_view member) {
  JsonNode list = node.at(member);
  Names words;
  for (const JsonNode& item : list.items()) {
    std::string word = filled(item);
    if (std::find(words.begin(), words.end(), word) != words.end()) {
      item.fail("a word that does not stand before in the list");
    }
    words.push_back(std::move(word));
  }
  if (words.empty()) list.reject("an empty list, expected at least one word");
  return words;
}

Names words_if(const JsonNode& node, std::string_view member) {
  return node.find(member) ? words_at(node, member) : Names{};
}

std::string read_condition(const JsonNode& node) {
  std::string condition = node.text();
  for (std::string_view prefix : {"account.", "resource."}) {
    if (!condition.starts_with(prefix) || condition.size() == prefix.size()) continue;
    if (condition.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_", prefix.size()) ==
        std::string::npos) {
      return condition;
    }
  }
  node.fail("account.name or resource.name in lower case");
}

}  // namespace flowlog
