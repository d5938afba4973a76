// What is deleted is gone for good, with its place free, and nothing else is.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "engine/script.h"
#include "generators/requests.h"
#include "suites/catalog.h"
#include "suites/lifecycle.h"
#include "suites/state_trace.h"

namespace flowlog {
namespace {

// The beginning of its id names nothing: whatever the answer, the flow log stands. Where that is
// the id of another, it is left alone.
bool stands_after_beginning(CheckContext& context, const std::string& id) {
  const Action& deleter = *context.service().deleter();
  const std::string beginning = id.substr(0, id.size() - 1);
  const Lookup other = context.look_up(beginning);
  if (!other.read || other.flow_log) return other.read;
  const auto answered = context.answered(context.call(deletion_query(deleter, beginning)));
  if (!answered) return false;
  const auto [read, after] = context.await(id);
  return read && context.claim(after && after->status != deleter.states.through, Standing::related,
                               *answered, id + " stands", after ? after->status : "(gone)",
                               "The beginning of a flow log's id deleted it.");
}

void claim_gone(CheckContext& context, const AnsweredReply& answered, StateTrace& trace) {
  if (!context.claim(trace.done, Standing::related, answered, "no longer returned",
                     fmt::format("{} after {:.0f} s", trace_text(trace.states),
                                 context.profile().active_timeout_s),
                     "A deleted flow log stays.")) {
    return;
  }
  const StateChange& creation = context.service().creator().states;
  const std::string& through = context.service().deleter()->states.through;
  std::set<std::string> lawful(creation.to.begin(), creation.to.end());
  lawful.insert({creation.through, through, ""});
  context.claim(
      std::ranges::all_of(trace.states, [&](const std::string& s) { return lawful.contains(s); }),
      Standing::related, answered, through.empty() ? "gone" : through + ", then gone",
      trace_text(trace.states), "A flow log was in another state while it went.");
}

void delete_and_watch(CheckContext& context) {
  const auto reply = context.accepted(context.create(context.smallest()));
  if (!reply || !context.await(reply->id()).read) return;
  if (!stands_after_beginning(context, reply->id())) return;
  const Reply removed = context.call(deletion_query(*context.service().deleter(), reply->id()));
  const auto answered = context.answered(removed);
  if (!answered) return;
  if (removed.answer.kind != Response::Kind::success) {
    // An endpoint may refuse it while it creates; cleaning up tries for longer.
    context.claim(removed.answer.kind == Response::Kind::error, Standing::related, *answered,
                  "the deletion is accepted", context.observed(removed),
                  "The flow log could not be deleted.");
    return;
  }
  StateTrace trace = trace_states(context, reply->id(), "");
  if (!trace.read) return;
  claim_gone(context, *answered, trace);
  if (!trace.done) return;
  const Stays stay = stays(context, reply->id(), trace);
  if (stay == Stays::unread) return;
  context.claim(stay != Stays::no, Standing::related, *answered, "gone for good",
                trace_text(trace.states), "A deleted flow log came back.");
}

Check deletion(const CatalogOptions& options) {
  Check check = script_check(options, "lifecycle.deletion/gone",
                             {"A deleted flow log is no longer returned", "删除后的流日志不再返回"},
                             {kAsynchronous}, delete_and_watch);
  check.requests = 16;
  return check;
}

Check rebinding(const CatalogOptions& options) {
  Check check = script_check(
      options, "lifecycle.deletion/bound-again",
      {"A resource whose flow log is deleted can be bound again", "流日志删除后，其资源可再次绑定"},
      {kAsynchronous}, [](CheckContext& context) {
        const auto first = context.accepted(context.create(context.smallest()));
        if (!first || !context.remove(first->id())) return;
        const auto second = context.accepted(context.create(context.smallest()));
        if (!second) return;
        context.claim(second->id() != first->id(), Standing::documented, *second,
                      "a new " + second->answer.thing_member, context.observed(*second),
                      "A new flow log got the id of a deleted one.");
      });
  check.creations = 2;
  check.requests = 10;
  return check;
}

// Two resources that may lie within a third: the first ones of the last two types. Two of one type
// where the profile has no such.
void lease_within_one(const CatalogOptions& options, Check& check) {
  std::vector<Wanted> within;
  const std::vector<std::string> types = resource_types(options.service->creator().contract);
  for (std::size_t i = 1; i < types.size(); ++i) {
    const auto ids = options.profile->resources.free.find(types[i]);
    if (ids == options.profile->resources.free.end() || ids->second.empty()) continue;
    within.push_back({.type = types[i], .id = ids->second.front()});
  }
  if (within.size() < 2) return lease_more(check, 1);
  check.resources = {within[0], within[1]};
}

Check only_that_one(const CatalogOptions& options) {
  Check check = script_check(
      options, "lifecycle.deletion/only-that-one",
      {"Deleting one flow log leaves the others", "删除一个流日志不影响其他流日志"},
      {kAsynchronous}, [](CheckContext& context) {
        const auto first = context.accepted(context.create(context.smallest(0)));
        if (!first) return;
        const auto second = context.accepted(context.create(context.smallest(1)));
        if (!second || !context.remove(first->id())) return;
        const auto [read, other] = context.await(second->id());
        if (!read) return;
        const std::string& through = context.service().deleter()->states.through;
        context.claim(other && other->status != through, Standing::related, *second,
                      "the other flow log stands", other ? other->status : "it is gone",
                      "Deleting one flow log took another with it.");
      });
  lease_within_one(options, check);
  check.creations = 2;
  check.requests = 10;
  return check;
}

}  // namespace

Params deletion_query(const Action& deleter, const std::string& id) {
  return {{"Action", deleter.name},
          {"Version", deleter.contract.version},
          {deleter.parameter(Role::id), id}};
}

void created_deletion_checks(const CatalogOptions& options, std::vector<Check>& checks) {
  checks.push_back(deletion(options));
  if (options.service->kind.exclusive) checks.push_back(rebinding(options));
  checks.push_back(only_that_one(options));
}

}  // namespace flowlog
