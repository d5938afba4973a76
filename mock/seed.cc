#include "mock/seed.h"

#include <fmt/format.h>

#include <algorithm>

#include "client/signing.h"

namespace flowlog::mock {
namespace {

constexpr int free_in_other_accounts = 4;

// Types of targets; where there is one kind of them only, it has no name.
std::vector<std::string> types(const flowlog::Service& service) {
  if (service.creator().parameter(Role::target_id).empty()) return {};
  const std::vector<std::string> words = service.target_types();
  return words.empty() ? std::vector<std::string>{""} : words;
}

std::string dashed(std::string name) {
  std::replace(name.begin(), name.end(), '_', '-');
  return name;
}

std::string resource_id(const std::string& type, const std::string& place, int number) {
  return fmt::format("{}-{}-{:02d}", type.empty() ? "resource" : type, dashed(place), number);
}

void add_free(const flowlog::Service& service, Tenant& account, int count) {
  const std::vector<std::string> all = types(service);
  for (const std::string& type : all) {
    for (int number = 1; number <= count; ++number) {
      const std::string id = resource_id(type, account.name, number);
      account.resources[id] = {type, id, resource_id(all.front(), account.name, number), ""};
    }
  }
}

Tenant make_account(const flowlog::Service& service, const std::string& name, int number,
                    int free) {
  Tenant account;
  account.name = name;
  account.id = std::to_string(2100000000 + number);
  account.credentials.access_key =
      fmt::format("AKMOCK{:04d}{}", number, sha256_hex(name).substr(0, 20));
  account.credentials.secret_key = sha256_hex("made up for " + name).substr(0, 40);
  for (const std::string& project : seeded_projects(service)) account.projects.insert(project);
  add_free(service, account, free);
  return account;
}

// Values that are taken, and the topics that they name.
void add_taken(const flowlog::Service& service, Tenant& account) {
  for (const Condition& condition : service.conditions) {
    if (condition.provision != Provision::parameters) continue;
    Taken taken{condition.name, {}};
    for (const auto& [member, parameter] : condition.values) {
      taken.values[parameter] = "taken-" + dashed(member);
    }
    account.taken.push_back(std::move(taken));
  }
}

void add_states(const flowlog::Service& service, Tenant& account) {
  for (const SeededResource& seeded : seeded_resources(service)) {
    const std::string outermost = types(service).front();
    const bool itself = seeded.type == outermost;
    account.resources[seeded.id] = {seeded.type, seeded.id,
                                    itself ? seeded.id : resource_id(outermost, account.name, 1),
                                    seeded.condition->name};
  }
  add_taken(service, account);
}

// Of a condition that no type belongs to: one or the other.
std::string type_of(const flowlog::Service& service, std::size_t number) {
  const std::vector<std::string> all = types(service);
  return number % 2 == 0 ? all.back() : all.front();
}

}  // namespace

std::vector<SeededResource> seeded_resources(const flowlog::Service& service) {
  std::vector<SeededResource> all;
  if (types(service).empty()) return all;
  std::size_t untyped = 0;
  for (const Condition& condition : service.conditions) {
    std::string place = condition.member();
    if (condition.provision == Provision::typed_resource) {
      const std::string type = type_of(service, untyped++);
      all.push_back({&condition, type, resource_id(type, place, 1)});
    } else if (condition.provision == Provision::resource) {
      if (place.starts_with(condition.type + '_')) place.erase(0, condition.type.size() + 1);
      all.push_back({&condition, condition.type, resource_id(condition.type, place, 1)});
    }
  }
  return all;
}

std::vector<std::string> seeded_conditions(const flowlog::Service& service) {
  std::vector<std::string> all;
  for (const Condition& condition : service.conditions) {
    if (condition.provision == Provision::account) all.push_back(condition.member());
  }
  return all;
}

std::vector<std::string> seeded_projects(const flowlog::Service& service) {
  const Action& creator = service.creator();
  const Parameter* project = creator.contract.parameter(creator.parameter(Role::project));
  if (project == nullptr) return {};
  return {project->default_value.value_or("default"), "team-a"};
}

std::vector<Tenant> seed_accounts(const flowlog::Service& service, int free_resources) {
  std::vector<Tenant> accounts;
  const auto add = [&](const std::string& name, int free) -> Tenant& {
    const int number = static_cast<int>(accounts.size()) + 1;
    accounts.push_back(make_account(service, name, number, free));
    return accounts.back();
  };
  add_states(service, add("default", free_resources));
  add("other", free_in_other_accounts);
  for (const Condition& condition : service.conditions) {
    if (condition.provision != Provision::account) continue;
    add(condition.member(), free_in_other_accounts).condition = condition.name;
  }
  add("session", free_in_other_accounts).credentials.session_token = "STSMOCKTOKEN+/=";
  add("forbidden", free_in_other_accounts).forbidden = true;
  return accounts;
}

}  // namespace flowlog::mock
