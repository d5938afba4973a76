// What a token promises for actions on things: the same request again is the same request, and
// another one under its token is refused.
#include <fmt/format.h>

#include "suites/catalog.h"
#include "suites/idempotency.h"
#include "suites/things.h"

namespace flowlog {
namespace {

std::vector<std::string> rows_about(const CatalogOptions& options, bool refused) {
  const Contract& contract = options.contract();
  std::vector<std::string> rows{contract.parameter(options.action->parameter(Role::token))->row()};
  if (!refused) return rows;
  for (const ErrorRow& row : contract.errors) {
    for (const Trigger& trigger : row.triggers) {
      if (trigger.replay == kOtherArguments) rows.push_back(row.id);
    }
  }
  return rows;
}

Params with_new_token(CheckContext& context) {
  return with_value(context.smallest_of_action(), context.action().parameter(Role::token),
                    context.token());
}

Check same_arguments(const CatalogOptions& options) {
  return script_check(
      options, "idempotency.same-token/same-arguments",
      {"The same request again is taken for the same one", "相同请求重复发送应视为同一请求"},
      rows_about(options, false), [](CheckContext& context) {
        if (!context.prepare()) return;
        const Params params = with_new_token(context);
        const Reply first = context.perform(params);
        context.answers(first, context.situation());
        if (!first.created()) return;
        const auto after = context.settled();
        if (!after) return;
        const auto again = succeeded(context, params);
        const auto last = context.settled();
        if (!last || !again) return;
        claim_kept(context, *again, *after, *last, {});
      });
}

// Another value of a parameter where one can be changed, else another thing.
std::optional<Params> other_request(CheckContext& context, const Params& params) {
  const Action& action = context.action();
  for (const Parameter& parameter : action.contract.parameters) {
    const Member* member = shown_member(context.service(), action, parameter.name);
    if (member == nullptr || member->shows != Shows::parameter) continue;
    const auto value = other_value(context.profile(), parameter, "");
    if (value) return with_value(params, parameter.name, *value);
  }
  const std::string other = context.prepare_another();
  if (other.empty()) return std::nullopt;
  return with_value(params, action.parameter(Role::id), other);
}

Check other_arguments(const CatalogOptions& options) {
  Check check = script_check(
      options, "idempotency.same-token/other-arguments",
      {"Another request under a used token must be refused", "以已用 Token 发送不同参数应被拒绝"},
      rows_about(options, true), [](CheckContext& context) {
        if (!context.prepare()) return;
        const Params params = with_new_token(context);
        const auto other = other_request(context, params);
        if (!other) return;
        const Reply first = context.perform(params);
        context.answers(first, context.situation());
        const auto before = context.settled();
        if (!first.created() || !before) return;
        Situation situation = context.situation();
        situation.replay = kOtherArguments;
        const Reply reply = context.perform(*other);
        context.answers(reply, situation);
        const auto after = context.settled();
        const auto answered = context.answered(reply);
        if (after && answered && !reply.created()) {
          claim_kept(context, *answered, *before, *after, {});
        }
      });
  lease_more(check, 1);
  check.creations = 2;
  check.requests = 14;
  return check;
}

}  // namespace

void token_checks(const CatalogOptions& options, std::vector<Check>& checks) {
  const Action& action = *options.action;
  if (action.effect == Effect::create || action.parameter(Role::token).empty()) return;
  checks.push_back(same_arguments(options));
  checks.push_back(other_arguments(options));
}

}  // namespace flowlog
