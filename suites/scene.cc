#include "suites/scene.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <latch>
#include <thread>

#include "base/text.h"
#include "generators/placeholders.h"
#include "generators/requests.h"

namespace flowlog {
namespace {

std::string way_of(const Answer& answer) {
  if (answer.kind == Answer::Kind::alien || answer.kind == Answer::Kind::none) {
    return fmt::format("{} {}", answer.http, answer.trouble);
  }
  return fmt::format("{} {}", answer.http, answer.code);
}

// An endpoint that shows what it made later than this is one that does not show it.
constexpr std::chrono::seconds kLongestUnseen{5};

constexpr std::size_t kMostSteps = 50;
constexpr std::size_t kStepBody = 4096;  // bytes of an answer; the example's is whole

Sight sight(const std::optional<std::vector<FlowLog>>& found, const std::string& id) {
  if (!found) return {};
  const auto it = std::ranges::find(*found, id, &FlowLog::id);
  return {true, it == found->end() ? std::nullopt : std::optional(*it)};
}

Reply understood(Params sent, const std::string& account, Exchange exchange) {
  Reply reply{std::move(sent), account, std::move(exchange), {}};
  if (const WireResponse* response = reply.exchange.response()) {
    reply.answer = parse_answer(response->status, response->headers, response->body);
  } else {
    reply.answer = no_answer(reply.exchange.failure()->text);
  }
  return reply;
}

}  // namespace

Scene::Scene(Bench& bench, const Check& check, Client::Session& session, std::vector<Lease> leases)
    : bench_(bench),
      check_(check),
      session_(session),
      leases_(std::move(leases)),
      began_(bench.clock.wall()) {
  session_.observer = [this](const Exchange& exchange) { record(exchange); };
}

Scene::~Scene() {
  session_.observer = nullptr;
}

void Scene::record(const Exchange& exchange) {
  if (clearing_) return;
  sent_.push_back(exchange);
  if (sent_.size() <= kMostSteps) return;
  sent_.pop_front();
  if (case_begin_ > 0) --case_begin_;
}

void Scene::begin_case() {
  case_begin_ = sent_.size();
}

std::vector<Evidence> Scene::steps_from(std::size_t first) const {
  std::vector<Evidence> steps;
  if (sent_.size() < first + 2) return steps;
  for (std::size_t i = first; i < sent_.size(); ++i) {
    steps.push_back(evidence(sent_[i], bench_.redactor, kStepBody));
  }
  return steps;
}

std::vector<Evidence> Scene::steps() const {
  return steps_from(case_begin_);
}

const Api& Scene::api() const {
  return bench_.api;
}
const Profile& Scene::profile() const {
  return bench_.profile;
}
Instant Scene::now() const {
  return bench_.clock.now();
}
void Scene::pause(Duration span) {
  bench_.clock.sleep(span);
}

bool Scene::has_account(std::string_view name) const {
  return bench_.profile.account(name) != nullptr;
}

const Account& Scene::account_of(const std::string& name) const {
  return *bench_.profile.account(name.empty() ? check_.account : name);
}

Params Scene::smallest(std::size_t index) const {
  Params params = smallest_request(bench_.api.create, leases_.at(index).type());
  for (auto& [name, value] : params) {
    if (value == "@" + leases_[index].type()) value = leases_[index].id();
  }
  return params;
}

// Base 32 of the run and a counter: no two calls give the same.
std::string Scene::token(std::size_t length) {
  std::string token = fmt::format("fc-{}-{}", bench_.run, bench_.next++);
  if (length > token.size()) token.append(length - token.size(), 't');
  return token;
}

Params Scene::filled(Params params) {
  static constexpr std::string_view kDigits = "abcdefghijklmnopqrstuvwxyz234567";
  for (auto& [name, value] : params) {
    for (const Lease& lease : leases_) {
      value = with_resource(std::move(value), lease.type(), lease.id());
    }
    if (value.find(kUnique) == std::string::npos) continue;
    std::string unique;
    std::uint64_t number = bench_.next++;
    // The run gives the first half, the counter the second.
    for (std::size_t i = 0; i < kUniqueLength / 2; ++i) {
      unique += i < bench_.run.size() ? bench_.run[i] : 'a';
    }
    for (std::size_t i = 0; i < kUniqueLength / 2; ++i, number /= 32) {
      unique += kDigits[number % 32];
    }
    value = with_unique(std::move(value), unique);
  }
  return params;
}

Call Scene::call_of(Params query, const std::string& account) const {
  Call call;
  call.query = std::move(query);
  call.credentials = &account_of(account).credentials;
  call.check = check_.id;
  return call;
}

Reply Scene::create_on(Client::Session& session, const Params& params, const std::string& account,
                       const Tamper& tamper, Creation& creation) {
  Call call = call_of(params, account);
  call.may_create = true;
  call.tamper = tamper.change;
  call.skew = tamper.skew;
  call.scope = tamper.scope;
  if (tamper.credentials) call.credentials = &*tamper.credentials;
  creation = bench_.keeper.create(session, std::move(call), account_of(account));
  return understood(params, account, creation.exchange);
}

void Scene::remember(const Reply& reply, Creation creation) {
  requests_ += reply.exchange.attempts;
  if (reply.created()) ++created_;
  made_.push_back(std::move(creation));
}

Reply Scene::create(Params params, const std::string& account) {
  return create_tampered(std::move(params), {}, account);
}

Reply Scene::create_tampered(Params params, const Tamper& tamper, const std::string& account) {
  Creation creation;
  Reply reply = create_on(session_, filled(std::move(params)), account, tamper, creation);
  remember(reply, std::move(creation));
  return reply;
}

std::pair<Reply, Reply> Scene::create_both(Params a, Params b, const std::string& account_b) {
  if (second_ == nullptr) second_ = bench_.client.open();
  a = filled(std::move(a));
  b = filled(std::move(b));
  std::pair<Reply, Reply> replies;
  std::array<Creation, 2> creations;
  std::latch start(2);
  std::thread other([&] {
    start.arrive_and_wait();
    replies.second = create_on(*second_, b, account_b, {}, creations[1]);
  });
  start.arrive_and_wait();
  replies.first = create_on(session_, a, "", {}, creations[0]);
  other.join();
  record(replies.second.exchange);  // of the other session; the first has been heard of
  remember(replies.first, std::move(creations[0]));
  remember(replies.second, std::move(creations[1]));
  return replies;
}

Reply Scene::call(Params query, const Tamper& tamper, const std::string& account) {
  Call call = call_of(query, account);
  call.tamper = tamper.change;
  call.skew = tamper.skew;
  call.scope = tamper.scope;
  if (tamper.credentials) call.credentials = &*tamper.credentials;
  Exchange exchange = session_.send(call);
  requests_ += exchange.attempts;
  return understood(std::move(query), account, std::move(exchange));
}

std::optional<std::vector<FlowLog>> Scene::list(const Params& filter, const std::string& account) {
  Listing listing = bench_.keeper.list(session_, account_of(account), filter, check_.id);
  ++requests_;
  if (listing.complete) return std::move(listing.flow_logs);
  inconclusive("What stands could not be read: " + listing.trouble);
  return std::nullopt;
}

Duration Scene::patience() const {
  const std::chrono::duration<double> granted(profile().active_timeout_s);
  return std::min<Duration>(std::chrono::duration_cast<Duration>(granted), kLongestUnseen);
}

std::optional<std::vector<FlowLog>> Scene::list_until(
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
      bench_.keeper.saw_lag(lag);
      note(fmt::format("DescribeFlowLogs showed a flow log only {:.1f} s after the answer.",
                       std::chrono::duration<double>(lag).count()));
      return found;
    }
    if (now() >= end) return found;
    pause(std::min<Duration>(wait, end - now()));
    wait = std::min<Duration>(2 * wait, std::chrono::milliseconds(500));
  }
}

