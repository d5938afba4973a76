#include <algorithm>

#include "base/text.h"
#include "generators/placeholders.h"
#include "generators/valid_text.h"
#include "probe/steps.h"

namespace flowlog::probe {
namespace {

// What teams' expressions for letters and digits differ on, and what users paste.
constexpr const char* kKinds[] = {"letter",      "capital",        "digit",      "blank",
                                  "chinese",     "rare-han",       "astral-han", "other-letter",
                                  "other-digit", "combining-mark", "emoji",      "symbol",
                                  "wide-blank",  "full-width-mark"};

const Charset* allowed_of(const Parameter& parameter) {
  const Rule* rule = rule_of(parameter, RuleKind::characters);
  return rule == nullptr ? nullptr : &rule->allowed;
}

// The characters between plain ones, as many as the shortest text has; one that is a new token
// where it has to be.
std::string framed(const Parameter& parameter, const SeenParameter& seen,
                   const std::u32string& points) {
  const std::string plain = encode_utf8(Alphabet(ValidText(parameter).first()).simplest());
  const std::string start = is_token(parameter) ? std::string(kUnique) : plain;
  std::string text = start + encode_utf8(points) + plain;
  const std::size_t least = seen.length ? seen.length->min.value_or(0) : 0;
  for (std::size_t count = points.size() + 2; count < least; ++count) text += plain;
  return text;
}

char32_t sample_of(const CharacterKind& kind, const Charset& allowed) {
  const auto inside =
      std::ranges::find_if(kind.samples, [&](char32_t point) { return allowed.contains(point); });
  return inside == kind.samples.end() ? kind.samples.front() : *inside;
}

// Those of `points` that are taken. All at once where that works: a text with one that is refused
// is refused.
std::optional<std::u32string> taken_of(Asker& asker, const Parameter& parameter,
                                       const SeenParameter& seen, const std::u32string& points) {
  if (points.empty()) return points;
  const auto together = asker.takes(parameter, framed(parameter, seen, points));
  if (!together) return std::nullopt;
  if (*together) return points;
  std::u32string taken;
  if (points.size() == 1) return taken;
  for (const char32_t point : points) {
    const auto alone = asker.takes(parameter, framed(parameter, seen, std::u32string(1, point)));
    if (!alone) return std::nullopt;
    if (*alone) taken += point;
  }
  return taken;
}

}  // namespace

void see_kinds(Asker& asker, const Parameter& parameter, SeenParameter& seen) {
  const Charset* allowed = allowed_of(parameter);
  if (allowed == nullptr) return;
  std::vector<const CharacterKind*> kinds;
  std::u32string documented;
  std::u32string others;
  for (const char* id : kKinds) {
    const CharacterKind& kind = character_kind(id);
    const char32_t point = sample_of(kind, *allowed);
    kinds.push_back(&kind);
    (allowed->contains(point) ? documented : others) += point;
  }
  for (const std::u32string& group : {documented, others}) {
    const auto taken = taken_of(asker, parameter, seen, group);
    if (!taken) continue;
    for (const CharacterKind* kind : kinds) {
      const char32_t point = sample_of(*kind, *allowed);
      if (group.find(point) == std::u32string::npos) continue;
      seen.kinds.push_back({kind, taken->find(point) != std::u32string::npos});
    }
  }
}

void see_marks(Asker& asker, const Parameter& parameter, SeenParameter& seen) {
  const Charset* allowed = allowed_of(parameter);
  if (allowed == nullptr) return;
  std::u32string documented;
  std::u32string others;
  for (const char32_t point : character_kind("mark").samples) {
    (allowed->contains(point) ? documented : others) += point;
  }
  for (const std::u32string& group : {documented, others}) {
    const auto taken = taken_of(asker, parameter, seen, group);
    if (!taken) continue;
    for (const char32_t point : group) {
      const bool is_taken = taken->find(point) != std::u32string::npos;
      (is_taken ? seen.marks_taken : seen.marks_refused) += static_cast<char>(point);
    }
  }
}

}  // namespace flowlog::probe
