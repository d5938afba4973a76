#include <algorithm>

#include "base/text.h"
#include "generators/placeholders.h"
#include "generators/valid_text.h"
#include "probe/steps.h"

namespace flowlog::probe {
namespace {

constexpr std::size_t kLongest = 4096;  // no longer text is sent

// `count` characters: a plain one, then others. A token begins with what makes it a new one, which
// counts as `kUniqueLength` plain characters.
std::string text_of(const Parameter& parameter, std::size_t count, const std::string& other) {
  std::string text;
  std::size_t left = count;
  if (is_token(parameter) && count >= kUniqueLength) {
    text = kUnique;
    left -= kUniqueLength;
  } else if (left > 0) {
    text = encode_utf8(Alphabet(ValidText(parameter).first()).simplest());
    --left;
  }
  for (std::size_t i = 0; i < left; ++i) text += other;
  return text;
}

std::string plain_of(const Parameter& parameter) {
  return encode_utf8(Alphabet(ValidText(parameter).inner()).simplest());
}

bool takes_kind(const SeenParameter& seen, std::string_view id) {
  return std::ranges::any_of(seen.kinds,
                             [&](const SeenKind& one) { return one.taken && one.kind->id == id; });
}

// `max`: of plain characters.
std::optional<Unit> unit_of(Asker& asker, const Parameter& parameter, const SeenParameter& seen,
                            std::size_t max) {
  const auto taken = [&](const std::string& other) {
    return asker.takes(parameter, text_of(parameter, max, other));
  };
  const std::string chinese = encode_utf8(character_kind("chinese").samples);
  if (!takes_kind(seen, "chinese")) return Unit::characters;
  const auto wide = taken(chinese);
  if (!wide) return std::nullopt;
  if (!*wide) return Unit::bytes;
  if (takes_kind(seen, "combining-mark")) {
    const auto clustered =
        taken(plain_of(parameter) + encode_utf8(character_kind("combining-mark").samples));
    if (clustered && *clustered) return Unit::clusters;
  }
  if (!takes_kind(seen, "astral-han")) return Unit::not_bytes;
  const auto astral = taken(encode_utf8(character_kind("astral-han").samples));
  if (!astral) return std::nullopt;
  return *astral ? Unit::points : Unit::utf16_units;
}

}  // namespace

void see_length(Asker& asker, const Parameter& parameter, SeenParameter& seen) {
  const Rule* rule = rule_of(parameter, RuleKind::length);
  if (rule == nullptr) return;
  const std::string plain = plain_of(parameter);
  const Takes takes = [&](std::size_t count) {
    return asker.takes(parameter, text_of(parameter, count, plain));
  };
  const std::size_t floor = std::max<std::size_t>(rule->min, 1);
  SeenLength length;
  length.max = largest(rule->max, floor, kLongest, takes);
  // An empty value may count as left out, and a token of few letters is not always a new one.
  const std::size_t least = rule->min == 0 ? 0 : 1;
  if (length.max && !is_token(parameter)) {
    length.min = smallest(rule->min, least, std::min(length.max->value, rule->max), takes);
  }
  if (length.max) seen.length = length;
}

void see_unit(Asker& asker, const Parameter& parameter, SeenParameter& seen) {
  if (!seen.length || !seen.length->max || seen.length->max->at_least) return;
  seen.length->unit = unit_of(asker, parameter, seen, seen.length->max->value);
}

}  // namespace flowlog::probe