std::optional<std::vector<FlowLog>> Scene::standing(std::size_t index, const std::string& account,
                                                    std::size_t at_least) {
  const std::string& id = leases_.at(index).id();
  const auto elsewhere = [&](const FlowLog& f) { return f.resource_id != id; };
  auto found = list_until({{"ResourceId", id}}, account, [&](const Flows& all) {
    return all.size() - static_cast<std::size_t>(std::ranges::count_if(all, elsewhere)) >= at_least;
  });
  // An endpoint that ignores the filter is not our matter here.
  if (found) std::erase_if(*found, elsewhere);
  return found;
}

Sight Scene::look_up(const std::string& id, const std::string& account) {
  return sight(list({{"FlowLogIds.1", id}}, account), id);
}

Sight Scene::await(const std::string& id, const std::string& account) {
  return sight(
      list_until({{"FlowLogIds.1", id}}, account,
                 [&](const Flows& found) { return sight(found, id).flow_log.has_value(); }),
      id);
}

void Scene::learn_lag(const Reply& created) {
  if (bench_.lag_known) return;
  await(created.id(), created.account);
  bench_.lag_known = true;
}

bool Scene::remove(const std::string& id, const std::string& account) {
  const Removal removal = bench_.keeper.remove(session_, account_of(account), id);
  if (!removal) {
    inconclusive(fmt::format("The flow log {} could not be deleted: {}", id, removal.why));
  }
  return removal.gone;
}

