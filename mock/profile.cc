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
    if (resource.condition.empty()) resources[resource.type].push_back(id);
  }
  return resources;
}

// "resource.eni_shared" as the profile spells it: by id alone where its name tells the type.
void add_state(Json& resources, const SeededResource& seeded) {
  const std::string name = seeded.condition.substr(seeded.condition.find('.') + 1);
  if (name == "unsupported" || name == "busy") {
    resources[name] = {{"type", seeded.type}, {"id", seeded.id}};
  } else {
    resources[name] = seeded.id;
  }
}

}  // namespace

Json make_profile(const Backend& backend, const std::string& url, const std::string& region) {
  const Tenant& main = backend.by_name("default");
  Json resources = free_resources(main);
  for (const SeededResource& seeded : seeded_resources()) add_state(resources, seeded);
  if (main.conflicting_topic) {
    resources["conflicting_topic"] = {{"project", main.conflicting_topic->first},
                                      {"topic", main.conflicting_topic->second}};
  }
  std::vector<std::string> names = seeded_conditions();
  names.insert(names.begin(), "other");
  Json accounts = {{"default", keys(main)}};
  for (const std::string& name : names) {
    const Tenant& account = backend.by_name(name);
    accounts[name] = keys(account);
    accounts[name]["resources"] = free_resources(account);
  }
  return {{"name", "mock"},
          {"endpoint", url},
          {"region", region},
          {"service", backend.service()},
          {"accounts", accounts},
          {"resources", resources},
          {"projects", seeded_projects()},
          {"quota", {{"flow_logs", backend.quota()}}},
          {"limits", {{"concurrency", concurrency}}},
          {"active_timeout_s", active_timeout_s},
          {"may_create", true}};
}

}  // namespace flowlog::mock
