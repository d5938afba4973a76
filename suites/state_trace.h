// Looking at one flow log while its state changes.
#pragma once

#include <string>
#include <vector>

#include "engine/check_context.h"

namespace flowlog {

struct StateTrace {
  std::vector<std::string> states;  // in the order they were seen, each once in a row; "" is gone
  bool done = false;
  bool read = true;  // false: it could not be read, which is noted
};

// Looks until it is in the state or the profile's time is up.
StateTrace trace_states(CheckContext& context, const std::string& id, const std::string& until);

// What becomes of a state after it was reached.
enum class Stays {
  yes,
  wavers,  // some look showed another state, and a later one this state again
  no,
  unread  // which is noted
};
// Looks again and again for a second and a half. Two places that answer may differ for a while, so
// that one look proves nothing: `no` is many looks in a row that all show another state, the last
// of which is added to the trace.
Stays stays(CheckContext& context, const std::string& id, StateTrace& trace);

// The state of a new thing when all is made; "" where no page names it.
std::string ready_state(const Service& service);

// "Creating, Active, (gone)"
std::string trace_text(const std::vector<std::string>& states);

}  // namespace flowlog