Situation Scene::situation(const std::string& condition) const {
  Situation situation;
  if (check_.account != "default" && check_.account != "other") {
    situation.conditions.insert("account." + check_.account);
  }
  if (!condition.empty()) situation.conditions.insert(condition);
  return situation;
}

World Scene::world(const std::string& account) const {
  World world;
  const Resources& resources = bench_.profile.resources_of(account_of(account));
  for (const auto& [type, ids] : resources.free) {
    for (const std::string& id : ids) world.resources[id] = type;
  }
  for (const auto& [condition, resource] : resources.conditions) {
    world.resources[resource.id] = resource.type;
  }
  world.projects.insert(bench_.profile.projects.begin(), bench_.profile.projects.end());
  if (const Parameter* project = bench_.api.create.parameter("ProjectName")) {
    if (project->default_value) world.projects.insert(*project->default_value);
  }
  return world;
}

bool Scene::accepted(const Reply& reply) {
  answers(reply, situation());
  return reply.created() && !reply.id().empty();
}

Verdict Scene::answers(const Reply& reply, const Situation& situation) {
  return judged(reply, expect(bench_.api, reply.sent, world(reply.account), situation));
}

bool Scene::disproved(Excuse excuse, const Reply& reply) {
  if (excuse != Excuse::bound && excuse != Excuse::quota) return false;
  Params filter;
  const std::string id = find(reply.sent, "ResourceId").value_or("");
  if (excuse == Excuse::bound) filter = {{"ResourceId", id}};
  const int own = bench_.profile.flow_log_quota;
  const int quota = std::max(own > 0 ? own : bench_.api.create.quota, 0);
  // Where flow logs are shown late, what is said may be true before it is seen.
  const Instant end = now() + std::min<Duration>(2 * bench_.keeper.lag(), kLongestUnseen);
  for (;;) {
    const Listing listing =
        bench_.keeper.list(session_, account_of(reply.account), filter, check_.id);
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

Ruling Scene::assess(const Reply& reply, const Expectation& expectation) {
  const Judgement judgement = judge(expectation, reply.answer, bench_.strict);
  Ruling ruling;
  ruling.verdict = judgement.verdict;
  ruling.expected = judgement.expected;
  ruling.observed = observed(reply);
  ruling.message = bench_.redactor(judgement.message);
  ruling.way = way_of(reply.answer);
  ruling.example = evidence_of(reply);
  const bool creating = find(reply.sent, "Action") == bench_.api.create.action;
  if (creating && reply.created() && reply.id().empty() &&
      judgement.verdict != Verdict::deviating) {
    ruling.verdict = Verdict::deviating;
    ruling.message = "The request was accepted, and the answer gives no FlowLogId.";
    ruling.way = "no id";
  }
  if (disproved(judgement.excuse, reply)) {
    ruling.verdict = Verdict::deviating;
    ruling.message = judgement.excuse == Excuse::bound
                         ? "The resource is said to be bound, and no flow log stands on it."
                         : "The quota is said to be used up, and fewer flow logs stand.";
  }
  if (ruling.verdict == Verdict::deviating && reply.exchange.throttled >= reply.exchange.attempts) {
    ruling.verdict = Verdict::inconclusive;
    ruling.message = "The endpoint throttled until the budget for trying again was spent.";
  }
  if (ruling.verdict != Verdict::conformant) ruling.steps = steps();
  return ruling;
}

Verdict Scene::judged(const Reply& reply, const Expectation& expectation) {
  rulings_.push_back(assess(reply, expectation));
  return rulings_.back().verdict;
}

bool Scene::claim(bool holds, Standing standing, const Reply& reply, std::string expected,
                  std::string observed, std::string message) {
  const Verdict broken = standing == Standing::inferred ? Verdict::finding : Verdict::deviating;
  Ruling ruling;
  ruling.verdict = holds ? Verdict::conformant : broken;
  ruling.expected = std::move(expected);
  ruling.observed = std::move(observed);
  if (!holds) ruling.message = std::move(message);
  ruling.way = ruling.message;
  ruling.example = evidence_of(reply);
  if (!holds) ruling.steps = steps();
  rulings_.push_back(std::move(ruling));
  return holds;
}

void Scene::finding(const Reply& reply, std::string expected, std::string observed,
                    std::string message) {
  Ruling ruling;
  ruling.verdict = Verdict::finding;
  ruling.expected = std::move(expected);
  ruling.observed = std::move(observed);
  ruling.message = std::move(message);
  ruling.example = evidence_of(reply);
  ruling.steps = steps();
  rulings_.push_back(std::move(ruling));
}

void Scene::inconclusive(std::string message, const Reply* reply) {
  Ruling ruling;
  ruling.message = std::move(message);
  if (reply != nullptr) {
    ruling.observed = observed(*reply);
    ruling.example = evidence_of(*reply);
  }
  ruling.steps = steps();
  rulings_.push_back(std::move(ruling));
}

void Scene::rule(Ruling ruling) {
  rulings_.push_back(std::move(ruling));
}

void Scene::note(std::string remark) {
  if (!remark.empty()) notes_.push_back(std::move(remark));
}

void Scene::nothing_left(std::size_t index) {
  const auto found = standing(index);
  if (!found || found->empty()) return;
  for (const FlowLog& flow_log : *found) {
    const bool deleting = std::ranges::any_of(
        made_, [&](const Creation& made) { return made.flow_log_id == flow_log.id; });
    // What stood before, somebody else's perhaps, is not the request's doing.
    if (deleting || made_before(flow_log, began_, bench_.keeper.skew())) continue;
    Ruling ruling;
    ruling.verdict = Verdict::deviating;
    ruling.expected = "a refused request leaves nothing behind";
    ruling.observed = fmt::format("flow log {} stands on {}", flow_log.id, flow_log.resource_id);
    ruling.message = "The request was refused, and yet a flow log was created.";
    ruling.way = "left";
    for (const Ruling& earlier : rulings_) ruling.example = earlier.example;
    ruling.steps = steps_from(0);  // any of the cases may have made it
    rulings_.push_back(std::move(ruling));
    if (!bench_.keeper.remove(session_, account_of(""), flow_log)) leases_.at(index).burn();
  }
}

Evidence Scene::evidence_of(const Reply& reply) const {
  return evidence(reply.exchange, bench_.redactor);
}

std::string Scene::observed(const Reply& reply) const {
  return bench_.redactor(observed_line(reply.answer));
}

void Scene::forget_created() {
  clearing_ = true;
  for (auto it = made_.rbegin(); it != made_.rend(); ++it) {
    const Removal removal = bench_.keeper.remove(session_, *it);
    if (removal) continue;
    for (Lease& lease : leases_) lease.burn();
  }
  made_.clear();
  clearing_ = false;
}

void Scene::finish() {
  forget_created();
}

}  // namespace flowlog
