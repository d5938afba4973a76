#include "probe/observed_contract.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "generators/spellings.h"

namespace flowlog::probe {
namespace {

constexpr const char* kSource = "Observed by a probe of the endpoint";
constexpr std::size_t kBytesInPoint = 4;   // of UTF-8 in a code point
constexpr std::size_t kUnitsInPoint = 2;   // units in a code point
constexpr std::size_t kClusterPoints = 2;  // code points in the clusters that were tried

void say(Rule& rule, const std::string& en, const std::string& zh) {
  rule.source = kSource;
  rule.text = {"Observed: " + en, "实际观察：" + zh};
}

// Lengths from `from` to `to`, the longest, depend on the characters.
void leave_open(Rule& rule, std::size_t from, std::size_t to) {
  rule.max = to;
  rule.grey_lengths.clear();
  for (std::size_t length = from; length <= to; ++length) rule.grey_lengths.push_back(length);
}

void take_max(Rule& rule, const SeenLength& seen) {
  const std::size_t max = seen.max->value;
  const auto shared = [&](std::size_t units) {
    const std::size_t shortest = std::max<std::size_t>(rule.min, 1);
    leave_open(rule, std::max(max / units, shortest) + 1, max);
  };
  switch (seen.unit.value_or(Unit::characters)) {
    case Unit::bytes:
      return shared(kBytesInPoint);
    case Unit::utf16_units:
      return shared(kUnitsInPoint);
    case Unit::clusters:
      return leave_open(rule, max + 1, kClusterPoints * max);
    default:
      break;
  }
  // A length that pages differ on stays open.
  if (std::ranges::find(rule.grey_lengths, max + 1) != rule.grey_lengths.end()) return;
  if (rule.max != max) rule.grey_lengths.clear();
  rule.max = max;
}

void take_length(Rule& rule, const SeenParameter& seen) {
  if (!seen.length || !seen.length->max || seen.length->max->at_least) return;
  const Rule before = rule;
  if (seen.length->min) rule.min = *seen.length->min;
  take_max(rule, *seen.length);
  if (rule == before) return;
  say(rule, fmt::format("{} to {} characters.", rule.min, rule.max),
      fmt::format("{}~{} 个字符。", rule.min, rule.max));
}

std::string escaped(const Charset& set) {
  std::string pattern = "[";
  for (const auto& [first, last] : set.ranges()) {
    pattern += fmt::format("\\x{{{:X}}}", static_cast<std::uint32_t>(first));
    if (last != first) pattern += fmt::format("-\\x{{{:X}}}", static_cast<std::uint32_t>(last));
  }
  return pattern + "]";
}

void refuse(Rule& rule, const Charset& set) {
  rule.allowed = rule.allowed.minus(set);
  rule.grey = rule.grey.minus(set);
}

// One of a kind was tried: others of it are likely taken, and none of them certainly.
void leave_open(Rule& rule, const Charset& set) {
  const Charset rest = set.minus(rule.allowed).minus(rule.grey);
  if (!rest.empty()) rule.grey = rule.grey.united(Charset({escaped(rest)}));
}

void take_characters(Rule& rule, const SeenParameter& seen) {
  const Rule before = rule;
  for (const SeenKind& one : seen.kinds) {
    const char32_t sample = one.kind->samples.front();
    if (rule.grey.contains(sample)) continue;
    const bool allowed = rule.allowed.contains(sample);
    if (allowed && !one.taken) refuse(rule, one.kind->set);
    if (!allowed && one.taken) leave_open(rule, one.kind->set);
  }
  std::vector<std::string> marks;
  for (const char mark : seen.marks_taken) {
    const auto point = static_cast<char32_t>(static_cast<unsigned char>(mark));
    if (!rule.allowed.contains(point)) marks.emplace_back(1, mark);
  }
  if (!marks.empty()) {
    rule.grey = rule.grey.minus(Charset(marks));
    rule.allowed = rule.allowed.united(Charset(marks));
  }
  for (const char mark : seen.marks_refused) {
    const auto point = static_cast<char32_t>(static_cast<unsigned char>(mark));
    if (rule.allowed.contains(point)) refuse(rule, Charset({std::string(1, mark)}));
  }
  if (rule == before) return;
  rule.source = kSource;
}

void take_words(Rule& rule, const SeenParameter& seen) {
  if (seen.words.empty()) return;
  std::vector<std::string> words;
  for (const auto* list : {&seen.words, &seen.other_cases}) {
    for (const SeenWord& one : *list) {
      if (one.taken) words.push_back(one.word);
    }
  }
  // Where a word is taken in other letter cases, those of these are as well.
  for (const SeenWord& one : seen.other_cases) {
    if (!one.taken) continue;
    for (const std::string& other : other_cases(one.word)) {
      if (std::ranges::find(words, other) == words.end()) words.push_back(other);
    }
  }
  if (words.empty() || words == rule.words) return;
  rule.words = words;
  say(rule, fmt::format("one of {}.", join(words, ", ")),
      fmt::format("取值为 {}。", join(words, "、")));
}

void take_count(Rule& rule, const SeenParameter& seen) {
  if (!seen.count || seen.count->at_least || seen.count->value == rule.max) return;
  if (seen.count->value > rule.max && seen.count->value <= rule.grey_max) return;
  rule.max = seen.count->value;
  rule.grey_max = 0;
  say(rule, fmt::format("at most {} in one request.", rule.max),
      fmt::format("单次请求最多 {} 个。", rule.max));
}

void take(Parameter& parameter, const SeenParameter& seen) {
  for (Rule& rule : parameter.rules) {
    if (rule.kind == RuleKind::length) take_length(rule, seen);
    if (rule.kind == RuleKind::characters) take_characters(rule, seen);
    if (rule.kind == RuleKind::values) take_words(rule, seen);
    if (rule.kind == RuleKind::count) take_count(rule, seen);
  }
  if (seen.default_value && parameter.default_value) parameter.default_value = seen.default_value;
}

}  // namespace

Contract observed_contract(Contract documented, const Observed& observed) {
  for (Parameter& parameter : documented.parameters) {
    const auto seen = observed.parameters.find(parameter.name);
    if (seen != observed.parameters.end()) take(parameter, seen->second);
  }
  if (observed.quota && !observed.quota->at_least && documented.quota != 0) {
    documented.quota = static_cast<int>(observed.quota->value);
  }
  return documented;
}

}  // namespace flowlog::probe
