// CheckContext's thing for "@instance": made, brought into a state, and looked at.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "engine/check_context.h"
#include "generators/indexed_group.h"
#include "generators/placeholders.h"
#include "generators/requests.h"

namespace flowlog {
namespace {

constexpr std::chrono::milliseconds kFirstPause{10};
constexpr std::chrono::milliseconds kLongestPause{500};

bool holds_instance(const Params& params) {
  return std::ranges::any_of(params, [](const auto& pair) {
    return with_resource(pair.second, kInstance, "") != pair.second;
  });
}

bool holds(const std::vector<std::string>& words, const std::string& word) {
  return std::ranges::find(words, word) != words.end();
}

// The states in which a thing stays until somebody acts.
bool passing_state(const ResourceKind& kind, const std::string& name) {
  const State* state = kind.state(name);
  return state != nullptr &&
         (state->meaning == StateMeaning::initial || state->meaning == StateMeaning::pending ||
          state->meaning == StateMeaning::deleting);
}

// What is shown of a thing, but when it was changed.
nlohmann::json shown(const Service& service, const FlowLog& flow_log) {
  nlohmann::json raw = flow_log.raw;
  if (raw.is_object()) raw.erase(service.member_showing(Shows::updated_at));
  return raw;
}

}  // namespace

Reply CheckContext::perform(Params params, bool patient) {
  params = filled(std::move(params));
  if (action().effect == Effect::update) {
    const auto name = find(params, action().parameter(Role::name));
    const auto id = find(params, action().parameter(Role::id));
    if (name && id) run_context_.tracker.expect_name(account_of(""), *id, *name);
  }
  Reply reply = action().effect == Effect::create ? create_alone(params, patient)
                                                  : arriving(call(std::move(params)), false);
  if (reply.created()) ++accepted_;
  return reply;
}

bool CheckContext::prepare(const Params& params) {
  if (action().effect == Effect::create || !holds_instance(params)) return true;
  if (instance_.empty() && !make_instance(0)) return false;
  if (!bring_into(action().states.from)) return false;
  if (!remembered_) remember_instance();
  return true;
}

Params CheckContext::smallest_of_action() const {
  return smallest_request(contract_of({}).contract(), leases_.empty() ? "" : leases_[0].type());
}

bool CheckContext::prepare() {
  if (instance_.empty() && !make_instance(0)) return false;
  if (!bring_into(action().states.from)) return false;
  if (!remembered_) remember_instance();
  return true;
}

std::string CheckContext::prepare_another() {
  const std::string first = std::exchange(instance_, "");
  const auto remembered = remembered_;
  const bool made = make_instance(1) && bring_into(action().states.from);
  const std::string second = std::exchange(instance_, first);
  remembered_ = remembered;
  return made ? second : "";
}

Params CheckContext::instance_params(std::size_t lease) const {
  Params params = smallest(lease);
  const Contract& creator = service().creator().contract;
  const auto set_first = [&](Role role, const std::string& value) {
    const Parameter* parameter = creator.parameter(service().creator().parameter(role));
    if (parameter == nullptr) return;
    set(params, parameter->indexed() ? IndexedGroup::sent_name(*parameter, 1) : parameter->name,
        value);
  };
  // What a change leaves out is seen to be kept where there is something.
  if (action().effect == Effect::update) {
    set_first(Role::description, "kept");
    set_first(Role::tag_key, "kept");
    set_first(Role::tag_value, "1");
  }
  if (action().effect != Effect::untag) return params;
  // What a refused request would have removed has to be there.
  for (const auto& [name, value] : smallest_of_action()) {
    const Parameter* parameter = action().contract.parameter_of(name);
    if (parameter == nullptr || parameter->name != action().parameter(Role::tag_key)) continue;
    set_first(Role::tag_key, value);
    set_first(Role::tag_value, "1");
    break;
  }
  return params;
}

bool CheckContext::make_instance(std::size_t lease) {
  remembered_.reset();
  const Reply made = create(instance_params(lease));
  if (made.created() && !made.id().empty()) {
    instance_ = made.id();
    return true;
  }
  inconclusive(
      fmt::format("The {} that the request is about could not be made.", service().kind.text.en),
      &made);
  return false;
}

std::optional<FlowLog> CheckContext::shown_at_last() {
  const Instant start = now();
  const Instant end = start + std::chrono::duration_cast<Duration>(
                                  std::chrono::duration<double>(profile().active_timeout_s));
  const Duration usual(run_context_.settling.load());
  Duration wait = kFirstPause;
  for (int looks = 1;; ++looks) {
    const Lookup look = await(instance_);
    if (!look.read) return std::nullopt;
    const bool lasts = look.flow_log && !passing_state(service().kind, look.flow_log->status);
    // Where one pause was enough, perhaps less is.
    const Duration next = looks > 2 ? now() - start : usual * 49 / 50;
    if (lasts && looks > 1) run_context_.settling = next.count();
    if (lasts || (look.flow_log && now() >= end)) return look.flow_log;
    if (now() >= end) break;
    pause(std::min<Duration>(std::max(wait, usual - (now() - start)), end - now()));
    wait = std::min<Duration>(2 * wait, kLongestPause);
  }
  inconclusive(fmt::format("The {} {} was not shown any more.", service().kind.text.en, instance_));
  return std::nullopt;
}

std::optional<FlowLog> CheckContext::settled() {
  auto last = shown_at_last();
  if (!last || !passing_state(service().kind, last->status)) return last;
  inconclusive(fmt::format("The {} {} was not shown in a lasting state in time.",
                           service().kind.text.en, instance_));
  return std::nullopt;
}

bool CheckContext::bring_into(const std::vector<std::string>& states) {
  auto look = settled();
  if (!look) return false;
  if (states.empty() || holds(states, look->status)) return true;
  for (const Action& mover : service().actions) {
    const bool leads =
        mover.effect == Effect::transition && holds(mover.states.from, look->status) &&
        std::ranges::any_of(mover.states.to,
                            [&](const std::string& to) { return holds(states, to); });
    if (!leads) continue;
    Params params = filled(smallest_request(mover.contract, ""));
    const Reply moved = call(std::move(params));
    if (!moved.created()) {
      inconclusive(fmt::format("{} is what leads to {}, and it was refused.", mover.name,
                               join(states, " or ")),
                   &moved);
      return false;
    }
    look = settled();
    if (!look) return false;
    if (holds(states, look->status)) return true;
  }
  inconclusive(fmt::format("The {} {} is {}, and could not be made {}.", service().kind.text.en,
                           instance_, look->status, join(states, " or ")));
  return false;
}

void CheckContext::remember_instance() {
  if (!instance_.empty()) remembered_ = look_up(instance_).flow_log;
}

void CheckContext::instance_unchanged() {
  if (instance_.empty() || !remembered_) return;
  const Lookup look = await(instance_);
  if (!look.read) return;
  const std::string before = shown(service(), *remembered_).dump();
  const std::string after = look.flow_log ? shown(service(), *look.flow_log).dump() : "nothing";
  const std::vector<FlowLog> seen{look.flow_log.value_or(FlowLog{})};
  Assessment assessment(before == after ? Verdict::conformant : Verdict::deviating, seen);
  assessment.expected = "a refused request changes nothing";
  if (before != after) {
    assessment.observed = fmt::format("before: {}; after: {}", show(before), show(after));
    assessment.message =
        fmt::format("The request was refused, and yet the {} changed.", service().kind.text.en);
    assessment.symptom = "changed";
    for (const Assessment& earlier : assessments()) assessment.example = earlier.example;
  }
  rule(std::move(assessment));
}

}  // namespace flowlog
