// How many flow logs an account may have: the last one is accepted, one more is not. Needs the
// account for itself.
#include <fmt/format.h>

#include "engine/script.h"
#include "suites/catalog.h"

namespace flowlog {
namespace {

// Free resources of the profile, whatever their type, `count` of them; nothing when there are
// fewer.
std::vector<Wanted> any_resources(const Profile& profile, std::size_t count) {
  std::vector<Wanted> wanted;
  const Account* account = profile.account("default");
  if (account == nullptr) return wanted;
  for (const auto& [type, ids] : profile.resources_of(*account).free) {
    for (const std::string& id : ids) {
      if (wanted.size() < count) wanted.push_back({.type = type, .id = id});
    }
  }
  return wanted;
}

void fill(CheckContext& context) {
  const std::size_t allowed = context.leases() - 1;
  for (std::size_t i = 0; i < allowed; ++i) {
    if (!context.accepted(context.create(context.smallest(i)))) return;
  }
  const Reply beyond = context.create(context.smallest(allowed));
  const auto answered = context.answered(beyond);
  if (!answered) return;
  const Response& answer = beyond.answer;
  if (answer.kind == Response::Kind::error && answer.http / 100 == 4) {
    context.finding(
        *answered, "a refusal; which one, no row says", context.observed(beyond),
        fmt::format("The flow log beyond the quota of {} gets {}.", allowed, answer.code));
    context.nothing_left(allowed);
  } else if (beyond.created() && context.profile().flow_log_quota > 0 &&
             context.profile().flow_log_quota != context.api().create.quota) {
    context.inconclusive(
        fmt::format(
            "{}: /quota/flow_logs: it is {}, and one more was accepted: correct the number. "
            "Documented are {}.",
            context.profile().file, allowed, context.api().create.quota),
        &beyond);
  } else if (beyond.created()) {
    context.claim(false, Standing::related, *answered,
                  fmt::format("no more than {} flow logs in one account", allowed),
                  context.observed(beyond), "The flow log beyond the quota was accepted.");
  } else {
    context.answers(beyond, context.situation());
  }
}

}  // namespace

void quota_checks(const CatalogOptions& options, std::vector<Check>& checks) {
  const int own = options.profile->flow_log_quota;
  const int quota = own > 0 ? own : options.api->create.quota;
  if (quota <= 0) return;
  Check check = script_check(options, "quota.flow-logs/one-more",
                             {fmt::format("{} flow logs are accepted, one more is not", quota),
                              fmt::format("可创建 {} 个流日志，再多一个应被拒绝", quota)},
                             {"notes/quota", "gaps/quota-code"}, fill);
  const std::size_t count = static_cast<std::size_t>(quota) + 1;
  check.resources = any_resources(*options.profile, count);
  if (check.resources.size() < count) {
    check.needs.push_back("resources");
  } else {
    check.resources.back().beyond_quota = true;
  }
  check.standing = Standing::related;
  check.phase = Phase::alone;
  check.creations = quota;
  check.requests = quota * 4 + 2;
  checks.push_back(std::move(check));
}

}  // namespace flowlog
