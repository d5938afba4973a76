#include "engine/check_context.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <exception>
#include <latch>
#include <thread>

#include "base/text.h"
#include "base/trace.h"
#include "engine/shared_requests.h"
#include "engine/strangers.h"
#include "generators/indexed_group.h"
#include "generators/placeholders.h"
#include "generators/requests.h"

namespace flowlog {
namespace {

std::string symptom_of(const Response& answer) {
  if (answer.kind == Response::Kind::alien || answer.kind == Response::Kind::none) {
    return fmt::format("{} {}", answer.http, answer.trouble);
  }
  return fmt::format("{} {}", answer.http, answer.code);
}

constexpr std::string_view kAction = "Action";

// An endpoint that shows what it made later than this is one that does not show it.
constexpr std::chrono::seconds kLongestUnseen{5};

constexpr std::size_t kMostSteps = 50;
constexpr std::size_t kStepBody = 4096;  // bytes of an answer; the example's is whole

Lookup lookup(const std::optional<std::vector<FlowLog>>& found, const std::string& id) {
  if (!found) return {};
  const auto it = std::ranges::find(*found, id, &FlowLog::id);
  return {true, it == found->end() ? std::nullopt : std::optional(*it)};
}

// The name under which one id is asked for.
std::string id_filter(const Service& service) {
  const Action& lister = service.lister();
  const Parameter* ids = lister.contract.parameter(lister.parameter(Role::id));
  return ids == nullptr || !ids->indexed() ? lister.parameter(Role::id)
                                           : IndexedGroup::sent_name(*ids, 1);
}

Reply understood(Params sent, const std::string& account, Exchange exchange) {
  Reply reply{std::move(sent), account, std::move(exchange), {}};
  if (reply.exchange.understood != nullptr) {
    reply.answer = *reply.exchange.understood;
  } else if (const WireResponse* response = reply.exchange.response()) {
    reply.answer = parse_response(response->status, response->headers, response->body);
  } else {
    reply.answer = no_response(reply.exchange.failure()->text);
  }
  return reply;
}

}  // namespace

bool is_lost(const Api& api, const Reply& reply) {
  if (const Failure* failure = reply.exchange.failure()) {
    return failure->kind == Failure::Kind::reset;
  }
  return asks_to_wait(api, reply.answer);
}

CheckContext::CheckContext(RunContext& run_context, const Check& check, Client::Session& session,
                           std::vector<Lease> leases)
    : run_context_(run_context),
      check_(check),
      session_(session),
      leases_(std::move(leases)),
      began_(run_context.clock.wall()) {
  session_.observer = [this](const Exchange& exchange) { record(exchange); };
}

CheckContext::~CheckContext() {
  session_.observer = nullptr;
}

void CheckContext::record(const Exchange& exchange) {
  if (cleaning_up_) return;
  sent_.push_back(exchange);
  if (sent_.size() <= kMostSteps) return;
  sent_.pop_front();
  if (case_begin_ > 0) --case_begin_;
}

void CheckContext::begin_case() {
  case_begin_ = sent_.size();
}

std::vector<Evidence> CheckContext::steps_from(std::size_t first) const {
  std::vector<Evidence> steps;
  if (sent_.size() < first + 2) return steps;
  for (std::size_t i = first; i < sent_.size(); ++i) {
    steps.push_back(evidence(sent_[i], run_context_.redactor, kStepBody));
  }
  return steps;
}

std::vector<Evidence> CheckContext::steps() const {
  return steps_from(case_begin_);
}

const Api& CheckContext::api() const {
  return run_context_.api;
}
const Service& CheckContext::service() const {
  return run_context_.service;
}
const Action& CheckContext::action() const {
  const Action* named = service().action(check_.action);
  return named == nullptr ? service().creator() : *named;
}
ContractView CheckContext::contract_of(const Params& sent) const {
  const Action* named = service().action(find(sent, kAction).value_or(""));
  const Action& meant = named == nullptr ? action() : *named;
  if (meant.effect == Effect::create) return api();
  return {meant.contract, api().common};
}
const Profile& CheckContext::profile() const {
  return run_context_.profile;
}
Instant CheckContext::now() const {
  return run_context_.clock.now();
}
void CheckContext::pause(Duration span) {
  const Span traced("wait", "poll");
  run_context_.clock.sleep(span);
}

bool CheckContext::has_account(std::string_view name) const {
  return run_context_.profile.account(name) != nullptr;
}

const Account& CheckContext::account_of(const std::string& name) const {
  return *run_context_.profile.account(name.empty() ? check_.account : name);
}

Params CheckContext::smallest(std::size_t index) const {
  Params params = smallest_request(run_context_.api.create, leases_.at(index).type());
  for (auto& [name, value] : params) {
    if (value == "@" + leases_[index].type()) value = leases_[index].id();
  }
  return params;
}

// Base 32 of the run and a counter: no two calls give the same.
std::string CheckContext::token(std::size_t length) {
  std::string token = fmt::format("fc-{}-{}", run_context_.run, run_context_.next++);
  if (length > token.size()) token.append(length - token.size(), 't');
  return token;
}

Params CheckContext::filled(Params params) {
  for (auto& [name, value] : params) {
    for (const Lease& lease : leases_) {
      value = with_resource(std::move(value), lease.type(), lease.id());
    }
    value = with_resource(std::move(value), kInstance, instance_);
    if (value.find(kUnique) == std::string::npos) continue;
    value = with_unique(std::move(value), unique_letters(run_context_.run, run_context_.next++));
  }
  return params;
}

Call CheckContext::call_of(Params query, const std::string& account) const {
  Call call;
  call.query = std::move(query);
  call.credentials = &account_of(account).credentials;
  call.check = check_.id;
  return call;
}

Reply CheckContext::create_on(Client::Session& session, const Params& params,
                              const std::string& account, const RequestOverrides& overrides,
                              Creation& creation) {
  Call call = call_of(params, account);
  call.may_create = true;
  call.rewrite = overrides.change;
  call.skew = overrides.skew;
  call.scope = overrides.scope;
  if (overrides.credentials) call.credentials = &*overrides.credentials;
  creation = run_context_.tracker.create(session, std::move(call), account_of(account));
  Reply reply = understood(params, account, creation.exchange);
  hold_against_profile(session, reply);
  return reply;
}

// Whether what the request names is known there at all: where its own faults may be the reason of a
// refusal, a request without any decides.
void CheckContext::hold_against_profile(Client::Session& session, const Reply& reply) {
  const Account& account = account_of(reply.account);
  const Inventory claimed = inventory(reply.account);
  const auto target = find(reply.sent, service().creator().parameter(Role::target_id));
  // Of another account's resource the profile claims nothing for this one.
  if (target && !claimed.resources.contains(*target)) return;
  const Expectation expectation = expect(api(), reply.sent, claimed);
  const bool valid = expectation.valid && !expectation.grey;
  if (!run_context_.claims.see(reply.sent, account, reply.answer, valid)) return;
  const Action& creator = service().creator();
  const auto type = find(reply.sent, creator.parameter(Role::target_type));
  const auto id = find(reply.sent, creator.parameter(Role::target_id));
  const auto project = find(reply.sent, creator.parameter(Role::project));
  if (!type || !id) return;
  Params params = smallest_request(api().create, *type);
  set(params, creator.parameter(Role::target_id), *id);
  if (project && inventory().projects.contains(*project))
    set(params, creator.parameter(Role::project), *project);
  params = filled(std::move(params));
  add_learned(params);
  const bool records = &session == &session_;
  if (records) cleaning_up_ = true;
  Call call = call_of(params, reply.account);
  call.may_create = true;
  const Creation creation = run_context_.tracker.create(session, std::move(call), account);
  const Reply again = understood(params, reply.account, creation.exchange);
  run_context_.claims.see(params, account, again.answer, true);
  run_context_.tracker.remove(session, creation);
  if (records) cleaning_up_ = false;
}

void CheckContext::remember(const Reply& reply, Creation creation) {
  requests_ += reply.exchange.attempts;
  if (reply.created()) ++created_;
  made_.push_back(std::move(creation));
}

Reply CheckContext::create_alone(const Params& params, bool patient) {
  constexpr int kMoreTries = 2;
  Reply reply = create(params, "", patient);
  for (int i = 0; i < kMoreTries && is_lost(run_context_.api, reply); ++i) {
    forget_created();
    reply = create(params, "", patient);
  }
  return reply;
}

Reply CheckContext::create_with(Params params, const RequestOverrides& overrides,
                                const std::string& account) {
  Creation creation;
  params = completed(std::move(params));
  Reply reply = create_on(session_, params, account, overrides, creation);
  remember(reply, std::move(creation));
  return reply;
}

std::pair<Reply, Reply> CheckContext::create_both(Params a, Params b,
                                                  const std::string& account_b) {
  if (second_ == nullptr) second_ = run_context_.client.open();
  a = completed(std::move(a));
  b = completed(std::move(b));
  std::pair<Reply, Reply> replies;
  std::array<Creation, 2> creations;
  std::array<std::exception_ptr, 2> faults;
  std::latch start(2);
  const auto send = [&](std::size_t nth, const std::function<void()>& act) {
    start.arrive_and_wait();
    try {
      act();
    } catch (...) {
      faults[nth] = std::current_exception();
    }
  };
  std::thread other([&] {
    send(1, [&] { replies.second = create_on(*second_, b, account_b, {}, creations[1]); });
  });
  send(0, [&] { replies.first = create_on(session_, a, "", {}, creations[0]); });
  other.join();
  if (!faults[1]) record(replies.second.exchange);  // of the other session
  if (!faults[0]) remember(replies.first, std::move(creations[0]));
  if (!faults[1]) remember(replies.second, std::move(creations[1]));
  for (const std::exception_ptr& fault : faults) {
    if (fault) std::rethrow_exception(fault);
  }
  return replies;
}

Reply CheckContext::call(Params query, const RequestOverrides& overrides,
                         const std::string& account) {
  Call call = call_of(query, account);
  call.rewrite = overrides.change;
  call.skew = overrides.skew;
  call.scope = overrides.scope;
  if (overrides.credentials) call.credentials = &*overrides.credentials;
  Exchange exchange = session_.send(call);
  requests_ += exchange.attempts;
  return understood(std::move(query), account, std::move(exchange));
}

std::optional<std::vector<FlowLog>> CheckContext::list(const Params& filter,
                                                       const std::string& account) {
  Listing listing = run_context_.tracker.list(session_, account_of(account), filter, check_.id);
  ++requests_;
  if (listing.complete) return std::move(listing.flow_logs);
  const Failure* failure = listing.last ? listing.last->failure() : nullptr;
  if (failure != nullptr && failure->kind == Failure::Kind::reset) ++lost_;
  inconclusive("What stands could not be read: " + listing.trouble);
  return std::nullopt;
}

Duration CheckContext::patience() const {
  const std::chrono::duration<double> granted(profile().active_timeout_s);
  return std::min<Duration>(std::chrono::duration_cast<Duration>(granted), kLongestUnseen);
}

std::optional<std::vector<FlowLog>> CheckContext::list_until(
    const Params& filter, const std::string& account,
    const std::function<bool(const Flows&)>& enough) {
  const Instant start = now();
  const Instant end = start + patience();
  Duration wait = std::chrono::milliseconds(20);
  for (int looks = 1;; ++looks) {
    auto found = list(filter, account);
    if (!found) return std::nullopt;
    if (enough(*found)) {
      if (looks == 1) return found;
      const Duration lag = now() - start;
      run_context_.tracker.saw_lag(lag);
      note(fmt::format("DescribeFlowLogs showed a flow log only {:.1f} s after the answer.",
                       std::chrono::duration<double>(lag).count()));
      return found;
    }
    if (now() >= end) return found;
    pause(std::min<Duration>(wait, end - now()));
    wait = std::min<Duration>(2 * wait, std::chrono::milliseconds(500));
  }
}

std::optional<std::vector<FlowLog>> CheckContext::standing(std::size_t index,
                                                           const std::string& account,
                                                           std::size_t at_least) {
  const std::string& id = leases_.at(index).id();
  const auto elsewhere = [&](const FlowLog& f) { return f.resource_id != id; };
  auto found = list_until(
      {{service().lister().parameter(Role::target_id), id}}, account, [&](const Flows& all) {
        return all.size() - static_cast<std::size_t>(std::ranges::count_if(all, elsewhere)) >=
               at_least;
      });
  // An endpoint that ignores the filter is not our matter here.
  if (found) std::erase_if(*found, elsewhere);
  return found;
}

Lookup CheckContext::look_up(const std::string& id, const std::string& account) {
  return lookup(list({{id_filter(service()), id}}, account), id);
}

Lookup CheckContext::await(const std::string& id, const std::string& account) {
  return lookup(
      list_until({{id_filter(service()), id}}, account,
                 [&](const Flows& found) { return lookup(found, id).flow_log.has_value(); }),
      id);
}

void CheckContext::learn_lag(const Reply& created) {
  if (run_context_.lag_known) return;
  cleaning_up_ = true;
  await(created.id(), created.account);
  cleaning_up_ = false;
  run_context_.lag_known = true;
}

bool CheckContext::remove(const std::string& id, const std::string& account) {
  const Deletion deletion = run_context_.tracker.remove(session_, account_of(account), id);
  if (!deletion) {
    inconclusive(fmt::format("The flow log {} could not be deleted: {}", id, deletion.why));
  }
  return deletion.gone;
}

std::optional<std::pair<AnsweredReply, FlowLog>> CheckContext::stored_before(
    const Params& params, const Params& base) const {
  const std::string name = difference_name(params, base);
  const auto known = name.empty() ? nullptr : run_context_.shown_values.find(name);
  if (known == nullptr) return std::nullopt;
  const auto answered = judgeable(known->reply);
  if (!answered) return std::nullopt;
  return std::pair(*answered, known->flow_log);
}

void CheckContext::remember_stored(const Params& params, const Params& base, const Reply& reply,
                                   const FlowLog& flow_log) {
  const std::string name = difference_name(params, base);
  if (name.empty()) return;
  run_context_.shown_values.add(name,
                                std::make_shared<const ShownValue>(ShownValue{reply, flow_log}));
}

Situation CheckContext::situation(const std::string& condition) const {
  Situation situation;
  if (check_.account != "default" && check_.account != "other") {
    situation.conditions.insert("account." + check_.account);
  }
  if (!condition.empty()) situation.conditions.insert(condition);
  return situation;
}

Inventory CheckContext::inventory(const std::string& account) const {
  Inventory inventory;
  const Resources& resources = run_context_.profile.resources_of(account_of(account));
  for (const auto& [type, ids] : resources.free) {
    for (const std::string& id : ids) inventory.resources[id] = type;
  }
  for (const auto& [condition, resource] : resources.conditions) {
    inventory.resources[resource.id] = resource.type;
  }
  for (const Creation& made : made_) inventory.instances.insert(made.flow_log_id);
  inventory.projects.insert(run_context_.profile.projects.begin(),
                            run_context_.profile.projects.end());
  if (const Parameter* project =
          run_context_.api.create.parameter(service().creator().parameter(Role::project))) {
    if (project->default_value) inventory.projects.insert(*project->default_value);
  }
  return inventory;
}

std::optional<AnsweredReply> CheckContext::judgeable(const Reply& reply) const {
  if (!Judgeable::of(run_context_.api, reply.answer)) return std::nullopt;
  return AnsweredReply(reply);
}

std::optional<AnsweredReply> CheckContext::answered(const Reply& reply) {
  auto answered = judgeable(reply);
  if (answered) return answered;
  if (is_lost(run_context_.api, reply)) ++lost_;
  inconclusive(why_not_judgeable(reply.answer), &reply);
  return std::nullopt;
}

std::optional<AnsweredReply> CheckContext::accepted(const Reply& reply) {
  answers(reply, situation());
  return reply.created() && !reply.id().empty() ? judgeable(reply) : std::nullopt;
}

Verdict CheckContext::answers(const Reply& reply, const Situation& situation) {
  return judged(reply,
                expect(contract_of(reply.sent), reply.sent, inventory(reply.account), situation));
}

bool CheckContext::disproved(Excuse excuse, const AnsweredReply& reply) {
  if (excuse != Excuse::bound && excuse != Excuse::quota) return false;
  Params filter;
  const std::string id =
      find(reply.sent, service().creator().parameter(Role::target_id)).value_or("");
  if (excuse == Excuse::bound) filter = {{service().lister().parameter(Role::target_id), id}};
  const int own = run_context_.profile.flow_log_quota;
  const int quota = std::max(own > 0 ? own : run_context_.api.create.quota, 0);
  // Where flow logs are shown late, what is said may be true before it is seen.
  const Instant end = now() + std::min<Duration>(2 * run_context_.tracker.lag(), kLongestUnseen);
  for (;;) {
    const Listing listing =
        run_context_.tracker.list(session_, account_of(reply.account), filter, check_.id);
    ++requests_;
    if (!listing.complete) return false;
    const bool holds = excuse == Excuse::quota
                           ? listing.flow_logs.size() >= static_cast<std::size_t>(quota)
                           : std::ranges::find(listing.flow_logs, id, &FlowLog::resource_id) !=
                                 listing.flow_logs.end();
    if (holds) return false;
    if (now() >= end) return true;
    pause(std::min<Duration>(std::chrono::milliseconds(200), end - now()));
  }
}

Assessment CheckContext::assess(const Reply& reply, const Expectation& expectation) {
  const Judgement judgement = judge(expectation, reply.answer, run_context_.strict);
  const auto answered = judgeable(reply);
  if (!answered && is_lost(run_context_.api, reply)) ++lost_;
  Assessment assessment = answered ? assess_answer(*answered, judgement) : Assessment();
  assessment.expected = judgement.expected;
  assessment.observed = observed(reply);
  if (assessment.message.empty()) assessment.message = run_context_.redactor(judgement.message);
  if (assessment.symptom.empty()) assessment.symptom = symptom_of(reply.answer);
  assessment.proof = reply.created();
  if (assessment.verdict() != Verdict::conformant) assessment.steps = steps();
  assessment.example = evidence_of(reply);
  return assessment;
}

Assessment CheckContext::assess_answer(const AnsweredReply& reply, const Judgement& judgement) {
  const bool creating = find(reply.sent, "Action") == run_context_.api.create.action;
  if (disproved(judgement.excuse, reply)) {
    Assessment assessment(Verdict::deviating, reply);
    assessment.message = judgement.excuse == Excuse::bound ? kSaidToBeBound : kSaidToBeUsedUp;
    return assessment;
  }
  if (creating && reply.created() && reply.id().empty() &&
      judgement.verdict != Verdict::deviating) {
    Assessment assessment(Verdict::deviating, reply);
    assessment.message = "The request was accepted, and the answer gives no FlowLogId.";
    assessment.symptom = "no id";
    return assessment;
  }
  return {judgement.too_long ? Verdict::skipped : judgement.verdict, reply};
}

Verdict CheckContext::judged(const Reply& reply, const Expectation& expectation) {
  Assessment assessment = assess(reply, expectation);
  const Verdict verdict = assessment.verdict();
  rule(std::move(assessment));
  return verdict;
}

bool CheckContext::claim(bool holds, Standing standing, const AnsweredReply& reply,
                         std::string expected, std::string observed, std::string message) {
  const Verdict broken = standing == Standing::inferred ? Verdict::finding : Verdict::deviating;
  Assessment assessment(holds ? Verdict::conformant : broken, reply);
  assessment.expected = std::move(expected);
  assessment.observed = std::move(observed);
  if (!holds) assessment.message = std::move(message);
  assessment.symptom = assessment.message;
  assessment.example = evidence_of(reply);
  if (!holds) assessment.steps = steps();
  rule(std::move(assessment));
  return holds;
}

void CheckContext::finding(const AnsweredReply& reply, std::string expected, std::string observed,
                           std::string message) {
  Assessment assessment(Verdict::finding, reply);
  assessment.expected = std::move(expected);
  assessment.observed = std::move(observed);
  assessment.message = std::move(message);
  assessment.example = evidence_of(reply);
  assessment.steps = steps();
  rule(std::move(assessment));
}

void CheckContext::inconclusive(std::string message, const Reply* reply) {
  Assessment assessment;
  assessment.message = std::move(message);
  if (reply != nullptr) {
    assessment.observed = observed(*reply);
    assessment.example = evidence_of(*reply);
  }
  assessment.steps = steps();
  rule(std::move(assessment));
}

void CheckContext::note(std::string remark) {
  if (!remark.empty()) notes_.push_back(std::move(remark));
}

Assessment CheckContext::left_behind(const FlowLog& flow_log, const std::vector<FlowLog>& shown) {
  Assessment assessment(Verdict::deviating, shown);
  assessment.expected = "a refused request leaves nothing behind";
  assessment.observed = fmt::format("flow log {} stands on {}", flow_log.id, flow_log.resource_id);
  assessment.message = "The request was refused, and yet a flow log was created.";
  assessment.symptom = "left";
  return assessment;
}

void CheckContext::nothing_left(std::size_t index) {
  auto found = standing(index);
  // What one look shows, another may not: two replicas differ for a while.
  const Instant end = now() + patience();
  while (found && !found->empty() && now() < end && !run_context_.leftovers_seen) {
    pause(std::min<Duration>(std::chrono::milliseconds(300), end - now()));
    found = standing(index);
  }
  if (!found || found->empty()) return;
  run_context_.leftovers_seen = true;
  for (const FlowLog& flow_log : *found) {
    const bool deleting = std::ranges::any_of(
        made_, [&](const Creation& made) { return made.flow_log_id == flow_log.id; });
    // What stood before, or what somebody else made, is not the request's doing.
    if (deleting || is_stranger(flow_log)) continue;
    Assessment assessment = left_behind(flow_log, *found);
    for (const Assessment& earlier : assessments()) assessment.example = earlier.example;
    assessment.steps = steps_from(0);  // any of the cases may have made it
    rule(std::move(assessment));
    if (!run_context_.tracker.remove(session_, account_of(""), flow_log)) leases_.at(index).burn();
  }
}

bool CheckContext::is_stranger(const FlowLog& flow_log) const {
  return marked_by_another(flow_log.name, run_context_.run) ||
         made_before(flow_log, began_, run_context_.tracker.skew());
}

std::vector<FlowLog> CheckContext::strangers() {
  std::vector<FlowLog> found;
  for (std::size_t i = 0; i < leases_.size(); ++i) {
    const Account& account = account_of(leases_[i].account());
    const Listing listing = run_context_.tracker.list(
        session_, account, {{service().lister().parameter(Role::target_id), leases_[i].id()}},
        check_.id);
    ++requests_;
    const std::vector<FlowLog> ours = run_context_.tracker.ours(listing, account);
    for (const FlowLog& one : listing.flow_logs) {
      const bool here = one.resource_id == leases_[i].id();
      const bool own = std::ranges::find(ours, one.id, &FlowLog::id) != ours.end() &&
                       !marked_by_another(one.name, run_context_.run);
      if (here && !own && is_stranger(one)) found.push_back(one);
    }
  }
  return found;
}

Evidence CheckContext::evidence_of(const Reply& reply) const {
  return evidence(reply.exchange, run_context_.redactor);
}

std::string CheckContext::observed(const Reply& reply) const {
  return run_context_.redactor(observed_line(reply.answer));
}

void CheckContext::forget_created() {
  cleaning_up_ = true;
  for (auto it = made_.rbegin(); it != made_.rend(); ++it) {
    if (!run_context_.tracker.remove(session_, *it)) burn_leases();
  }
  made_.clear();
  instance_.clear();
  cleaning_up_ = false;
}

void CheckContext::burn_leases() {
  for (Lease& lease : leases_) lease.burn();
}

void CheckContext::finish() {
  forget_created();
}

}  // namespace flowlog
