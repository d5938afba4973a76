#include "mock/profile.h"

#include "mock/seed.h"

namespace flowlog::mock {
namespace {

using Json = nlohmann::json;

constexpr int concurrency = 8;
constexpr int active_timeout_s = 5;

Json keys(const Tenant& account) {
  return {{"access_key", account.credentials.access_key},
          {"secret_key", account.credentials.secret_key}};
}

Json free_resources(const Tenant& account) {
  Json resources = Json::object();
  for (const auto& [id, resource] : account.resources) {
    const std::string type = resource.type.empty() ? "resource" : resource.type;
    if (resource.condition.empty()) resources[type].push_back(id);
  }
  return resources;
}

// A condition's resource as the profile spells it: by id alone where its name tells the type.
void add_state(Json& resources, const SeededResource& seeded) {
  const std::string name = seeded.condition->member();
  if (seeded.condition->provision == Provision::typed_resource) {
    resources[name] = {{"type", seeded.type}, {"id", seeded.id}};
  } else {
    resources[name] = seeded.id;
  }
}

void add_taken(const flowlog::Service& service, Json& resources, const Taken& taken) {
  const Condition* condition = service.condition(taken.condition);
  for (const auto& [member, parameter] : condition->values) {
    resources[condition->member()][member] = taken.values.at(parameter);
  }
}

}  // namespace

Json make_profile(const Backend& backend, const std::string& url, const std::string& region) {
  const Tenant& main = backend.by_name("default");
  Json resources = free_resources(main);
  const flowlog::Service& service = backend.service();
  for (const SeededResource& seeded : seeded_resources(service)) add_state(resources, seeded);
  for (const Taken& taken : main.taken) add_taken(service, resources, taken);
  std::vector<std::string> names = seeded_conditions(service);
  names.insert(names.begin(), "other");
  Json accounts = {{"default", keys(main)}};
  for (const std::string& name : names) {
    const Tenant& account = backend.by_name(name);
    accounts[name] = keys(account);
    accounts[name]["resources"] = free_resources(account);
  }
  Json profile = {{"name", "mock"},
                  {"endpoint", url},
                  {"region", region},
                  {"service", service.name},
                  {"accounts", accounts},
                  {"resources", resources},
                  {"projects", seeded_projects(service)},
                  {"limits", {{"concurrency", concurrency}}},
                  {"active_timeout_s", active_timeout_s},
                  {"may_create", true}};
  const auto& quota = service.kind.quota;
  if (quota && !quota->profile.empty()) profile["quota"] = {{quota->profile, quota->max}};
  return profile;
}

}  // namespace flowlog::mock
