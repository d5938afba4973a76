// The state machine: which states permit an action, what is shown meanwhile, and where it ends.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "generators/requests.h"
#include "suites/catalog.h"
#include "suites/things.h"

namespace flowlog {
namespace {

bool holds(const std::vector<std::string>& words, const std::string& word) {
  return std::ranges::find(words, word) != words.end();
}

// States in which a thing stays until somebody acts.
bool lasting(const ResourceKind& kind, const std::string& name) {
  const State* state = kind.state(name);
  return state != nullptr &&
         (state->meaning == StateMeaning::ready || state->meaning == StateMeaning::inactive);
}

std::vector<std::string> rows_about(const Action& action, bool open) {
  const Contract& contract = action.contract;
  std::vector<std::string> rows{contract.parameter(action.parameter(Role::id))->row()};
  const auto cite = [&](const std::string& note) {
    if (has_note(contract, note)) rows.push_back(note);
  };
  cite("notes/asynchronous");
  if (!open) return rows;
  for (std::string& row : state_rows(action)) rows.push_back(std::move(row));
  cite("gaps/states");
  return rows;
}

// After the answer: the states shown are the one before, the passing one and the last, and it ends
// in the last.
void follow(CheckContext& context, const AnsweredReply& reply, const FlowLog& before) {
  const StateChange& change = context.action().states;
  std::vector<std::string> last = change.to;
  last.insert(last.end(), change.grey_to.begin(), change.grey_to.end());
  if (last.empty()) last = {before.status};
  const Lookup look = context.look_up(context.instance());
  if (!look.read) return;
  if (look.flow_log) {
    const std::string& seen = look.flow_log->status;
    const bool lawful = seen == before.status || seen == change.through || holds(last, seen);
    if (!context.claim(lawful, Standing::documented, reply,
                       fmt::format("{} or {}", change.through, join(last, " or ")), seen,
                       fmt::format("After {} a state is shown that does not lead to its end.",
                                   context.action().name))) {
      return;
    }
  }
  const auto after = context.shown_at_last();
  if (!after) return;
  const bool stays = after->status == change.through;
  // Pages say how it ends where a page says that the state permits it, and which states there are.
  const bool known = context.service().kind.state(after->status) != nullptr;
  const bool open = change.to.empty() && !stays && known && !holds(change.from, before.status);
  context.claim(
      holds(last, after->status), open ? Standing::inferred : Standing::documented, reply,
      "ends as " + join(last, " or "),
      stays ? fmt::format("still {} after {} s", after->status, context.profile().active_timeout_s)
            : after->status,
      fmt::format("{} was accepted, and does not end as documented.", context.action().name));
  claim_kept(context, reply, before, *after, {});
}

void from_permitted(CheckContext& context, const std::string& state) {
  if (!context.prepare() || !context.bring_into({state})) return;
  const auto before = context.settled();
  if (!before) return;
  if (const auto reply = succeeded(context, context.smallest_of_action())) {
    follow(context, *reply, *before);
  }
}

// No page says whether the state permits it: both is lawful, and what comes is told. A refusal
// leaves the thing as it was.
void from_open(CheckContext& context, const std::string& state) {
  if (!context.prepare() || !context.bring_into({state})) return;
  const auto before = context.settled();
  if (!before) return;
  const Reply reply = context.perform(context.smallest_of_action());
  Situation situation = context.situation();
  situation.state = "not-permitted";
  context.answers(reply, situation);
  const auto answered = context.answered(reply);
  if (!answered) return;
  if (answered->created()) {
    follow(context, *answered, *before);
    return;
  }
  const auto after = context.settled();
  if (!after) return;
  context.claim(after->status == before->status, Standing::documented, *answered,
                "a refused request leaves it " + before->status, after->status,
                "The request was refused, and yet the state changed.");
}

// While it passes from one state to another; what it was, by then, is not to be told.
void while_passing(CheckContext& context, const Action& mover) {
  Params params = context.smallest_of_action();
  if (mover.effect == Effect::create) {
    if (!context.make()) return;
  } else {
    if (!context.prepare() || !context.bring_into(mover.states.from)) return;
    const Reply moved =
        context.call(context.filled(smallest_request(mover.contract, context.lease().type())));
    context.answers(moved, context.situation());
    if (!moved.created()) return;
  }
  const Reply reply = context.perform(std::move(params));
  Situation situation = context.situation();
  situation.state = "not-permitted";
  context.answers(reply, situation);
  const auto after = context.settled();
  const auto answered = reply.created() ? context.answered(reply) : std::nullopt;
  if (!after || !answered) return;
  const StateChange& change = context.action().states;
  context.claim(change.to.empty() || holds(change.to, after->status), Standing::inferred, *answered,
                "ends as " + join(change.to, " or "), after->status,
                "It was accepted while a change was under way, and did not end as documented.");
}

// An action through which things get into the passing state; nullptr when there is none.
const Action* mover_into(const Service& service, const Action& own, const std::string& state) {
  for (const Action& action : service.actions) {
    const bool moves = action.effect == Effect::create || action.effect == Effect::transition;
    if (moves && action.states.through == state && &action != &own) return &action;
  }
  return nullptr;
}

Check passing_check(const CatalogOptions& options, const std::string& state, const Action& mover) {
  Check check = script_check(
      options, "state.open/" + state,
      {fmt::format("{} on one that is {} may be answered either way", options.action->name, state),
       fmt::format("对状态为 {} 的对象调用 {}：文档未明确", state, options.action->name)},
      rows_about(*options.action, true),
      [&mover](CheckContext& context) { while_passing(context, mover); });
  check.grey = true;
  check.requests = 10;
  return check;
}

Check state_check(const CatalogOptions& options, const std::string& state, bool open) {
  Check check = script_check(
      options, (open ? "state.open/" : "state.permitted/") + state,
      {fmt::format("{} on one that is {} {}", options.action->name, state,
                   open ? "is answered either way" : "is accepted and ends as documented"),
       fmt::format("对状态为 {} 的对象调用 {}：{}", state, options.action->name,
                   open ? "文档未明确" : "应被接受并到达文档所述状态")},
      rows_about(*options.action, open), [state, open](CheckContext& context) {
        if (open) {
          from_open(context, state);
        } else {
          from_permitted(context, state);
        }
      });
  check.requests = 12;
  return check;
}

}  // namespace

void state_checks(const CatalogOptions& options, std::vector<Check>& checks) {
  const Effect effect = options.action->effect;
  if (effect != Effect::update && effect != Effect::transition) return;
  for (const std::string& state : options.action->states.from) {
    checks.push_back(state_check(options, state, false));
  }
  for (const std::string& state : options.action->states.grey_from) {
    if (lasting(options.service->kind, state)) {
      checks.push_back(state_check(options, state, true));
    } else if (const Action* mover = mover_into(*options.service, *options.action, state)) {
      checks.push_back(passing_check(options, state, *mover));
    }
  }
}

}  // namespace flowlog
