// The accounts that a mock starts with, every key made up.
#pragma once

#include <string>
#include <vector>

#include "mock/world.h"

namespace flowlog::mock {

// Resources that stand in one state: id by condition ("resource.eni_shared"), in the default
// account.
struct SeededResource {
  std::string condition;
  std::string type;
  std::string id;
};
const std::vector<SeededResource>& seeded_resources();

// Names of the accounts that stand in a condition ("arrears"), as a profile calls them.
const std::vector<std::string>& seeded_conditions();

// default, other, one account a condition; beside those that a profile can name, "session" (its
// credentials have a session token) and "forbidden" (no policy allows it anything).
std::vector<Tenant> seed_accounts(int free_resources);

// The projects that stand in every account.
const std::vector<std::string>& seeded_projects();

}  // namespace flowlog::mock
