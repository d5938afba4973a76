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

// `params` with another value for the first parameter of the action that is shown, another than
// `before` shows where that is given; nothing where the action changes none.
std::optional<Params> with_change(CheckContext& context, const Params& params,
                                  const FlowLog* before);
// A text of the greatest length that is certainly valid, with capitals, a Chinese character, a plus
// and a dot wherever they may stand: whatever is cut, folded or written otherwise on its way into a
// store shows.
std::string telling_text(const Parameter& parameter);
// True iff requests of the action may differ in the parameter and in nothing else.
bool can_be_changed(const Action& action, const Parameter& parameter);

// Sends a request on the check's thing as the account "other", to which the thing does not exist,
// and judges it so.
void judge_as_other(CheckContext& context, const Params& params);

// Claims that of the members of two looks at a thing only `but` differ. When it changed, its state
// and what no parameter says may differ.
void claim_kept(CheckContext& context, const AnsweredReply& reply, const FlowLog& before,
                const FlowLog& after, const std::vector<std::string>& but);

// Sends a request of the check's action and judges it; nothing unless it succeeded.
std::optional<AnsweredReply> succeeded(CheckContext& context, const Params& params);

// The error rows of the action whose trigger names a state that does not permit it.
std::vector<std::string> state_rows(const Action& action);

using TagList = std::vector<std::pair<std::string, std::string>>;  // keys and values
// "first=1, second=2", or "no tags".
std::string tag_text(const TagList& tags);

// Gives a thing of the check's account the tags, and judges the answer; false where it was refused
// or the service has no action for it.
bool tag_thing(CheckContext& context, const std::string& id, const TagList& tags);

// A request of the action that lists: one short page where there are pages.
Params reading_query(const Service& service);

bool has_note(const Contract& contract, const std::string& id);

}  // namespace flowlog
