// The accounts that a mock starts with, every key made up, in every condition that its service
// knows.
#pragma once

#include <string>
#include <vector>

#include "mock/world.h"

namespace flowlog::mock {

// A resource that stands in one state, in the default account.
struct SeededResource {
  const Condition* condition = nullptr;  // of the service
  std::string type;
  std::string id;
};

// All REQUIRE that `service` outlives what they return.

std::vector<SeededResource> seeded_resources(const flowlog::Service& service);

// Names of the accounts that stand in a condition ("arrears"), as a profile calls them.
std::vector<std::string> seeded_conditions(const flowlog::Service& service);

// default, other, one account a condition; beside those that a profile can name, "session" (its
// credentials have a session token) and "forbidden" (no policy allows it anything).
std::vector<Tenant> seed_accounts(const flowlog::Service& service, int free_resources);

// The projects that stand in every account.
std::vector<std::string> seeded_projects(const flowlog::Service& service);

}  // namespace flowlog::mock
