// How many flow logs an account may have: the last one is accepted, one more is not. Needs the
// account for itself.
#include <fmt/format.h>

#include <algorithm>

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

// The one beyond: refused, and with what is the endpoint's to choose.
void claim_beyond(CheckContext& context, const AnsweredReply& last, const Reply& beyond,
                  std::size_t allowed) {
  const Response& answer = beyond.answer;
  // Elsewhere it would be throttling.
  if (answer.kind == Response::Kind::error && answer.http == 429 && !answer.code.empty() &&
      !ContractView(context.service()).throttles(answer.code) &&
      answer.code == context.create(beyond.sent).answer.code) {
    context.finding(last, "a refusal; which one, no row says", context.observed(beyond),
                    fmt::format("The flow log beyond the quota of {} gets {} with HTTP 429, which "
                                "clients take for throttling.",
                                allowed, answer.code));
    return;
  }
  const auto answered = context.answered(beyond);
  if (!answered) return;
  if (answer.kind == Response::Kind::error && answer.http / 100 == 4) {
    context.finding(
        *answered, "a refusal; which one, no row says", context.observed(beyond),
        fmt::format("The flow log beyond the quota of {} gets {}.", allowed, answer.code));
  } else if (beyond.created() && context.profile().flow_log_quota > 0 &&
             context.profile().flow_log_quota != context.service().quota()) {
    context.inconclusive(fmt::format(
        "{}: /quota/flow_logs: it is {}, and one more was accepted: correct the number. "
        "Documented are {}.",
        context.profile().file, allowed, context.service().quota()));
  } else if (beyond.created()) {
    context.claim(false, Standing::related, *answered,
                  fmt::format("no more than {} flow logs in one account", allowed),
                  context.observed(beyond), "The flow log beyond the quota was accepted.");
  } else {
    context.answers(beyond, context.situation());
  }
}

// The last one and one more at once; what is refused, perhaps because of the other, is sent again.
void last_and_beyond(CheckContext& context, std::size_t allowed) {
  auto [last, beyond] =
      context.create_both(context.smallest(allowed - 1), context.smallest(allowed));
  std::size_t empty = allowed;
  if (!last.created() && beyond.created()) {
    std::swap(last, beyond);
    empty = allowed - 1;
  }
  if (!last.created()) last = context.create(context.smallest(allowed - 1));
  const auto accepted = context.accepted(last);
  if (!accepted) return;
  if (!beyond.created()) beyond = context.create(context.smallest(empty));
  claim_beyond(context, *accepted, beyond, allowed);
  if (!beyond.created()) context.nothing_left(empty);
}

// `allowed` of the account, and what lies beyond: another one, and one of the account "other" where
// that has a resource.
void fill(CheckContext& context, std::size_t allowed) {
  for (std::size_t i = 0; i + 1 < allowed; ++i) {
    if (!context.accepted(context.create(context.smallest(i)))) return;
  }
  last_and_beyond(context, allowed);
  if (context.leases() < allowed + 2) return;
  context.accepted(context.create(context.smallest(allowed + 1), "other"));
}

}  // namespace

void quota_checks(const CatalogOptions& options, std::vector<Check>& checks) {
  const int own = options.profile->flow_log_quota;
  const int quota = own > 0 ? own : options.service->quota();
  if (quota <= 0) return;
  Check check = script_check(options, "quota.flow-logs/one-more",
                             {fmt::format("{} flow logs are accepted, one more is not", quota),
                              fmt::format("可创建 {} 个流日志，再多一个应被拒绝", quota)},
                             {"notes/quota", "gaps/quota-code"}, [quota](CheckContext& context) {
                               fill(context, static_cast<std::size_t>(quota));
                             });
  const std::size_t count = static_cast<std::size_t>(quota) + 1;
  check.resources = any_resources(*options.profile, count);
  if (check.resources.size() < count) {
    check.needs.push_back("resources");
  } else {
    check.resources.back().beyond_quota = true;
    const Account* other = options.profile->account("other");
    if (other != nullptr && !other->resources.free.empty()) {
      const auto& [type, ids] = *other->resources.free.begin();
      if (!ids.empty()) check.resources.push_back({.type = type, .account = "other"});
    }
  }
  check.standing = Standing::related;
  check.phase = Phase::alone;
  check.creations = quota;
  check.requests = quota * 4 + 2;
  checks.push_back(std::move(check));
}

}  // namespace flowlog
