#include "reports/sentences.h"

#include <nlohmann/json.hpp>

#include "reports/embedded_sentences.h"

namespace flowlog {
namespace {

constexpr std::string_view kHoles = "*+~^";

std::vector<Sentence> read_sentences(const EmbeddedFile& file) {
  std::vector<Sentence> all;
  const auto groups = nlohmann::ordered_json::parse(file.text);
  for (const auto& group : groups) {
    for (const auto& one : group) all.push_back({one.at("en"), one.at("zh")});
  }
  return all;
}

bool is_word(std::string_view text) {
  return !text.empty() && text.find(' ') == std::string_view::npos;
}

std::string filled(std::string_view zh, const std::vector<std::string_view>& holes,
                   std::string (*chinese)(std::string_view)) {
  std::string out;
  std::size_t next = 0;
  for (const char c : zh) {
    if (kHoles.find(c) == std::string_view::npos) {
      out += c;
    } else {
      const std::string_view held = holes.at(next++);
      out += c == '~' || c == '^' ? chinese(held) : std::string(held);
    }
  }
  return out;
}

}  // namespace

const std::vector<Sentence>& sentences() {
  static const std::vector<Sentence> all = read_sentences(embedded_sentences().front());
  return all;
}

std::size_t find_unquoted(std::string_view text, std::string_view part, std::size_t from) {
  if (text.find(part, from) == std::string_view::npos) return std::string_view::npos;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i >= from && !quoted && text.substr(i).starts_with(part)) return i;
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == '"') {
      quoted = !quoted;
    }
  }
  return std::string_view::npos;
}

std::optional<std::vector<std::string_view>> holes_of(std::string_view pattern,
                                                      std::string_view text) {
  std::vector<std::string_view> held;
  std::size_t hole = pattern.find_first_of(kHoles);
  if (hole == std::string_view::npos) return pattern == text ? std::optional(held) : std::nullopt;
  if (!text.starts_with(pattern.substr(0, hole))) return std::nullopt;
  text.remove_prefix(hole);
  while (hole != std::string_view::npos) {
    const bool word = pattern[hole] == '+' || pattern[hole] == '^';
    pattern.remove_prefix(hole + 1);
    hole = pattern.find_first_of(kHoles);
    const std::string_view literal = pattern.substr(0, hole);
    const bool last = hole == std::string_view::npos;
    if (last && !text.ends_with(literal)) return std::nullopt;
    const std::size_t at = last ? text.size() - literal.size() : find_unquoted(text, literal);
    if (at == std::string_view::npos || (word && !is_word(text.substr(0, at)))) return std::nullopt;
    held.push_back(text.substr(0, at));
    text.remove_prefix(at + literal.size());
  }
  return held;
}

std::optional<std::string> by_catalogue(std::string_view text,
                                        std::string (*chinese)(std::string_view)) {
  for (const Sentence& sentence : sentences()) {
    if (const auto holes = holes_of(sentence.en, text)) {
      return filled(sentence.zh, *holes, chinese);
    }
  }
  return std::nullopt;
}

}  // namespace flowlog
