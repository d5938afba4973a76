// The three actions, each on parameters that are authenticated and addressed to it.
#pragma once

#include <nlohmann/json.hpp>
#include <variant>

#include "base/params.h"
#include "mock/behaviour.h"
#include "mock/rows.h"
#include "mock/world.h"

namespace flowlog::mock {

// What every action works on; all of it outlives the call.
struct Site {
  const Api& api;
  const Behaviour& behaviour;
  const Rows& rows;
  Backend& backend;
};

// The members of Result but RequestId, or why there are none.
using Outcome = std::variant<nlohmann::json, Refusal>;

// Thread-safe. A refused creation changes nothing.
Outcome create_flow_log(const Site& site, Tenant& account, const Params& params);
Outcome describe_flow_logs(const Site& site, Tenant& account, const Params& params);
Outcome delete_flow_log(const Site& site, Tenant& account, const Params& params);

// The first breach that a row answers; `params` against the rules that need no world.
std::optional<Refusal> refuse_parameters(const Site& site, const Contract& contract,
                                         const Params& params);

}  // namespace flowlog::mock
