#include "engine/check_context.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <exception>
#include <iterator>
#include <latch>
#include <thread>

#include "base/trace.h"
#include "generators/placeholders.h"
#include "generators/requests.h"

namespace flowlog {
namespace {

constexpr std::string_view kAction = "Action";

constexpr std::size_t kMostSteps = 50;
constexpr std::size_t kStepBody = 4096;  // bytes of an answer; the example's is whole

Reply understood(const Service& service, Params sent, const std::string& account,
                 Exchange exchange) {
  Reply reply{std::move(sent), account, std::move(exchange), {}};
  if (reply.exchange.understood != nullptr) {
    reply.answer = *reply.exchange.understood;
  } else if (const WireResponse* response = reply.exchange.response()) {
    reply.answer = parse_response(response->status, response->headers, response->body,
                                  service.creator().answer_id);
  } else {
    reply.answer = no_response(reply.exchange.failure()->text);
  }
  return reply;
}

}  // namespace

bool is_lost(const Service& service, const Reply& reply) {
  if (const Failure* failure = reply.exchange.failure()) {
    return failure->kind == Failure::Kind::reset;
  }
  return asks_to_wait(service, reply.answer);
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
  if (meant.effect == Effect::create) return service();
  return {meant.contract, service().common};
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
  if (leases_.empty()) return smallest_request(service().creator().contract, "");
  Params params = smallest_request(service().creator().contract, leases_.at(index).type());
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
  Reply reply = understood(service(), params, account, creation.exchange);
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
  const Expectation expectation = expect(service(), reply.sent, claimed);
  const bool valid = expectation.valid && !expectation.grey;
  if (!run_context_.claims.see(reply.sent, account, reply.answer, valid)) return;
  const Action& creator = service().creator();
  const auto type = find(reply.sent, creator.parameter(Role::target_type));
  const auto id = find(reply.sent, creator.parameter(Role::target_id));
  const auto project = find(reply.sent, creator.parameter(Role::project));
  if (!type || !id) return;
  Params params = smallest_request(creator.contract, *type);
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
  const Reply again = understood(service(), params, reply.account, creation.exchange);
  run_context_.claims.see(params, account, again.answer, true);
  run_context_.tracker.remove(session, creation);
  if (records) cleaning_up_ = false;
}

void CheckContext::remember(const Reply& reply, Creation creation) {
  requests_ += reply.exchange.attempts;
  if (reply.created()) {
    ++created_;
    const auto target = find(reply.sent, service().creator().parameter(Role::target_id));
    if (target) run_context_.lease_pool.prove(*target);
  }
  made_.push_back(std::move(creation));
}

Reply CheckContext::create_alone(const Params& params, bool patient) {
  constexpr int kMoreTries = 2;
  Reply reply = create(params, "", patient);
  for (int i = 0; i < kMoreTries && is_lost(service(), reply); ++i) {
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
  return understood(service(), std::move(query), account, std::move(exchange));
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

void CheckContext::hand_over(CheckContext& other) {
  std::ranges::move(made_, std::back_inserter(other.made_));
  made_.clear();
}

void CheckContext::burn_leases() {
  for (Lease& lease : leases_) lease.burn();
}

bool CheckContext::burnt() const {
  return std::ranges::any_of(leases_, &Lease::burnt);
}

void CheckContext::finish() {
  forget_created();
}

}  // namespace flowlog
