#include "suites/result.h"

#include <algorithm>

namespace flowlog {
namespace {

constexpr std::size_t kMaxRemarks = 20;

const Ruling* worst(const std::vector<Ruling>& rulings) {
  const Ruling* worst = nullptr;
  for (const Ruling& ruling : rulings) {
    if (worst == nullptr || (ruling.verdict != worst->verdict &&
                             worse(ruling.verdict, worst->verdict) == ruling.verdict)) {
      worst = &ruling;
    }
  }
  return worst;
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

CheckResult result_of(const Scene& scene, std::string& way) {
  CheckResult result = result_of(scene.check());
  result.cases = scene.check().script ? 1 : static_cast<int>(scene.rulings().size());
  result.requests = scene.requests();
  result.created = scene.created();
  const Ruling* ruling = worst(scene.rulings());
  way.clear();
  if (ruling == nullptr) {
    result.message = "The check sent nothing that could be judged.";
    return result;
  }
  result.verdict = ruling->verdict;
  result.expected = ruling->expected;
  result.observed = ruling->observed;
  result.message = ruling->message;
  result.example = ruling->example;
  result.original = ruling->original;
  if (ruling->verdict == Verdict::deviating) way = ruling->way;
  for (const Ruling& other : scene.rulings()) {
    if (&other == ruling || other.verdict == Verdict::conformant || other.message.empty()) continue;
    std::string remark =
        other.observed.empty() ? other.message : other.observed + ": " + other.message;
    if (std::ranges::find(result.remarks, remark) == result.remarks.end() &&
        result.remarks.size() < kMaxRemarks) {
      result.remarks.push_back(std::move(remark));
    }
  }
  return result;
}

}  // namespace flowlog
