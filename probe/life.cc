#include <algorithm>

#include "engine/script.h"
#include "probe/steps.h"
#include "reports/chinese.h"

namespace flowlog::probe {
namespace {

constexpr std::chrono::milliseconds kFirstPause{10};
constexpr std::chrono::milliseconds kLongestPause{500};

double seconds_between(Instant start, Instant end) {
  return std::chrono::duration<double>(end - start).count();
}

bool is_ready(const Service& service, const std::string& state) {
  const State* known = service.kind.state(state);
  return known != nullptr && known->meaning == StateMeaning::ready;
}

std::string text_in(const FlowLog& thing, const std::string& member) {
  if (!thing.raw.is_object()) return "";
  const auto found = thing.raw.find(member);
  if (found == thing.raw.end()) return "";
  return found->is_string() ? found->get<std::string>() : found->dump();
}

void see_defaults(const CatalogOptions& options, const Params& sent, const FlowLog& shown,
                  Observed& observed) {
  for (const Parameter& parameter : options.service->creator().contract.parameters) {
    if (!parameter.default_value || find(sent, parameter.name)) continue;
    const Member* member = options.service->list().member_of(parameter.name);
    if (member == nullptr) continue;
    observed.parameters[parameter.name].default_value = text_in(shown, member->name);
  }
}

}  // namespace

std::optional<FirstThing> see_first(CheckContext& context, const CatalogOptions& options,
                                    Observed& observed) {
  FirstThing first;
  first.params = context.smallest();
  first.params = with_token(context, std::move(first.params), context.token());
  const Reply reply = context.create(first.params);
  if (!reply.created() || reply.id().empty()) {
    const std::string seen = context.observed(reply);
    observed.left_out.push_back(
        {"nothing could be created: " + seen, "未能创建：" + chinese(seen)});
    return std::nullopt;
  }
  first.id = reply.id();
  first.made = context.now();
  const Instant end =
      first.made + std::chrono::duration_cast<Duration>(
                       std::chrono::duration<double>(context.profile().active_timeout_s));
  Duration wait = kFirstPause;
  for (;;) {
    const Lookup look = context.await(first.id);
    if (look.flow_log && is_ready(*options.service, look.flow_log->status)) {
      observed.seconds_to_ready = seconds_between(first.made, context.now());
      see_defaults(options, reply.sent, *look.flow_log, observed);
      return first;
    }
    if (!look.read || context.now() >= end) break;
    context.pause(wait);
    wait = std::min<Duration>(2 * wait, kLongestPause);
  }
  observed.left_out.push_back(
      {"what was created did not become ready in time", "所创建的对象未在限定时间内就绪"});
  return first;
}

void see_token(CheckContext& context, const FirstThing& first, Observed& observed) {
  if (!find(first.params, context.service().creator().parameter(Role::token))) return;
  const Reply again = context.create(first.params, "", false);
  const double passed = seconds_between(first.made, context.now());
  if (again.created() && again.id() == first.id) {
    observed.token_remembered_s = passed;
  } else if (!answer_key(again).empty() || again.created()) {
    observed.token_forgotten = true;
  }
}

void see_quota(CheckContext& context, Observed& observed) {
  std::size_t made = 0;
  for (; made < context.leases(); ++made) {
    const Reply reply = context.create(context.smallest(made));
    if (reply.created()) continue;
    if (!answer_key(reply).empty()) observed.quota = Limit{made, false};
    return;
  }
  observed.quota = Limit{made, true};
}

}  // namespace flowlog::probe
