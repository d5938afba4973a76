// From creating to ready, and bound from then on.
#include <fmt/format.h>

#include <algorithm>

#include "engine/script.h"
#include "suites/catalog.h"
#include "suites/lifecycle.h"
#include "suites/state_trace.h"

namespace flowlog {
namespace {

Check becomes_ready(const CatalogOptions& options) {
  return script_check(
      options, "lifecycle.creation/becomes-active",
      {"A new flow log is creating, then active, and nothing else",
       "新建流日志状态依次为创建中、创建完成"},
      {kAsynchronous}, [](CheckContext& context) {
        const std::string& making = context.service().creator().states.through;
        const std::string ready = ready_state(context.service());
        const auto reply = context.accepted(context.create(context.smallest()));
        if (!reply) return;
        const auto [seen, at_first] = context.look_up(reply->id());
        const auto [read, shown] = context.await(reply->id());
        if (!seen || !read) return;
        if (!making.empty() && !at_first && shown && shown->status == ready) {
          context.finding(*reply, making + " from the answer on",
                          "not shown at first, then " + shown->status,
                          "DescribeFlowLogs does not show the flow log while it is being created.");
        }
        const StateTrace trace = trace_states(context, reply->id(), ready);
        if (!trace.read) return;
        const std::string expected =
            making.empty() ? ready : fmt::format("{}, then {}", making, ready);
        const bool only_those = std::ranges::all_of(trace.states, [&](const std::string& state) {
          // Two places that answer may differ for a while: out of sight is no state.
          return state.empty() ? trace.done : state == making || state == ready;
        });
        if (std::ranges::count(trace.states, "") > 0 && trace.done) {
          context.note("DescribeFlowLogs did not show the new flow log at every look.");
        }
        if (!context.claim(only_those, Standing::documented, *reply, expected,
                           trace_text(trace.states), "A new flow log was in another state.")) {
          return;
        }
        if (!context.claim(trace.done, Standing::documented, *reply, expected,
                           fmt::format("{} after {:.0f} s", trace_text(trace.states),
                                       context.profile().active_timeout_s),
                           "The flow log did not become ready in the profile's time.")) {
          return;
        }
        StateTrace watched = trace;
        const Stays stay = stays(context, reply->id(), watched);
        if (stay == Stays::unread) return;
        if (stay == Stays::wavers)
          context.note("DescribeFlowLogs showed an older state now and then.");
        context.claim(stay != Stays::no, Standing::documented, *reply, ready + " for good",
                      trace_text(watched.states), "The flow log did not stay ready.");
      });
}

// Bound is bound, also when nothing is under way any more; on every type of resource.
bool bound_on(CheckContext& context, std::size_t lease) {
  const auto first = context.accepted(context.create(context.smallest(lease)));
  if (!first) return false;
  const std::string ready = ready_state(context.service());
  const StateTrace trace = trace_states(context, first->id(), ready);
  if (!trace.read) return false;
  if (!context.claim(
          trace.done, Standing::documented, *first, ready,
          fmt::format("{} after {:.0f} s", trace_text(trace.states),
                      context.profile().active_timeout_s),
          fmt::format("The flow log of a {} did not become ready.", context.lease(lease).type()))) {
    return false;
  }
  // Under one token: that it was refused is no reason to be refused otherwise.
  const Params again = with_token(context, context.smallest(lease), context.token());
  for (int i = 0; i < 2; ++i) {
    if (i == 1 && lease > 0) break;
    const Verdict verdict =
        context.answers(context.create(again), context.situation("resource.bound"));
    if (verdict == Verdict::deviating) return false;
  }
  return true;
}

Check bound_when_ready(const CatalogOptions& options) {
  Check check = script_check(options, "lifecycle.creation/bound-when-active",
                             {"A resource whose flow log is active cannot be bound again",
                              "流日志创建完成后，其资源不可再次绑定"},
                             rows_of(*options.service, &Trigger::condition, "resource.bound"),
                             [](CheckContext& context) {
                               for (std::size_t lease = 0; lease < context.leases(); ++lease) {
                                 if (!bound_on(context, lease)) return;
                                 context.forget_created();
                               }
                             });
  lease_each_type(options, check);
  check.creations = static_cast<int>(check.resources.size());
  check.requests = 8 * check.creations;
  return check;
}

}  // namespace

void lease_each_type(const CatalogOptions& options, Check& check) {
  std::vector<Wanted> each;
  for (const auto& [type, ids] : options.profile->resources.free) {
    if (!ids.empty()) each.push_back({.type = type});
  }
  if (!each.empty()) check.resources = std::move(each);
}

void state_trace_checks(const CatalogOptions& options, std::vector<Check>& checks) {
  if (!ready_state(*options.service).empty()) checks.push_back(becomes_ready(options));
  if (options.service->kind.exclusive) checks.push_back(bound_when_ready(options));
}

}  // namespace flowlog
