#include "suites/result.h"

#include <fmt/format.h>

#include <algorithm>

#include "reports/telling.h"

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

std::string told(const Ruling& ruling) {
  const std::string observed = without_ids(ruling.observed);
  return observed.empty() ? ruling.message : observed + ": " + ruling.message;
}

// What there is to say beyond the ruling that decides, each once with how often it came.
std::vector<std::string> remarks(const std::vector<Ruling>& rulings, const Ruling& decides) {
  std::vector<std::pair<std::string, int>> counted;
  const std::string said = told(decides);
  for (const Ruling& ruling : rulings) {
    if (ruling.verdict == Verdict::conformant || ruling.message.empty()) continue;
    std::string text = told(ruling);
    if (text == said) continue;
    const auto same = std::ranges::find(counted, text, &std::pair<std::string, int>::first);
    if (same != counted.end()) {
      ++same->second;
    } else if (counted.size() < kMaxRemarks) {
      counted.emplace_back(std::move(text), 1);
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
  result.steps = ruling->steps;
  if (ruling->verdict == Verdict::deviating) way = ruling->way;
  result.remarks = remarks(scene.rulings(), *ruling);
  return result;
}

}  // namespace flowlog
