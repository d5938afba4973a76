// The life of a new thing, and whose it is.
#include "suites/lifecycle.h"

#include <algorithm>

#include "engine/script.h"
#include "suites/catalog.h"

namespace flowlog {
namespace {

constexpr const char* kOtherAccount = "other";

Check foreign_resource(const CatalogOptions& options) {
  Check check = script_check(
      options, "lifecycle.accounts/foreign-resource",
      {"Another account's resource is not found", "其他账号的资源应视为不存在"},
      {"parameters/" + options.action->parameter(Role::target_id)}, [](CheckContext& context) {
        context.answers(context.create(context.smallest(1)), context.situation());
      });
  lease_of_other(options, check);
  check.creations = 0;
  check.requests = 2;
  return check;
}

// What the account "other" can do about a flow log of this one: nothing.
void meddle_as_other(CheckContext& context) {
  const Params params = with_token(context, context.smallest(), context.token());
  const auto reply = context.accepted(context.create(params));
  if (!reply || !context.await(reply->id()).read) return;
  const std::string& id = reply->id();
  const auto [read, seen] = context.look_up(id, kOtherAccount);
  const auto all = context.list({}, kOtherAccount);
  if (!read || !all) return;
  const bool listed = std::ranges::find(*all, id, &FlowLog::id) != all->end();
  context.claim(!seen.has_value() && !listed, Standing::related, *reply,
                "not shown to another account", "the account \"other\" sees it",
                "A flow log is shown to another account.");
  context.answers(context.create(params, kOtherAccount, false), context.situation());
  const Action& deleter = *context.service().deleter();
  const auto answered =
      context.answered(context.call(deletion_query(deleter, id), {}, kOtherAccount));
  if (!answered) return;
  const auto [reread, after] = context.await(id);
  if (!reread) return;
  context.claim(after && after->status != deleter.states.through, Standing::related, *answered,
                "the flow log of the account \"default\" stands", after ? after->status : "(gone)",
                "Another account's flow log was deleted.");
}

Check own_account(const CatalogOptions& options) {
  Check check = script_check(
      options, "lifecycle.accounts/apart",
      {"An account sees and touches its own flow logs only", "账号只能查询和操作自己的流日志"},
      {"notes/quota"}, meddle_as_other);
  check.needs = {"account.other"};
  check.standing = Standing::related;
  check.requests = 10;
  return check;
}

}  // namespace

void lifecycle_checks(const CatalogOptions& options, std::vector<Check>& checks) {
  state_trace_checks(options, checks);
  created_deletion_checks(options, checks);
  if (!options.action->parameter(Role::target_id).empty()) {
    checks.push_back(foreign_resource(options));
  }
  checks.push_back(own_account(options));
}

}  // namespace flowlog
