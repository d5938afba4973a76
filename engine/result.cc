#include "engine/result.h"

#include <fmt/format.h>

#include <algorithm>

#include "reports/check_text.h"

namespace flowlog {
namespace {

constexpr std::size_t kMaxRemarks = 20;

const Assessment* worst(const std::vector<Assessment>& assessments) {
  const Assessment* worst = nullptr;
  for (const Assessment& assessment : assessments) {
    if (worst == nullptr ||
        (assessment.verdict() != worst->verdict() &&
         worse(assessment.verdict(), worst->verdict()) == assessment.verdict())) {
      worst = &assessment;
    }
  }
  return worst;
}

// What there is to say beyond the ruling that decides, each once with how often it came.
std::vector<std::string> remarks(const std::vector<Assessment>& assessments,
                                 const Assessment& decides) {
  std::vector<std::pair<std::string, int>> counted;
  const std::string said = told(decides);
  for (const Assessment& assessment : assessments) {
    if (assessment.verdict() == Verdict::conformant || assessment.message.empty()) continue;
    std::string text = told(assessment);
    if (text == said) continue;
    const auto same = std::ranges::find(counted, text, &std::pair<std::string, int>::first);
    if (same != counted.end()) {
      same->second += assessment.times;
    } else if (counted.size() < kMaxRemarks) {
      counted.emplace_back(std::move(text), assessment.times);
    }
  }
  std::vector<std::string> out;
  for (auto& [text, times] : counted) {
    out.push_back(times == 1 ? std::move(text) : fmt::format("{} × {}", times, text));
  }
  return out;
}

}  // namespace

CheckResult result_of(const Check& check) {
  CheckResult result;
  result.id = check.id;
  result.title = {check.title.en, check.title.zh};
  result.rows = check.rows;
  result.standing = std::string(name(check.standing));
  return result;
}

void Noted::append(Noted later) {
  log.append(std::move(later.log));
  requests += later.requests;
  created += later.created;
  lost += later.lost;
  no_lease = no_lease || later.no_lease;
  burnt = burnt || later.burnt;
  std::ranges::move(later.strangers, std::back_inserter(strangers));
}

Noted noted_by(const CheckContext& context) {
  return {context.noted(), context.requests(), context.created(), context.lost(), false, false, {}};
}

CheckResult result_of(const Check& check, const Noted& outcome, std::string& symptom) {
  CheckResult result = result_of(check);
  result.cases = check.script ? 1 : outcome.log.count();
  result.requests = outcome.requests;
  result.created = outcome.created;
  const Assessment* assessment = worst(outcome.log.kept());
  symptom.clear();
  if (assessment == nullptr) {
    result.message = "The check sent nothing that could be judged.";
    return result;
  }
  result.verdict = assessment->verdict();
  result.expected = assessment->expected;
  result.observed = assessment->observed;
  result.message = assessment->message;
  result.example = assessment->example;
  result.original = assessment->original;
  result.steps = assessment->steps;
  if (assessment->verdict() == Verdict::deviating) symptom = assessment->symptom;
  result.remarks = remarks(outcome.log.kept(), *assessment);
  return result;
}

CheckResult result_of(const CheckContext& context, std::string& symptom) {
  return result_of(context.check(), noted_by(context), symptom);
}

}  // namespace flowlog
