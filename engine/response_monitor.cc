#include "engine/response_monitor.h"

#include <fmt/format.h>

#include "oracle/response.h"
#include "oracle/response_shape.h"

namespace flowlog {

ResponseMonitor::ResponseMonitor(const Service& service, Scope scope, const Redactor& redactor)
    : service_(service), scope_(std::move(scope)), redactor_(redactor) {}

void ResponseMonitor::add(const std::string& action, const std::string& row, Standing standing,
                          const std::string& text, const Exchange& exchange,
                          const std::string& check) {
  Observation& sighting = faults_[{action, row}];
  if (sighting.count++ > 0) return;
  sighting.standing = standing;
  sighting.text = text;
  sighting.check = check;
  sighting.evidence = evidence(exchange, redactor_);
}

std::shared_ptr<const Response> ResponseMonitor::see(const Call& call, const Exchange& exchange) {
  const WireResponse* response = exchange.response();
  const std::string action = find(call.query, "Action").value_or("");
  const Contract* contract = service_.contract(action);
  // What was tampered with may not even have reached the action.
  if (response == nullptr || contract == nullptr || call.rewrite || call.credentials == nullptr ||
      call.skew.count() != 0 || !call.scope.service.empty() ||
      find(call.query, "Version") != contract->version) {
    return nullptr;
  }
  auto understood = std::make_shared<const Response>(parse_response(
      response->status, response->headers, response->body, service_.creator().answer_id));
  const bool known =
      understood->kind == Response::Kind::success || understood->kind == Response::Kind::error;
  if (known) look(call, exchange, *contract, *understood);
  return understood;
}

void ResponseMonitor::look(const Call& call, const Exchange& exchange, const Contract& contract,
                           const Response& answer) {
  const std::string& action = contract.action;
  const bool success = answer.kind == Response::Kind::success;
  const Presence presence = success ? Presence::success : Presence::failure;
  Asked asked{action, find(call.query, "Version").value_or(""), scope_.service, scope_.region};
  asked.unauthenticated = std::ranges::any_of(service_.common, [&](const ErrorRow& row) {
    return row.code == answer.code && std::ranges::any_of(row.triggers, [](const Trigger& trigger) {
             return !trigger.authentication.empty();
           });
  });
  const auto faults = shape_violations(contract, answer, asked);

  const std::lock_guard lock(mutex_);
  if (counts_[action][presence]++ == 0) {
    samples_[action][presence] = evidence(exchange, redactor_);
  }
  for (const ShapeViolation& fault : faults) {
    add(action, fault.row, fault.standing, fault.text, exchange, call.check);
  }
  for (const Field& field : contract.answer) {
    if (!field.unique || field.path != "ResponseMetadata.RequestId") continue;
    if (answer.request_id.empty() || !request_ids_.insert(answer.request_id)) continue;
    add(action, field.row() + "/unique", field.standing,
        fmt::format("the RequestId {} came more than once", answer.request_id), exchange,
        call.check);
  }
  const Action& creator = service_.creator();
  if (!success || action != creator.name || answer.thing_id.empty()) return;
  const std::string token = find(call.query, creator.parameter(Role::token)).value_or("");
  const std::uint64_t by = Fingerprints::of(token);
  const auto earlier = made_by_.insert(answer.thing_id, by);
  if (!earlier || (!token.empty() && *earlier == by)) return;
  add(action, fmt::format("answer/{}/unique", creator.answer_id), Standing::documented,
      fmt::format("the {} {} was given to two {}", answer.thing_member, answer.thing_id,
                  service_.kind.plural.en),
      exchange, call.check);
}

std::optional<Observation> ResponseMonitor::fault(const std::string& action,
                                                  const std::string& row) const {
  const std::lock_guard lock(mutex_);
  const auto it = faults_.find({action, row});
  if (it == faults_.end()) return std::nullopt;
  return it->second;
}

int ResponseMonitor::looked_at(const std::string& action, Presence presence) const {
  const std::lock_guard lock(mutex_);
  const auto it = counts_.find(action);
  if (it == counts_.end()) return 0;
  const auto count = [&](Presence p) {
    const auto found = it->second.find(p);
    return found == it->second.end() ? 0 : found->second;
  };
  if (presence != Presence::always) return count(presence);
  return count(Presence::success) + count(Presence::failure);
}

std::optional<Evidence> ResponseMonitor::sample(const std::string& action,
                                                Presence presence) const {
  const std::lock_guard lock(mutex_);
  const auto it = samples_.find(action);
  if (it == samples_.end()) return std::nullopt;
  for (const auto& [kind, evidence] : it->second) {
    if (presence == Presence::always || presence == kind) return evidence;
  }
  return std::nullopt;
}

}  // namespace flowlog
