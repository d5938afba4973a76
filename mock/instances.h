// The flow logs that one request of an action on existing ones is about.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "mock/actions.h"
#include "mock/checker.h"

namespace flowlog::mock {

// Pointers are valid until a flow log is made or settled.
using Instances = std::vector<StoredFlowLog*>;

// Those whose ids were sent, of the account alone, or the refusal that the first unknown id gets.
// REQUIRES that the world's mutex is held.
std::variant<Instances, Refusal> instances(const Site& site, Tenant& account,
                                           const Reading& reading);

// The row for a state of the account or of the flow log that forbids the action, or nothing.
// REQUIRES that the world's mutex is held.
std::optional<Refusal> refuse_account(const Site& site, const Tenant& account);
std::optional<Refusal> refuse_state(const Site& site, const StoredFlowLog& log);

}  // namespace flowlog::mock
