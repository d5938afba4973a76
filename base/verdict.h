// What became of a check.
#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace flowlog {

enum class Verdict { conformant, deviating, finding, known, skipped, inconclusive };
// By how much each tells of a row, the most telling last.
inline constexpr std::array kVerdicts = {Verdict::skipped,      Verdict::conformant,
                                         Verdict::finding,      Verdict::known,
                                         Verdict::inconclusive, Verdict::deviating};
std::string_view name(Verdict verdict);
std::optional<Verdict> parse_verdict(std::string_view word);
// The more telling of two, for a row with several checks:
// deviating > inconclusive > known > finding > conformant > skipped.
Verdict worse(Verdict a, Verdict b);

}  // namespace flowlog
