#include "mock/actions.h"

namespace flowlog::mock {
namespace {

constexpr std::string_view id_name = "FlowLogId";

// No page read here lists the errors of deletion; this one is of the make of its neighbours.
Refusal unknown_flow_log() {
  return {404, "InvalidFlowLog.NotFound", std::nullopt, "The specified flow log does not exist.",
          ""};
}

void forget_tokens(Tenant& account, const std::string& flow_log_id) {
  std::erase_if(account.tokens,
                [&](const auto& entry) { return entry.second.flow_log_id == flow_log_id; });
}

}  // namespace

// Deleting what is being deleted already is no error. What is still Creating can be deleted, unless
// the behaviour says otherwise.
Outcome delete_flow_log(const Site& site, Tenant& account, const Params& params) {
  if (auto refusal = refuse_parameters(site, site.api.remove, params)) return *refusal;
  const auto& life = site.behaviour.life;
  const std::string id = find(params, id_name).value_or("");
  const std::lock_guard lock(site.backend.mutex());
  site.backend.settle(account);
  const auto log = std::find_if(account.flow_logs.begin(), account.flow_logs.end(),
                                [&](const StoredFlowLog& candidate) { return candidate.id == id; });
  if (log == account.flow_logs.end()) {
    if (life.delete_unknown_ok) return nlohmann::json::object();
    return unknown_flow_log();
  }
  if (life.delete_does_nothing) return nlohmann::json::object();
  if (life.delete_refused_while_creating && !site.backend.ready(*log) && !log->dying) {
    if (auto refusal = site.rows.for_race("one-resource")) return *refusal;
  }
  for (StoredFlowLog& each : account.flow_logs) {
    if ((each.id == id || life.delete_takes_all) && !each.dying) {
      each.dying = site.backend.clock().now();
    }
  }
  if (life.delete_keeps_binding) {
    account.stuck.insert(log->attributes["ResourceId"]);
  }
  if (site.behaviour.token.forgotten_with_log) forget_tokens(account, id);
  return nlohmann::json::object();
}

}  // namespace flowlog::mock
