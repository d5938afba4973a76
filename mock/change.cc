#include <algorithm>

#include "mock/actions.h"
#include "mock/checker.h"
#include "mock/instances.h"
#include "mock/store.h"
#include "mock/tokens.h"

namespace flowlog::mock {
namespace {

using nlohmann::json;

// One update or transition on its way: parameters, token, state of the world, then the change.
class Changing {
 public:
  Changing(const Site& site, Tenant& account, const Params& params)
      : site_(site),
        how_(site.how()),
        account_(account),
        params_(params),
        reading_(site.contract(), params, site.behaviour, site.rows.scope()),
        token_(site, account, params, reading_.value(site.action.parameter(Role::token))) {}

  Outcome run();

 private:
  using Step = std::optional<Outcome> (Changing::*)();

  std::optional<Outcome> parameters();
  std::optional<Outcome> replay();
  std::optional<Outcome> state();

  Outcome refuse(const Refusal& refusal);
  Outcome commit(std::unique_lock<std::mutex>& lock);
  void carry_out();
  void apply(StoredFlowLog& log) const;
  void store(StoredFlowLog& log) const;
  void move(StoredFlowLog& log) const;
  // The creator's parameter that the action's parameter of that name changes, or nullptr.
  const Parameter* changed_by(const std::string& name) const;
  std::vector<std::string> ids() const;

  const Site& site_;
  const ActionReading& how_;
  Tenant& account_;
  const Params& params_;
  Reading reading_;
  TokenUse token_;
  std::optional<Refusal> parameter_refusal_;
  Instances logs_;
};

Outcome Changing::run() {
  parameter_refusal_ = refuse_parameters(site_, params_);
  std::vector<Step> steps = {&Changing::parameters, &Changing::replay, &Changing::state};
  if (site_.behaviour.order == Behaviour::Order::state_first) {
    steps = {&Changing::replay, &Changing::state, &Changing::parameters};
  }
  std::unique_lock lock(site_.backend.mutex());
  token_.wait(lock);
  for (Tenant& account : site_.backend.accounts()) site_.backend.settle(account);
  for (const Step step : steps) {
    if (auto outcome = (this->*step)()) return *outcome;
  }
  return commit(lock);
}

std::optional<Outcome> Changing::parameters() {
  if (!parameter_refusal_) return std::nullopt;
  return refuse(*parameter_refusal_);
}

std::optional<Outcome> Changing::replay() {
  if (!token_.known()) return std::nullopt;
  if (auto refusal = token_.refusal()) return Outcome(*refusal);
  if (!token_.replays()) return std::nullopt;
  if (how_.token.creates_again) carry_out();
  return Outcome(json::object());
}

std::optional<Outcome> Changing::state() {
  if (auto refusal = refuse_account(site_, account_)) return refuse(*refusal);
  auto found = instances(site_, account_, reading_);
  if (const auto* refusal = std::get_if<Refusal>(&found)) return refuse(*refusal);
  logs_ = std::get<Instances>(found);
  for (const StoredFlowLog* log : logs_) {
    if (auto refusal = refuse_state(site_, *log)) return refuse(*refusal);
    if (!log->busy || token_.unreserved()) continue;
    if (auto refusal = site_.rows.for_race("one-resource")) return refuse(*refusal);
  }
  return std::nullopt;
}

Outcome Changing::refuse(const Refusal& refusal) {
  token_.refused(refusal);
  if (how_.refused_changes) carry_out();
  return refusal;
}

std::vector<std::string> Changing::ids() const {
  std::vector<std::string> ids;
  for (const StoredFlowLog* log : logs_) ids.push_back(log->id);
  return ids;
}

Outcome Changing::commit(std::unique_lock<std::mutex>& lock) {
  token_.reserve();
  const std::vector<std::string> before = ids();
  for (StoredFlowLog* log : logs_) log->busy = true;
  lock.unlock();
  site_.backend.clock().sleep(site_.backend.timing().processing);
  lock.lock();
  for (Tenant& account : site_.backend.accounts()) {
    for (const std::string& id : before) {
      if (StoredFlowLog* log = site_.backend.flow_log(account, id)) log->busy = false;
    }
  }
  carry_out();
  token_.done(before.empty() ? "" : before.front());
  return json::object();
}

// On whatever is there now: one that was deleted meanwhile is left alone.
void Changing::carry_out() {
  const auto found = instances(site_, account_, reading_);
  const auto* logs = std::get_if<Instances>(&found);
  if (logs == nullptr || how_.does_nothing) return;
  for (StoredFlowLog* log : *logs) {
    if (!log->dying) apply(*log);
  }
}

void Changing::apply(StoredFlowLog& log) const {
  const std::string before = site_.backend.state(log);
  const std::vector<std::string>& to = site_.action.states.to;
  // Repeated where that is permitted: nothing to do.
  const bool done = std::ranges::find(to, before) != to.end();
  if (site_.action.effect == Effect::transition && done && how_.ends_as.empty()) return;
  store(log);
  move(log);
  log.updated = site_.backend.clock().wall();
  site_.backend.note_change();
}

const Parameter* Changing::changed_by(const std::string& name) const {
  const Action& creator = site_.service.creator();
  for (const auto& [role, parameter] : site_.action.roles) {
    if (role == Role::id || role == Role::token) {
      if (parameter == name) return nullptr;
    } else if (parameter == name && !creator.parameter(role).empty()) {
      return creator.contract.parameter(creator.parameter(role));
    }
  }
  const Parameter* same = creator.contract.parameter(name);
  return same == nullptr || same->indexed() || name == "Action" || name == "Version" ? nullptr
                                                                                     : same;
}

void Changing::store(StoredFlowLog& log) const {
  if (how_.replaces_tags) log.tags.clear();
  for (const Parameter& parameter : reading_.contract().parameters) {
    const Parameter* of_creator = changed_by(parameter.name);
    if (of_creator == nullptr || how_.dropped.contains(parameter.name)) continue;
    std::string& kept = log.attributes[of_creator->name];
    const auto sent = reading_.value(parameter.name);
    if (sent && sent->empty() && how_.empty_keeps) continue;
    if (sent) {
      kept = kept_value(site_.behaviour, reading_, parameter, *sent);
    } else if (how_.resets_omitted) {
      kept = of_creator->default_value.value_or(of_creator->required ? log.id : "");
    }
  }
}

void Changing::move(StoredFlowLog& log) const {
  const std::vector<std::string>& to = site_.action.states.to;
  const std::string before = site_.backend.state(log);
  const State* state = site_.service.kind.state(before);
  const bool rests = state != nullptr && (state->meaning == StateMeaning::ready ||
                                          state->meaning == StateMeaning::inactive);
  if (rests) log.resting = before;
  if (!to.empty()) log.resting = to.front();
  if (!how_.ends_as.empty()) log.resting = how_.ends_as;
  log.move = {before, site_.action.states.through, site_.backend.clock().now(), how_.never_ends};
}

}  // namespace

Outcome change(const Site& site, Tenant& account, const Params& params) {
  return Changing(site, account, params).run();
}

}  // namespace flowlog::mock
