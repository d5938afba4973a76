// Engine: what a worker does with the work of several checks at once.
#include <algorithm>

#include "base/fault.h"
#include "base/trace.h"
#include "engine/case_runner.h"
#include "engine/check_context.h"
#include "engine/engine.h"
#include "engine/strangers.h"
#include "generators/requests.h"
#include "oracle/expectation.h"

namespace flowlog {
namespace {

// Anything else has to be seen of the check alone.
bool proves(Verdict verdict) {
  return verdict == Verdict::conformant || verdict == Verdict::finding;
}

}  // namespace

// A case of each of several checks at once. The request goes by the name of the first.
void Engine::run_shared(const SharedRequest& request, Client::Session& session) {
  const Check& first = plan_.checks[request.cases.front().check].check;
  Check check;
  check.id = first.id;
  check.action = first.action;
  if (!first.resources.empty()) check.resources = {{request.type, ""}};
  Span span("check", "shared");
  span.tell("cases", static_cast<long>(request.cases.size()));
  std::vector<Assessment> proven;
  Noted cost;
  const std::string fault = fault_of([&] {
    cost = in_context(check, session,
                      [&](CheckContext& context) { proven = try_shared(request, context); });
  });
  if (!fault.empty()) proven.clear();
  const std::lock_guard lock(mutex_);
  schedule_.shared_ended(request, std::move(proven), std::move(cost));
}

// One assessment a case; none where the request was not accepted, or proves less than all.
std::vector<Assessment> Engine::try_shared(const SharedRequest& request, CheckContext& context) {
  const Contract& contract = run_context_.service.creator().contract;
  const Reply reply = context.create_alone(params_of(request, plan_, contract));
  if (!reply.created() || reply.id().empty()) return {};
  context.learn_lag(reply);
  std::vector<Assessment> proven;
  for (const SharedCase& one : request.cases) {
    const Params sent = context.filled(params_of(one, request.type, plan_, contract));
    const Expectation expectation =
        expect(context.contract_of(sent), sent, context.inventory(), context.situation());
    Assessment assessment = context.assess(reply, expectation);
    if (!proves(assessment.verdict())) return {};
    proven.push_back(std::move(assessment));
  }
  remember_stored(request, reply, context);
  return proven;
}

// For checks that look at what is stored.
void Engine::remember_stored(const SharedRequest& request, const Reply& reply,
                             CheckContext& context) {
  const Contract& contract = run_context_.service.creator().contract;
  const Lookup look = context.await(reply.id());
  if (!look.flow_log) return;
  const Params base = smallest_request(contract, request.type);
  for (const SharedCase& one : request.cases) {
    context.remember_stored(params_of(one, request.type, plan_, contract), base, reply,
                            *look.flow_log);
  }
}

// Checks whose requests are all refused, on one resource: one look proves that none of them left
// anything. Where something stands, each is carried out by itself.
void Engine::run_batch(const std::vector<std::size_t>& indexes, Client::Session& session) {
  const Check& first = plan_.checks[indexes.front()].check;
  const Span span("check", "refusals");
  const WallTime since = run_context_.clock.wall();
  std::vector<Wanted> wanted = first.resources;
  for (Wanted& one : wanted) one.for_refusals = one.beyond_quota = true;
  auto leases = run_context_.lease_pool.acquire(first.account, wanted);
  std::vector<Tried> tried;
  Left left;
  if (leases) {
    tried = try_batch(indexes, *leases, session);
    const bool look = std::ranges::any_of(tried, &Tried::to_be_looked);
    if (look) left = look_at(plan_.checks[tried.back().index].check, since, *leases, session);
    leases.reset();
  }
  const bool clean = left.read && left.assessments.empty();
  bool again_deviates = false;
  for (std::size_t i = 0; i < indexes.size(); ++i) {
    const Check& check = plan_.checks[indexes[i]].check;
    if (i < tried.size() && (clean || !tried[i].to_be_looked)) {
      publish(indexes[i], concluded(check, tried[i].start, tried[i].noted));
      continue;
    }
    CheckResult result = run(indexes[i], session);
    again_deviates = again_deviates || result.verdict == Verdict::deviating;
    if (i + 1 == tried.size() && !again_deviates && !left.assessments.empty()) {
      // Any of them left it, and none did so again.
      for (Assessment& one : left.assessments) tried[i].noted.log.add(std::move(one));
      result = concluded(check, tried[i].start, tried[i].noted);
    }
    publish(indexes[i], std::move(result));
  }
}

// Those that could be tried: not beyond what made the resource unfit.
std::vector<Engine::Tried> Engine::try_batch(const std::vector<std::size_t>& indexes,
                                             std::vector<Lease>& leases, Client::Session& session) {
  std::vector<Tried> all;
  for (const std::size_t index : indexes) {
    const Check& check = plan_.checks[index].check;
    const Span span("check", check.id);
    Tried tried{index, run_context_.clock.now(), {}, false};
    CheckContext context(run_context_, check, session, std::move(leases));
    const std::string fault =
        fault_of([&] { tried.to_be_looked = try_cases(context, {.look = false}).to_be_looked; });
    tried.noted = finished(context, fault);
    all.push_back(std::move(tried));
    leases = context.give_leases();
    if (std::ranges::any_of(leases, &Lease::burnt)) break;
  }
  return all;
}

// Checks of one given thing, which is made once for them. What does not conform then is carried out
// by itself, with a thing of its own.
void Engine::run_group(const std::vector<std::size_t>& indexes, Client::Session& session) {
  const Check& first = plan_.checks[indexes.front()].check;
  const Span span("check", "group");
  std::vector<Tried> tried;
  if (auto leases = run_context_.lease_pool.acquire(first.account, first.resources)) {
    CheckContext owner(run_context_, first, session, std::move(*leases));
    const std::string fault = fault_of([&] { tried = try_group(indexes, owner, session); });
    const std::string unfinished = fault_of([&] { owner.finish(); });
    if (!fault.empty() || !unfinished.empty()) {
      owner.burn_leases();
      tried.clear();
    }
    if (!tried.empty()) {
      tried.front().noted.requests += owner.requests();
      tried.front().noted.created += owner.created();
    }
  }
  for (std::size_t i = 0; i < indexes.size(); ++i) {
    const Check& check = plan_.checks[indexes[i]].check;
    std::string symptom;
    const bool holds = i < tried.size() && proves(told(check, tried[i].noted, symptom).verdict);
    publish(indexes[i],
            holds ? concluded(check, tried[i].start, tried[i].noted) : run(indexes[i], session));
  }
}

// None where the thing could not be made.
std::vector<Engine::Tried> Engine::try_group(const std::vector<std::size_t>& indexes,
                                             CheckContext& owner, Client::Session& session) {
  std::vector<Tried> all;
  const Reply made = owner.create(owner.check().given.request(owner));
  if (!made.created() || made.id().empty()) return all;
  for (const std::size_t index : indexes) {
    const Check& check = plan_.checks[index].check;
    const Span span("check", check.id);
    Tried tried{index, run_context_.clock.now(), {}, false};
    CheckContext context(run_context_, check, session, {});
    context.give(made);
    const std::string fault = fault_of([&] { check.script(context); });
    context.hand_over(owner);
    tried.noted = finished(context, fault);
    all.push_back(std::move(tried));
  }
  return all;
}

// What stands since then is deleted.
Engine::Left Engine::look_at(const Check& check, WallTime since, std::vector<Lease>& leases,
                             Client::Session& session) {
  CheckContext context(run_context_, check, session, std::move(leases));
  Left left;
  const auto found = context.left_standing();
  left.read = found.has_value();
  const std::chrono::seconds skew = run_context_.tracker.skew();
  for (const FlowLog& flow_log : found.value_or(std::vector<FlowLog>{})) {
    // What stood before, or what somebody else made, is not a request's doing.
    if (context.was_stranger(flow_log)) continue;
    if (made_before(flow_log, since, skew)) continue;
    left.assessments.push_back(CheckContext::left_behind(flow_log, *found));
    const Account& account = *run_context_.profile.account(check.account);
    if (!run_context_.tracker.remove(session, account, flow_log)) context.burn_leases();
  }
  leases = context.give_leases();
  return left;
}

}  // namespace flowlog
