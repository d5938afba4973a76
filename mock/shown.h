// What a flow log shows of itself.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "mock/actions.h"

namespace flowlog::mock {

// All REQUIRE that the world's mutex is held, and that `site` is of an action that lists.

// Nothing is shown of it yet, or no more.
bool visible(const Site& site, const StoredFlowLog& log);

// The value of a member as a text; "" for tags.
std::string member_text(const Site& site, const Member& member, const StoredFlowLog& log,
                        const Tenant& owner);

// One element of the list. `tag` is the one that an element of a list of tags is about.
nlohmann::json shown(const Site& site, const StoredFlowLog& log, const Tenant& owner,
                     const Tag* tag = nullptr);

}  // namespace flowlog::mock
