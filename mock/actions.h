// What the actions do, by their effect, each on parameters that are authenticated and addressed to
// it.
#pragma once

#include <nlohmann/json.hpp>
#include <variant>

#include "base/params.h"
#include "mock/behaviour.h"
#include "mock/rows.h"
#include "mock/world.h"

namespace flowlog::mock {

// What an action works on; all of it outlives the call.
struct Site {
  const flowlog::Service& service;
  const Action& action;
  const Behaviour& behaviour;
  const Rows& rows;  // of the action
  Backend& backend;

  const Contract& contract() const { return action.contract; }
  const ActionReading& how() const { return behaviour.of(action.name); }
  const TokenReading& token_reading() const {
    return action.effect == Effect::create ? behaviour.token : how().token;
  }
};

// The members of Result but RequestId, or why there are none.
using Outcome = std::variant<nlohmann::json, Refusal>;

// Thread-safe. REQUIRES of each that the site's action has that effect. What is refused changes
// nothing.
Outcome create(const Site& site, Tenant& account, const Params& params);
Outcome list(const Site& site, Tenant& account, const Params& params);
Outcome list_tags(const Site& site, Tenant& account, const Params& params);
Outcome change(const Site& site, Tenant& account, const Params& params);  // update, transition
Outcome remove(const Site& site, Tenant& account, const Params& params);
Outcome tag(const Site& site, Tenant& account, const Params& params);
Outcome untag(const Site& site, Tenant& account, const Params& params);

// The range of the action's page size; nullptr where it has none.
const Rule* page_range(const Action& action);

// The first breach that a row answers; `params` against the rules that need no world.
std::optional<Refusal> refuse_parameters(const Site& site, const Params& params);

}  // namespace flowlog::mock
