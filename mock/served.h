// Which service a mock serves to those who know contracts alone.
#pragma once

#include "specs/service.h"

namespace flowlog::mock {

// The built-in service with these contracts of its creating, listing and deleting action, and with
// what they say of states and quota.
flowlog::Service with_contracts(const Api& api);

}  // namespace flowlog::mock
