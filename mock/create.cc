#include <algorithm>
#include <utility>

#include "base/percent.h"
#include "mock/actions.h"
#include "mock/checker.h"
#include "mock/envelope.h"
#include "mock/query.h"
#include "mock/store.h"
#include "mock/tokens.h"

namespace flowlog::mock {
namespace {

// Where no page says what one more gets: a code of the same make as its neighbours.
Refusal quota_refusal(const ResourceKind& kind) {
  return {400, "QuotaExceeded", std::nullopt,
          "You've reached the limit on the number of " + kind.plural.en + " that you can create.",
          ""};
}

Refusal fault(const Rows& rows) {
  return rows.for_service("fault").value_or(
      Refusal{500, "Fault", std::nullopt, "The request has failed.", ""});
}

// One creation on its way: parameters, token, state of the world, then the flow log.
class Creation {
 public:
  Creation(const Site& site, Tenant& account, const Params& params)
      : site_(site),
        behaviour_(site.behaviour),
        account_(account),
        params_(params),
        reading_(site.contract(), params, site.behaviour),
        token_(site, account, params, reading_.value(site.action.parameter(Role::token))) {}

  Outcome run();

 private:
  using Step = std::optional<Outcome> (Creation::*)();

  std::optional<Outcome> parameters();
  std::optional<Outcome> replay();
  std::optional<Outcome> state();

  std::optional<Refusal> account_state() const;
  std::optional<Refusal> existence();
  std::optional<Refusal> missing_resource(const Parameter& parameter, const Rule& rule,
                                          const std::string& value);
  // The resource type as a mock that misreads its values takes it.
  bool is_type(const std::string& parameter_name, const std::string& value) const;
  std::string type_seen(const std::string& parameter_name) const;
  std::optional<Refusal> resource_state();
  std::optional<Refusal> log_service_state() const;
  std::optional<Refusal> quota() const;
  std::optional<Refusal> conflict_in_parent() const;

  Outcome refuse(Refusal refusal);
  Outcome commit(std::unique_lock<std::mutex>& lock);
  nlohmann::json answer(const std::string& id) const;
  std::string store();  // the new id
  // What the flow log is bound to, where only one may be.
  std::string bound_to() const;
  // The values that name what is left behind: a project and what lies in it.
  std::pair<std::string, std::string> log_place() const;

