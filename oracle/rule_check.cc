#include "oracle/rule_check.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"

namespace flowlog {
namespace {

template <class Container, class Value>
bool holds(const Container& container, const Value& value) {
  return std::find(container.begin(), container.end(), value) != container.end();
}

// The worst of `points`: one forbidden character breaks a text, however many are open.
RuleStatus worst_point(const Rule& rule, std::u32string_view points) {
  RuleStatus worst = RuleStatus::kept;
  for (char32_t point : points) {
    if (rule.allowed.contains(point)) continue;
    if (!rule.grey.contains(point)) return RuleStatus::broken;
    worst = RuleStatus::open;
  }
  return worst;
}

RuleStatus stand_characters(const Rule& rule, const Decoded& text) {
  RuleStatus worst = worst_point(rule, text.points);
  return worst == RuleStatus::kept && text.ill_formed > 0 ? RuleStatus::open : worst;
}

RuleStatus stand_end(const Rule& rule, const Decoded& text) {
  bool first = rule.kind == RuleKind::first;
  if (first ? text.ill_formed_first : text.ill_formed_last) return RuleStatus::open;
  if (text.points.empty()) return RuleStatus::kept;
  std::u32string_view points = text.points;
  return worst_point(rule, first ? points.substr(0, 1) : points.substr(points.size() - 1));
}

RuleStatus stand_length(const Rule& rule, const Decoded& text) {
  auto at = [&](std::size_t length) {
    if (holds(rule.grey_lengths, length)) return RuleStatus::open;
    return length < rule.min || length > rule.max ? RuleStatus::broken : RuleStatus::kept;
  };
  // A decoder drops an ill-formed byte or puts one character in its place.
  std::size_t shortest = text.points.size();
  RuleStatus result = at(shortest);
  for (std::size_t extra = 1; extra <= text.ill_formed && result != RuleStatus::open; ++extra) {
    result = agree(result, at(shortest + extra));
  }
  return result;
}

bool grey_form(const Rule& rule, IntegerForm form) {
  return holds(rule.grey_forms, form);
}

// `value` as a parser reads it that takes every lenient form the rule leaves open.
std::string lenient_integer(const Rule& rule, std::string_view value) {
  if (grey_form(rule, IntegerForm::surrounding_blanks)) value = trimmed(value, " ");
  if (grey_form(rule, IntegerForm::plus_sign) && value.starts_with('+')) value.remove_prefix(1);
  std::u32string digits = decode_leniently(value).points;
  if (grey_form(rule, IntegerForm::full_width_digits)) {
    constexpr char32_t zero = U'\uFF10';
    for (char32_t& point : digits) {
      if (point >= zero && point <= zero + 9) point = U'0' + (point - zero);
    }
  }
  if (grey_form(rule, IntegerForm::leading_zero)) {
    std::size_t zeros = std::min(digits.find_first_not_of(U'0'), digits.size());
    digits.erase(0, zeros == digits.size() && zeros > 0 ? zeros - 1 : zeros);
  }
  return encode_utf8(digits);
}

RuleStatus stand_values(const Parameter& parameter, const Rule& rule, std::string_view value) {
  if (holds(rule.words, value)) return RuleStatus::kept;
  if (parameter.type == Type::integer && holds(rule.words, lenient_integer(rule, value))) {
    return RuleStatus::open;
  }
  Decoded text = decode_leniently(value);
  bool repaired = text.ill_formed > 0 && holds(rule.words, encode_utf8(text.points));
  return repaired ? RuleStatus::open : RuleStatus::broken;
}

bool in_range(const Rule& rule, std::string_view text) {
  constexpr std::size_t kMostDigits = 18;
  const bool canonical = !text.empty() && text.size() <= kMostDigits &&
                         (text == "0" || !text.starts_with('0')) &&
                         text.find_first_not_of("0123456789") == std::string_view::npos;
  if (!canonical) return false;
  const std::size_t number = std::stoull(std::string(text));
  return number >= rule.min && number <= rule.max;
}

RuleStatus stand_range(const Rule& rule, std::string_view value) {
  if (in_range(rule, value)) return RuleStatus::kept;
  return in_range(rule, lenient_integer(rule, value)) ? RuleStatus::open : RuleStatus::broken;
}

RuleStatus stand_prefix(const Rule& rule, std::string_view value) {
  const std::string lower = lower_ascii(value);
  const auto begins = [&](const std::vector<std::string>& words) {
    return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
      return lower.starts_with(lower_ascii(word));
    });
  };
  if (begins(rule.words)) return RuleStatus::broken;
  return begins(rule.grey_words) ? RuleStatus::open : RuleStatus::kept;
}

RuleStatus stand_as_is(const Parameter& parameter, const Rule& rule, std::string_view value) {
  switch (rule.kind) {
    case RuleKind::length:
      return stand_length(rule, decode_leniently(value));
    case RuleKind::characters:
      return stand_characters(rule, decode_leniently(value));
    case RuleKind::first:
    case RuleKind::last:
      return stand_end(rule, decode_leniently(value));
    case RuleKind::values:
      return stand_values(parameter, rule, value);
    case RuleKind::range:
      return stand_range(rule, value);
    case RuleKind::prefix:
      return stand_prefix(rule, value);
    default:
      return RuleStatus::kept;
  }
}

bool has_edges(const Parameter& parameter) {
  return std::any_of(parameter.rules.begin(), parameter.rules.end(),
                     [](const Rule& rule) { return rule.kind == RuleKind::edges; });
}

}  // namespace

RuleStatus agree(RuleStatus a, RuleStatus b) {
  return a == b ? a : RuleStatus::open;
}

Decoded decode_leniently(std::string_view bytes) {
  Decoded text;
  for (std::size_t i = 0; i < bytes.size();) {
    std::optional<std::u32string> point;
    std::size_t length = 0;
    while (!point && length < 4 && i + length < bytes.size()) {
      point = decode_utf8(bytes.substr(i, ++length));
    }
    if (point) {
      text.points += *point;
      i += length;
      continue;
    }
    ++text.ill_formed;
    text.ill_formed_first |= i == 0;
    text.ill_formed_last |= i + 1 == bytes.size();
    ++i;
  }
  return text;
}

RuleStatus rule_status(const Parameter& parameter, const Rule& rule, std::string_view value) {
  std::string_view inner = trimmed(value, " ");
  if (rule.kind == RuleKind::edges) return inner == value ? RuleStatus::kept : RuleStatus::open;
  RuleStatus result = stand_as_is(parameter, rule, value);
  if (inner == value || !has_edges(parameter)) return result;
  return agree(result, stand_as_is(parameter, rule, inner));
}

}  // namespace flowlog
