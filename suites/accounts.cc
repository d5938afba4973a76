// Nothing of an account is shown to another one or touched by it, and of its own things only the
// one that is named.
#include <fmt/format.h>

#include "suites/catalog.h"
#include "suites/things.h"

namespace flowlog {
namespace {

constexpr const char* kOther = "other";

// The other account knows nothing of the id: to it, it does not exist.
void act_as_other(CheckContext& context) {
  if (!context.prepare()) return;
  judge_as_other(context, context.filled(context.smallest_of_action()));
  context.instance_unchanged();
}

// With the id, and without any filter.
void look_as_other(CheckContext& context) {
  if (!context.prepare()) return;
  const std::string& id = context.instance();
  const bool of_tags = context.action().effect == Effect::read_tags;
  if (of_tags && !tag_thing(context, id, {{"key", "value"}})) return;
  const std::string& by_id = context.action().parameter(Role::id);
  for (const bool named : {true, false}) {
    Params params = context.smallest_of_action();
    if (named) params = with_value(std::move(params), by_id, id);
    const Reply reply = context.call(context.filled(std::move(params)), {}, kOther);
    const auto answered = context.answered(reply);
    if (!answered) return;
    const bool shown = reply.created() && reply.answer.body != nullptr &&
                       reply.answer.body->dump().find('"' + id + '"') != std::string::npos;
    context.claim(!shown, Standing::documented, *answered, "nothing of another account",
                  shown ? id + " of another account" : "nothing of it",
                  fmt::format("{} shows what belongs to another account.", context.action().name));
  }
}

// Acts on one of two things; the other one stays as it was.
void act_on_one(CheckContext& context) {
  if (!context.prepare()) return;
  const std::string other = context.prepare_another();
  if (other.empty()) return;
  const Lookup before = context.look_up(other);
  if (!before.read || !before.flow_log) return;
  const Params smallest = context.smallest_of_action();
  const auto reply = succeeded(context, with_change(context, smallest, nullptr).value_or(smallest));
  if (!reply) return;
  if (context.action().effect != Effect::remove && !context.settled()) return;
  const Lookup after = context.look_up(other);
  if (!after.read) return;
  const bool same = after.flow_log && after.flow_log->status == before.flow_log->status;
  if (!context.claim(
          same, Standing::documented, *reply,
          fmt::format("{} stays {}", other, before.flow_log->status),
          after.flow_log ? after.flow_log->status : other + " is gone",
          fmt::format("{} reached what its request does not name.", context.action().name))) {
    return;
  }
  claim_kept(context, *reply, *before.flow_log, *after.flow_log, {});
}

bool acts_on_one(const Action& action) {
  return action.effect == Effect::update || action.effect == Effect::transition ||
         action.effect == Effect::remove;
}

}  // namespace

void account_checks(const CatalogOptions& options, std::vector<Check>& checks) {
  const Action& action = *options.action;
  const std::string& id = action.parameter(Role::id);
  if (action.effect == Effect::create || id.empty()) return;
  const bool reads = action.effect == Effect::read || action.effect == Effect::read_tags;
  Check check = script_check(
      options, reads ? "account.other/not-shown" : "account.other/not-touched",
      reads ? Text{"Nothing of another account is shown", "不返回其他账号的对象"}
            : Text{"What belongs to another account cannot be touched", "不能操作其他账号的对象"},
      {options.contract().parameter(id)->row()}, reads ? look_as_other : act_as_other);
  check.needs = {"account.other"};
  if (reads && has_note(options.contract(), "notes/own-account")) {
    check.rows.emplace_back("notes/own-account");
  }
  checks.push_back(std::move(check));
  if (!acts_on_one(action)) return;
  Check own = script_check(options, "account.own/only-that-one",
                           {"Only what the request names is changed", "仅操作请求所指定的对象"},
                           {options.contract().parameter(id)->row()}, act_on_one);
  lease_more(own, 1);
  own.creations = 2;
  own.requests = 14;
  checks.push_back(std::move(own));
}

}  // namespace flowlog
