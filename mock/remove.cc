#include "mock/actions.h"
#include "mock/checker.h"
#include "mock/instances.h"

namespace flowlog::mock {
namespace {

void forget_tokens(Tenant& account, const std::string& flow_log_id) {
  std::erase_if(account.tokens,
                [&](const auto& entry) { return entry.second.flow_log_id == flow_log_id; });
}

// Where the mock says so, what is still being created conflicts with its deletion.
std::optional<Refusal> refuse_young(const Site& site, const StoredFlowLog& log) {
  const bool young = !site.backend.ready(log) && !log.dying;
  if (!site.behaviour.life.delete_refused_while_creating || !young) return std::nullopt;
  return site.rows.for_race("one-resource");
}

void begin_deletion(const Site& site, Tenant& account, StoredFlowLog& log) {
  if (!log.dying) log.dying = site.backend.clock().now();
  const auto& exclusive = site.service.kind.exclusive;
  if (site.behaviour.life.delete_keeps_binding && exclusive) {
    account.stuck.insert(log.attributes[exclusive->parameter]);
  }
  if (site.behaviour.token.forgotten_with_log) forget_tokens(account, log.id);
}

}  // namespace

// Deleting what is being deleted already is no error. What is still being created can be deleted,
// unless the behaviour says otherwise.
Outcome remove(const Site& site, Tenant& account, const Params& params) {
  const auto& life = site.behaviour.life;
  const bool carried_out_anyway = site.how().refused_changes;
  const Reading reading(site.contract(), params, site.behaviour, site.rows.scope());
  std::optional<Refusal> refusal = refuse_parameters(site, params);
  const std::lock_guard lock(site.backend.mutex());
  for (Tenant& each : site.backend.accounts()) site.backend.settle(each);
  auto found = instances(site, account, reading);
  auto* logs = std::get_if<Instances>(&found);
  if (!refusal) refusal = refuse_account(site, account);
  if (!refusal && logs == nullptr && !life.delete_unknown_ok) refusal = std::get<Refusal>(found);
  if (logs != nullptr) {
    for (const StoredFlowLog* log : *logs) {
      if (!refusal) refusal = refuse_state(site, *log);
      if (!refusal) refusal = refuse_young(site, *log);
    }
  }
  if (refusal && !carried_out_anyway) return *refusal;
  const bool nothing = life.delete_does_nothing || site.how().does_nothing;
  if (logs != nullptr && !nothing) {
    const bool all = life.delete_takes_all && !logs->empty();
    for (StoredFlowLog* log : *logs) begin_deletion(site, account, *log);
    for (StoredFlowLog& log : account.flow_logs) {
      if (all && !log.dying) log.dying = site.backend.clock().now();
    }
  }
  if (refusal) return *refusal;
  return nlohmann::json::object();
}

}  // namespace flowlog::mock
