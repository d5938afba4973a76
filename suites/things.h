// What themes about things that stand share: an action carried out on the check's thing, and what
// is shown of it before and after.
#pragma once

#include <string>
#include <vector>

#include "engine/script.h"

namespace flowlog {

// Adds `value` for a parameter, at the first index where it is indexed.
Params with_value(Params params, const std::string& parameter, const std::string& value);

// Text of what is shown as `member`; "" when there is none. Numbers in decimal.
std::string shown(const FlowLog& thing, const std::string& member);

// The member that shows what the action's parameter sets: by its role, else by its name. nullptr
// where none does.
const Member* shown_member(const Service& service, const Action& action,
                           const std::string& parameter);

// Claims that of the members of two looks at a thing only `but` differ. When it changed, its state
// and what no parameter says may differ.
void claim_kept(CheckContext& context, const Reply& reply, const FlowLog& before,
                const FlowLog& after, const std::vector<std::string>& but);

// The error rows of the action whose trigger names a state that does not permit it.
std::vector<std::string> state_rows(const Action& action);

bool has_note(const Contract& contract, const std::string& id);

}  // namespace flowlog