  const Site& site_;
  const Behaviour& behaviour_;
  Tenant& account_;
  const Params& params_;
  Reading reading_;
  TokenUse token_;
  std::optional<Refusal> parameter_refusal_;
  StoredResource* resource_ = nullptr;
};

Outcome Creation::run() {
  parameter_refusal_ = refuse_parameters(site_, params_);
  std::vector<Step> steps = {&Creation::parameters, &Creation::replay, &Creation::state};
  if (behaviour_.order == Behaviour::Order::state_first) {
    steps = {&Creation::replay, &Creation::state, &Creation::parameters};
  }
  std::unique_lock lock(site_.backend.mutex());
  token_.wait(lock);
  site_.backend.settle(account_);
  for (const Step step : steps) {
    if (auto outcome = (this->*step)()) return *outcome;
  }
  return commit(lock);
}

std::optional<Outcome> Creation::parameters() {
  if (!parameter_refusal_) return std::nullopt;
  return refuse(*parameter_refusal_);
}

std::optional<Outcome> Creation::replay() {
  if (!token_.known()) return std::nullopt;
  if (auto refusal = token_.refusal()) return Outcome(*refusal);
  if (!token_.replays()) return std::nullopt;
  if (behaviour_.token.creates_again) return Outcome(answer(store()));
  if (behaviour_.token.new_id_on_replay) return Outcome(answer(site_.backend.next_id()));
  if (behaviour_.token.replay_is_bound) {
    const auto& exclusive = site_.service.kind.exclusive;
    auto refusal = exclusive ? site_.rows.for_condition(exclusive->condition) : std::nullopt;
    if (refusal) return Outcome(*refusal);
  }
  return Outcome(answer(token_.flow_log_id()));
}

std::optional<Outcome> Creation::state() {
  if (auto refusal = account_state()) return refuse(*refusal);
  if (auto refusal = existence()) return refuse(*refusal);
  if (auto refusal = resource_state()) return refuse(*refusal);
  if (auto refusal = log_service_state()) return refuse(*refusal);
  if (auto refusal = quota()) return refuse(*refusal);
  return std::nullopt;
}

std::optional<Refusal> Creation::account_state() const {
  const std::string& condition = account_.condition;
  const bool of_log_service =
      condition == "account.tls_project_limit" || condition == "account.tls_topic_limit";
  if (condition.empty() || of_log_service) return std::nullopt;
  return site_.rows.for_condition(condition);
}

std::optional<Refusal> Creation::existence() {
  for (const Parameter& parameter : site_.contract().parameters) {
    for (const Rule& rule : parameter.rules) {
      if (rule.kind != RuleKind::exists) continue;
      const auto lie = behaviour_.rules.find(rule.address);
      const RuleReading how = lie == behaviour_.rules.end() ? RuleReading() : lie->second;
      std::string value = reading_.value_or_default(parameter.name);
      if (value.empty() && !parameter.required && !reading_.value(parameter.name)) continue;
      if (how.sees) value = how.sees(rule, value);
      std::optional<Refusal> refusal;
      if (rule.target == "project" && !account_.projects.contains(value) && !how.off) {
        refusal = site_.rows.for_rule(parameter, rule, parameter.name);
      } else if (rule.target == "resource") {
        refusal = missing_resource(parameter, rule, value);
        if (how.off) refusal.reset();
      }
      if (refusal) return refusal;
    }
  }
  return std::nullopt;
}

std::optional<Refusal> Creation::missing_resource(const Parameter& parameter, const Rule& rule,
                                                  const std::string& value) {
  const auto find_in = [&](Tenant& account) -> StoredResource* {
    const auto found = account.resources.find(value);
    return found == account.resources.end() ? nullptr : &found->second;
  };
  resource_ = find_in(account_);
  if (resource_ == nullptr && behaviour_.foreign_resources) {
    for (Tenant& account : site_.backend.accounts()) {
      if (resource_ == nullptr) resource_ = find_in(account);
    }
  }
  if (resource_ == nullptr) return site_.rows.for_rule(parameter, rule, parameter.name);
  if (behaviour_.types_not_matched) return std::nullopt;
  const std::string type = type_seen(rule.of);
  if (resource_->type == type) return std::nullopt;
  // Who looks at the resource first cannot tell what a type that is none would ask for.
  const bool state_first = behaviour_.order == Behaviour::Order::state_first;
  if (state_first && parameter_refusal_ && !is_type(rule.of, type)) return std::nullopt;
  if (behaviour_.other_type_is_invalid) return site_.rows.for_condition("resource.unsupported");
  return site_.rows.for_rule(parameter, rule, parameter.name);
}

bool Creation::is_type(const std::string& parameter_name, const std::string& value) const {
  const Parameter* parameter = site_.contract().parameter(parameter_name);
  if (parameter == nullptr) return false;
  return std::ranges::any_of(parameter->rules, [&](const Rule& rule) {
    return rule.kind == RuleKind::values &&
           std::ranges::find(rule.words, value) != rule.words.end();
  });
}

std::string Creation::type_seen(const std::string& parameter_name) const {
  std::string value = reading_.value_or_default(parameter_name);
  const Parameter* parameter = site_.contract().parameter(parameter_name);
  if (parameter == nullptr) return value;
  for (const Rule& rule : parameter->rules) {
    const auto lie = behaviour_.rules.find(rule.address);
    const bool words = rule.kind == RuleKind::values && lie != behaviour_.rules.end();
    if (words && lie->second.sees) return lie->second.sees(rule, value);
  }
  return value;
}

std::optional<Refusal> Creation::resource_state() {
  if (resource_ != nullptr && !resource_->condition.empty()) {
    if (auto refusal = site_.rows.for_condition(resource_->condition)) return refusal;
  }
  if (!site_.service.kind.exclusive) return std::nullopt;
  const StoredFlowLog* holder = site_.backend.holder(account_, bound_to());
  const bool held = holder != nullptr || account_.stuck.contains(bound_to());
  const bool overlooked =
      behaviour_.bound_ignored || (behaviour_.bound_ignored_when_ready && holder != nullptr &&
                                   site_.backend.ready(*holder) && !holder->dying);
  if (held && !overlooked) {
    return site_.rows.for_condition(site_.service.kind.exclusive->condition);
  }
  const bool contended =
      resource_ != nullptr && resource_->busy && !behaviour_.race_both_win && !token_.unreserved();
  if (!contended) return conflict_in_parent();
  if (behaviour_.race_none_wins) resource_->contested = true;
  if (behaviour_.race_loser_500) return fault(site_.rows);
  if (behaviour_.race_loser_bound) {
    return site_.rows.for_condition(site_.service.kind.exclusive->condition);
  }
  return site_.rows.for_race("one-resource");
}

// Where the mock says so, one at a time is created of what lies in one parent.
std::optional<Refusal> Creation::conflict_in_parent() const {
  if (!behaviour_.conflict_in_parent || resource_ == nullptr) return std::nullopt;
  for (const StoredFlowLog& log : account_.flow_logs) {
    const bool young = !site_.backend.ready(log) && !log.dying;
    if (young && log.parent_id == resource_->parent_id) return site_.rows.for_race("one-resource");
  }
  return std::nullopt;
}

std::optional<Refusal> Creation::log_service_state() const {
  const auto [project, topic] = log_place();
  for (const Taken& taken : account_.taken) {
    const bool hit = std::ranges::all_of(taken.values, [&](const auto& value) {
      return reading_.value_or_default(value.first) == value.second;
    });
    if (!hit) continue;
    if (auto refusal = site_.rows.for_condition(taken.condition)) return refusal;
  }
  const auto existing = account_.topics.find(project);
  const bool new_project = existing == account_.topics.end();
  const bool new_topic = new_project || !existing->second.contains(topic);
  const bool at_limit = (account_.condition == "account.tls_project_limit" && new_project) ||
                        (account_.condition == "account.tls_topic_limit" && new_topic);
  return at_limit ? site_.rows.for_condition(account_.condition) : std::nullopt;
}

std::optional<Refusal> Creation::quota() const {
  const int allowed = site_.backend.quota();
  if (allowed == 0 || behaviour_.quota_off) return std::nullopt;
  long standing = behaviour_.quota_counts_deleted ? account_.ever_created
                                                  : static_cast<long>(account_.flow_logs.size());
  if (behaviour_.quota_of_all) standing = site_.backend.standing();
  const int under_way = behaviour_.quota_not_atomic ? 0 : account_.in_process;
  if (standing + under_way < allowed + behaviour_.quota_shift) return std::nullopt;
  const std::vector<std::string>& rows = site_.service.kind.quota->rows;
  if (!rows.empty()) return site_.rows.by_id(rows.front());
  return quota_refusal(site_.service.kind);
}

Outcome Creation::refuse(Refusal refusal) {
  token_.refused(refusal);
  const auto& rows = behaviour_.rejected_creates_rows;
  if (behaviour_.rejected_creates && (rows.empty() || rows.contains(refusal.row))) store();
  return refusal;
}

Outcome Creation::commit(std::unique_lock<std::mutex>& lock) {
  token_.reserve();
  if (resource_ != nullptr) resource_->busy = true;
  ++account_.in_process;
  lock.unlock();
  site_.backend.clock().sleep(site_.backend.timing().processing);
  lock.lock();
  --account_.in_process;
  if (resource_ != nullptr) {
    resource_->busy = false;
    if (std::exchange(resource_->contested, false)) {
      token_.release();
      return site_.rows.for_race("one-resource").value_or(fault(site_.rows));
    }
  }
  const std::string id = store();
  token_.done(id);
  return answer(id);
}

std::string Creation::store() {
  StoredFlowLog log = make_flow_log(site_, account_, reading_);
  if (resource_ != nullptr) log.parent_id = resource_->parent_id;
  const std::string id = log.id;
  if (!behaviour_.life.never_stored) {
    const auto [project, topic] = log_place();
    account_.topics[project].insert(topic);
    account_.flow_logs.push_back(std::move(log));
  }
  ++account_.ever_created;
  return id;
}

nlohmann::json Creation::answer(const std::string& id) const {
  nlohmann::json result = nlohmann::json::object();
  in_result(result, site_.action.answer_id) = id;
  return result;
}

std::string Creation::bound_to() const {
  const std::string& parameter = site_.service.kind.exclusive->parameter;
  const bool target = parameter == site_.action.parameter(Role::target_id);
  return target && resource_ != nullptr ? resource_->id : reading_.value_or_default(parameter);
}

std::pair<std::string, std::string> Creation::log_place() const {
  std::pair<std::string, std::string> place;
  for (const LeftBehind& left : site_.service.kind.leaves_behind) {
    (left.within.empty() ? place.first : place.second) = reading_.value_or_default(left.parameter);
  }
  return place;
}

}  // namespace

std::optional<Refusal> refuse_parameters(const Site& site, const Params& params) {
  const Reading reading(site.contract(), params, site.behaviour, site.rows.scope());
  std::vector<BrokenRule> found = broken_rules(reading, site.behaviour);
  if (site.behaviour.order == Behaviour::Order::reversed) {
    std::reverse(found.begin(), found.end());
  }
  for (const BrokenRule& broken : found) {
    auto refusal = broken.missing
                       ? site.rows.for_missing(*broken.parameter)
                       : site.rows.for_rule(*broken.parameter, *broken.rule, broken.sent_name);
    if (refusal) return refusal;
  }
  if (site.behaviour.refuse_unknown_parameters && !reading.unknown().empty()) {
    return Refusal{400, "InvalidParameter.Unknown", std::nullopt,
                   "The parameter " + reading.unknown().front() + " is not known.", ""};
  }
  return std::nullopt;
}

Outcome create(const Site& site, Tenant& account, const Params& params) {
  if (!site.behaviour.decoded_twice) return Creation(site, account, params).run();
  Params decoded = params;
  for (auto& [name, value] : decoded) value = percent_decode(value, false);
  return Creation(site, account, decoded).run();
}

}  // namespace flowlog::mock
