#include "mock/seed.h"

#include <fmt/format.h>

#include "client/signing.h"

namespace flowlog::mock {
namespace {

constexpr int free_in_other_accounts = 4;
const char* const types[] = {"vpc", "subnet", "eni"};

std::string resource_id(const std::string& type, const std::string& account, int number) {
  std::string place = account;
  std::replace(place.begin(), place.end(), '_', '-');
  return fmt::format("{}-{}-{:02d}", type, place, number);
}

void add_free(Tenant& account, int count) {
  for (const char* type : types) {
    for (int number = 1; number <= count; ++number) {
      const std::string id = resource_id(type, account.name, number);
      account.resources[id] = {type, id, resource_id("vpc", account.name, number), "", false};
    }
  }
}

Tenant make_account(const std::string& name, int number, int free) {
  Tenant account;
  account.name = name;
  account.id = std::to_string(2100000000 + number);
  account.credentials.access_key =
      fmt::format("AKMOCK{:04d}{}", number, sha256_hex(name).substr(0, 20));
  account.credentials.secret_key = sha256_hex("made up for " + name).substr(0, 40);
  account.projects.insert(seeded_projects().begin(), seeded_projects().end());
  add_free(account, free);
  return account;
}

void add_states(Tenant& account) {
  for (const SeededResource& seeded : seeded_resources()) {
    const std::string vpc = seeded.type == "vpc" ? seeded.id : resource_id("vpc", account.name, 1);
    account.resources[seeded.id] = {seeded.type, seeded.id, vpc, seeded.condition, false};
  }
  account.topics["flowlog-taken"].insert("taken-topic");
  account.conflicting_topic = {"flowlog-taken", "taken-topic"};
}

}  // namespace

const std::vector<SeededResource>& seeded_resources() {
  static const std::vector<SeededResource> all = {
      {"resource.vpc_invalid_status", "vpc", "vpc-pending-01"},
      {"resource.subnet_invalid_status", "subnet", "subnet-pending-01"},
      {"resource.eni_invalid_status", "eni", "eni-pending-01"},
      {"resource.eni_shared", "eni", "eni-shared-01"},
      {"resource.unsupported", "eni", "eni-unsupported-01"},
      {"resource.busy", "vpc", "vpc-busy-01"},
  };
  return all;
}

const std::vector<std::string>& seeded_conditions() {
  static const std::vector<std::string> all = {
      "arrears",           "low_balance",     "order_error",       "service_unauthorized",
      "purchase_limited",  "tls_not_enabled", "tls_not_supported", "cloud_profile_unavailable",
      "tls_project_limit", "tls_topic_limit"};
  return all;
}

const std::vector<std::string>& seeded_projects() {
  static const std::vector<std::string> all = {"default", "team-a"};
  return all;
}

std::vector<Tenant> seed_accounts(int free_resources) {
  std::vector<Tenant> accounts;
  const auto add = [&](const std::string& name, int free) -> Tenant& {
    accounts.push_back(make_account(name, static_cast<int>(accounts.size()) + 1, free));
    return accounts.back();
  };
  add_states(add("default", free_resources));
  add("other", free_in_other_accounts);
  for (const std::string& condition : seeded_conditions()) {
    add(condition, free_in_other_accounts).condition = "account." + condition;
  }
  add("session", free_in_other_accounts).credentials.session_token = "STSMOCKTOKEN+/=";
  add("forbidden", free_in_other_accounts).forbidden = true;
  return accounts;
}

}  // namespace flowlog::mock
