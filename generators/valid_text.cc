#include "generators/valid_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/json_node.h"
#include "base/text.h"
#include "generators/gen_util.h"
#include "generators/placeholders.h"

namespace flowlog {
namespace {

constexpr const char* kOwnName = "flowlog-conformance";

bool contains(const std::vector<std::size_t>& list, std::size_t value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

// Code points in front of the text itself.
std::size_t stem(const TextShape& shape) {
  return shape.before.empty() ? 0 : kUniqueLength;
}

}  // namespace

const Rule* rule_of(const Parameter& parameter, RuleKind kind) {
  const auto it = std::find_if(parameter.rules.begin(), parameter.rules.end(),
                               [&](const Rule& rule) { return rule.kind == kind; });
  return it == parameter.rules.end() ? nullptr : &*it;
}

ValidText::ValidText(const Parameter& parameter)
    : name_(parameter.name), token_(is_token(parameter)) {
  if (const Rule* rule = rule_of(parameter, RuleKind::length)) read_lengths(*rule);
  const Rule* characters = rule_of(parameter, RuleKind::characters);
  inner_ = characters != nullptr ? characters->allowed : Charset({"[A-Za-z]", "[0-9]"});
  first_ = last_ = inner_;
  if (const Rule* rule = rule_of(parameter, RuleKind::first)) {
    first_ = common(inner_, rule->allowed);
    ruled_start_ = 1;
  }
  if (const Rule* rule = rule_of(parameter, RuleKind::last)) {
    last_ = common(inner_, rule->allowed);
    ruled_end_ = 1;
  }
  if (rule_of(parameter, RuleKind::edges) != nullptr) first_ = first_.minus(Charset({" "}));
  // No page says of any text whether a blank may end it; none that must be accepted does.
  last_ = last_.minus(Charset({" "}));
  if (const Rule* rule = rule_of(parameter, RuleKind::prefix)) {
    for (const std::vector<std::string>* words : {&rule->words, &rule->grey_words}) {
      for (const std::string& word : *words) avoid_.push_back(lower_ascii(word));
    }
  }
}

void ValidText::read_lengths(const Rule& rule) {
  min_ = rule.min;
  max_ = rule.max;
  while (max_ > min_ && contains(rule.grey_lengths, max_)) --max_;
  while (min_ < max_ && contains(rule.grey_lengths, min_)) ++min_;
}

TextShape ValidText::shape(std::size_t min, std::size_t max) const {
  TextShape shape;
  shape.min = std::max<std::size_t>(min, 1);
  shape.max = std::max(max, shape.min);
  shape.first = Alphabet(first_);
  shape.inner = Alphabet(inner_);
  shape.last = Alphabet(last_);
  shape.only = Alphabet(common(first_, last_));
  shape.avoid = avoid_;
  if (token_ && shape.max >= kUniqueLength) {
    shape.before = kUnique;
    shape.min = std::max(shape.min, kUniqueLength) - kUniqueLength;
    shape.max -= kUniqueLength;
    shape.first = shape.inner;
    shape.only = shape.last;
  }
  return shape;
}

TextShape ValidText::shape(std::size_t min, std::size_t max, const Charset& only) const {
  ValidText narrow = *this;
  narrow.inner_ = common(inner_, only);
  if (!common(first_, only).empty()) narrow.first_ = common(first_, only);
  if (!common(last_, only).empty()) narrow.last_ = common(last_, only);
  return narrow.shape(min, max);
}

rc::Shrinkable<std::string> ValidText::filled(const TextShape& shape, std::size_t length,
                                              const std::u32string& cycle) const {
  if (length < stem(shape) + shape.min) {
    throw TooNarrow(fmt::format("a text of {} characters must have at least {}", length,
                                stem(shape) + shape.min));
  }
  std::u32string points;
  const std::size_t own = length - stem(shape);
  for (std::size_t i = 0; i < own; ++i) {
    const Alphabet& alphabet = shape.at(i, own);
    const char32_t wanted = cycle[i % cycle.size()];
    points += alphabet.contains(wanted) ? wanted : alphabet.simplest();
  }
  return exactly(shape, std::move(points));
}

rc::Shrinkable<std::string> ValidText::filled(const TextShape& shape, std::size_t length) const {
  return filled(shape, length, {shape.inner.simplest()});
}

bool ValidText::allows(std::string_view value) const {
  const auto points = decode_utf8(value);
  if (!points || points->size() < min_ || points->size() > max_) return false;
  if (points->empty()) return true;
  return first_.contains(points->front()) && last_.contains(points->back()) &&
         std::all_of(points->begin(), points->end(),
                     [&](char32_t point) { return inner_.contains(point); }) &&
         std::none_of(avoid_.begin(), avoid_.end(), [&](const std::string& beginning) {
           return lower_ascii(value).starts_with(beginning);
         });
}

std::string ValidText::plain_value() const {
  if (!token_ && allows(kOwnName)) return kOwnName;
  const TextShape plain = shape(min_, max_);
  try {
    return filled(plain, std::max({min_, plain.shortest() + stem(plain), std::size_t{1}})).value();
  } catch (const TooNarrow& reason) {
    throw InputError(
        fmt::format("The rules of {} leave no value to send: {}.", name_, reason.what()));
  }
}

}  // namespace flowlog
