#include "reports/chinese.h"

#include <algorithm>
#include <optional>

#include "reports/sentences.h"

namespace flowlog {
namespace {

constexpr std::size_t kLongest = 4000;  // bytes; what is longer is a server's
constexpr int kMostColons = 16;         // that a sentence is tried to be split at

std::optional<std::string> known_sentence(std::string_view text) {
  return by_catalogue(text, chinese);
}

// "A, or B, or C" of an expectation, each of them an outcome.
std::optional<std::string> alternatives(std::string_view text) {
  constexpr std::string_view between = ", or ";
  if (text.find(between) == std::string_view::npos) return std::nullopt;
  std::string out;
  for (;;) {
    const std::size_t at = text.find(between);
    const std::string_view outcome = text.substr(0, at);
    const auto said = known_sentence(outcome);
    if (!said && !outcome.starts_with("HTTP ")) return std::nullopt;
    out += said.value_or(std::string(outcome));
    if (at == std::string_view::npos) return out;
    out += "，或 ";
    text.remove_prefix(at + between.size());
  }
}

// "5 × what came" of a remark.
std::optional<std::string> counted_remark(std::string_view text) {
  constexpr std::string_view times = " × ";
  const std::size_t digits = text.find_first_not_of("0123456789");
  if (digits == 0 || digits == std::string_view::npos) return std::nullopt;
  if (!text.substr(digits).starts_with(times)) return std::nullopt;
  const std::size_t head = digits + times.size();
  return std::string(text.substr(0, head)) + chinese(text.substr(head));
}

// "What came: what it means" of a remark.
std::optional<std::string> meaning_after_colon(std::string_view text) {
  constexpr std::string_view between = ": ";
  std::size_t at = find_unquoted(text, between);
  for (int i = 0; i < kMostColons && at != std::string_view::npos; ++i) {
    if (auto meaning = known_sentence(text.substr(at + between.size()))) {
      return chinese(text.substr(0, at)) + "：" + *meaning;
    }
    at = find_unquoted(text, between, at + 1);
  }
  return std::nullopt;
}

void turn(std::string& sentence) {
  sentence = chinese(sentence);
}

void turn_failure(Evidence& evidence) {
  turn(evidence.failure);
}

void turn_check(CheckResult& check) {
  turn(check.expected);
  turn(check.observed);
  turn(check.message);
  turn(check.known);
  std::ranges::for_each(check.remarks, turn);
  if (check.example) turn_failure(*check.example);
  if (check.original) turn_failure(*check.original);
  std::ranges::for_each(check.steps, turn_failure);
}

}  // namespace

std::string chinese(std::string_view sentence) {
  if (sentence.size() > kLongest) return std::string(sentence);
  for (const auto& reading : {alternatives, counted_remark, known_sentence, meaning_after_colon}) {
    if (auto said = reading(sentence)) return *said;
  }
  return std::string(sentence);
}

Report in_chinese(Report report) {
  turn(report.trouble);
  std::ranges::for_each(report.notices, turn);
  for (Leftover& left : report.leftover) turn(left.reason);
  for (Stale& stale : report.stale) turn(stale.sentence);
  std::ranges::for_each(report.checks, turn_check);
  return report;
}

const Report& as_told(const Report& report, const Language& say, Report& kept) {
  if (say.word() != "zh") return report;
  kept = in_chinese(report);
  return kept;
}

std::string as_told(const std::string& sentence, const Language& say) {
  return say.word() == "zh" ? chinese(sentence) : sentence;
}

}  // namespace flowlog
