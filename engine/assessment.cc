#include "engine/assessment.h"

#include <fmt/format.h>

#include <algorithm>

#include "reports/check_text.h"

namespace flowlog {
namespace {

constexpr std::size_t kMostKept = 100;  // more than a result tells

bool same_told(const Assessment& a, const Assessment& b) {
  return a.verdict() == b.verdict() && a.symptom == b.symptom && told(a) == told(b);
}

}  // namespace

Assessment Assessment::conformant() {
  Assessment assessment;
  assessment.verdict_ = Verdict::conformant;
  return assessment;
}

Assessment Assessment::inconclusive(std::string message) {
  Assessment assessment;
  assessment.message = std::move(message);
  return assessment;
}

void Assessment::excuse(const std::string& remark) {
  if (verdict_ == Verdict::deviating) verdict_ = Verdict::finding;
  message = fmt::format("{} {}", remark, message);
}

std::string told(const Assessment& assessment) {
  const std::string observed = without_ids(assessment.observed);
  return observed.empty() ? assessment.message : observed + ": " + assessment.message;
}

// Iff it would decide the check's verdict.
bool AssessmentLog::decides(const Assessment& assessment) const {
  return std::ranges::all_of(kept_, [&](const Assessment& earlier) {
    return earlier.verdict() != assessment.verdict() &&
           worse(earlier.verdict(), assessment.verdict()) == assessment.verdict();
  });
}

void AssessmentLog::add(Assessment assessment) {
  count_ += assessment.times;
  const bool conformant = assessment.verdict() == Verdict::conformant;
  if (conformant && kept_.size() > 1 && kept_.back().verdict() == Verdict::conformant) {
    assessment.times += kept_.back().times;
    kept_.back() = std::move(assessment);
    return;
  }
  if (!conformant) {
    const auto same = std::ranges::find_if(
        kept_, [&](const Assessment& earlier) { return same_told(earlier, assessment); });
    if (same != kept_.end()) {
      same->times += assessment.times;
      return;
    }
  }
  if (kept_.size() < kMostKept || decides(assessment)) kept_.push_back(std::move(assessment));
}

void AssessmentLog::append(AssessmentLog later) {
  for (Assessment& one : later.kept_) add(std::move(one));
}

}  // namespace flowlog
