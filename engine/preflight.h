// Before a run: does the endpoint answer at all, and are the resources free?
#pragma once

#include <string>
#include <vector>

#include "client/client.h"
#include "engine/run_context.h"

namespace flowlog {

struct Preflight {
  std::string trouble;  // why the run must not begin, one sentence; or empty
  std::vector<std::string> notices;
  // An answer that is this API's, and not as documented: the run goes on, and says so. Where it
  // hides what stands, nothing may be created.
  std::string deviation;
  bool may_create = true;
  std::optional<Evidence> exchange;  // of the call that failed or deviates
};

// One signed call that must succeed, then a look at what stands in the accounts that create. Tells
// the pool which places of their quota are taken.
Preflight preflight(RunContext& run_context, Client::Session& session);

}  // namespace flowlog
