#include "base/verdict.h"

#include <algorithm>

namespace flowlog {

std::string_view name(Verdict verdict) {
  switch (verdict) {
    case Verdict::conformant:
      return "conformant";
    case Verdict::deviating:
      return "deviating";
    case Verdict::finding:
      return "finding";
    case Verdict::known:
      return "known";
    case Verdict::skipped:
      return "skipped";
    case Verdict::inconclusive:
      return "inconclusive";
  }
  return "inconclusive";
}

std::optional<Verdict> parse_verdict(std::string_view word) {
  for (const Verdict verdict : kVerdicts) {
    if (name(verdict) == word) return verdict;
  }
  return std::nullopt;
}

Verdict worse(Verdict a, Verdict b) {
  const auto weight = [](Verdict verdict) { return std::ranges::find(kVerdicts, verdict); };
  return weight(a) < weight(b) ? b : a;
}

}  // namespace flowlog
