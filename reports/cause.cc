#include "reports/cause.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "reports/check_text.h"
#include "reports/exit_status.h"
#include "reports/printable.h"

namespace flowlog {
namespace {

constexpr std::size_t kLine = 600;  // bytes

// `HTTP 400 "Some.Code"` of `HTTP 400 "Some.Code", "message", RequestId …`; empty where what was
// observed is no answer, or one without a code.
std::string refusal(const std::string& observed) {
  constexpr std::string_view kHttp = "HTTP ";
  if (!observed.starts_with(kHttp)) return "";
  const std::string answer = observed.substr(
      0, std::min({observed.find_first_of(":,"), observed.find("，"), observed.find("：")}));
  return answer.find(' ', kHttp.size()) == std::string::npos ? "" : answer;
}

bool succeeded(const CheckResult& check) {
  constexpr int kHundred = 100;
  return check.example && check.example->status / kHundred == 2;
}

}  // namespace

std::string cause_of(const CheckResult& check) {
  std::string text = headline(check);
  if (check.verdict == Verdict::deviating && !check.message.empty()) {
    const std::string answer = refusal(check.observed);
    text = answer.empty() ? check.message : fmt::format("{} · {}", check.message, answer);
  }
  return excerpt(without_ids(text), kLine);
}

Weight weight_of(const CheckResult& check) {
  if (check.verdict != Verdict::finding) return Weight::difference;
  if (check.id.starts_with("wire.")) return succeeded(check) ? Weight::aside : Weight::client;
  if (check.id.find("/grey-") != std::string::npos) return Weight::aside;
  const auto cites = [&](std::string_view rows) {
    return std::ranges::any_of(check.rows,
                               [&](const std::string& row) { return row.find(rows) != row.npos; });
  };
  if (cites("contradictions/")) return Weight::contradiction;
  return cites("gaps/") ? Weight::silence : Weight::difference;
}

std::vector<Cause> causes(const std::vector<const CheckResult*>& checks) {
  std::vector<Cause> out;
  std::unordered_map<std::string, std::size_t> index;
  for (const CheckResult* check : checks) {
    std::string text = cause_of(*check);
    const auto [at, fresh] = index.emplace(text, out.size());
    if (fresh) out.push_back({std::move(text), {}, weight_of(*check)});
    Cause& cause = out[at->second];
    cause.checks.push_back(check);
    cause.weight = std::min(cause.weight, weight_of(*check));
  }
  std::ranges::stable_sort(out, [](const Cause& a, const Cause& b) {
    return a.weight != b.weight ? a.weight < b.weight : a.checks.size() > b.checks.size();
  });
  return out;
}

std::vector<Cause> failures(const Report& report) {
  std::vector<const CheckResult*> failed;
  for (const CheckResult& check : report.checks) {
    if (fails(report, check)) failed.push_back(&check);
  }
  return causes(failed);
}

std::vector<Cause> causes(const Report& report, Verdict verdict) {
  return causes(of(report, verdict));
}

CheckGroup group_of(const Cause& cause) {
  std::vector<std::pair<std::string, std::string>> said;
  for (const CheckResult* check : cause.checks) said.emplace_back(check->id, cause.text);
  return grouped(said).front();
}

std::vector<CheckGroup> groups_of(const Report& report, Verdict verdict) {
  std::vector<CheckGroup> out;
  for (const Cause& cause : causes(report, verdict)) out.push_back(group_of(cause));
  return out;
}

}  // namespace flowlog
