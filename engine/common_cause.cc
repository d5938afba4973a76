#include "engine/common_cause.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/params.h"
#include "engine/check.h"
#include "engine/check_context.h"
#include "oracle/response.h"

namespace flowlog {
namespace {

// HTTP status and code of the refusal that a check shows; "" where it shows none.
std::string refusal_of(const CheckResult& result) {
  if (!result.example || result.example->status == 0) return {};
  const Evidence& shown = *result.example;
  const Response answer = parse_response(shown.status, shown.response_headers, shown.body);
  if (answer.kind != Response::Kind::error) return {};
  return fmt::format("{} {}", answer.http, answer.code);
}

// "DeleteFlowLog:" of an id of another action than the creating one.
std::string prefix_of(const std::string& id) {
  const std::size_t colon = id.find(':');
  return colon == std::string::npos ? "" : id.substr(0, colon + 1);
}

void excuse(const std::string& why, CheckResult& result) {
  result.verdict = Verdict::inconclusive;
  result.message = fmt::format("Not judged: {} {}", why, result.message);
}

// The smallest valid request is refused: whatever is refused in the same way shows nothing else.
void by_control(std::vector<CheckResult>& results) {
  std::map<std::string, std::string> refused;  // by action
  for (const CheckResult& result : results) {
    const std::string prefix = prefix_of(result.id);
    if (result.id != prefix + kAcceptedControl || result.verdict != Verdict::deviating) continue;
    if (const std::string refusal = refusal_of(result); !refusal.empty()) refused[prefix] = refusal;
  }
  for (CheckResult& result : results) {
    const std::string prefix = prefix_of(result.id);
    const auto found = refused.find(prefix);
    if (found == refused.end() || result.verdict != Verdict::deviating) continue;
    if (result.id == prefix + kAcceptedControl || refusal_of(result) != found->second) continue;
    excuse(fmt::format("the smallest valid request is refused in the same way, see {}{}.", prefix,
                       kAcceptedControl),
           result);
  }
}

// Of the deviations that share what `cause` tells ("": nothing), the first is told, or one whose
// theme is the life of a flow log, which is what it is about.
void by_cause(const std::function<std::string(const CheckResult&)>& cause,
              const std::string& sentence, std::vector<CheckResult>& results) {
  std::map<std::string, std::vector<CheckResult*>> groups;
  for (CheckResult& result : results) {
    if (result.verdict != Verdict::deviating) continue;
    if (const std::string shared = cause(result); !shared.empty()) {
      groups[shared].push_back(&result);
    }
  }
  const auto about_it = [](const CheckResult* result) {
    return result->id.starts_with("lifecycle.") || result->id.starts_with("quota.");
  };
  for (auto& [shared, members] : groups) {
    const auto told = std::ranges::find_if(members, about_it);
    const CheckResult* one = told == members.end() ? members.front() : *told;
    for (CheckResult* member : members) {
      if (member == one || about_it(member)) continue;
      excuse(fmt::format("{}, see {}.", sentence, one->id), *member);
    }
  }
}

}  // namespace

void name_common_causes(const Service& service,
                        const std::function<bool(const std::string& resource)>& never_accepted,
                        std::vector<CheckResult>& results) {
  by_control(results);
  by_cause(
      [](const CheckResult& result) {
        return result.message == kSaidToBeBound || result.message == kSaidToBeUsedUp
                   ? result.message
                   : "";
      },
      "what is deleted goes on to be in the way", results);
  const std::string& target = service.creator().parameter(Role::target_id);
  by_cause(
      [&](const CheckResult& result) -> std::string {
        if (refusal_of(result).empty()) return {};
        const std::string id = find(result.example->params, target).value_or("");
        return id.empty() || !never_accepted(id) ? "" : id;
      },
      "nothing was ever accepted on its resource", results);
}

}  // namespace flowlog
