// What a run knows of an endpoint: address, accounts, resources, limits (the profile, a file that
// users and other tools write).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/signing.h"

namespace flowlog {

struct NamedResource {
  std::string type;
  std::string id;
};

struct Topic {
  std::string project;
  std::string topic;
};

struct Resources {
  std::map<std::string, std::vector<std::string>> free;  // type ("vpc") to ids, for the suite alone
  // By condition: "resource.vpc_invalid_status", "resource.eni_shared", "resource.unsupported",
  // "resource.busy".
  std::map<std::string, NamedResource> conditions;
  std::optional<Topic> conflicting_topic;
  // Where each id stands in the file: "vpc-1" to "/resources/vpc/0".
  std::map<std::string, std::string> pointers;
  bool empty() const { return free.empty() && conditions.empty() && !conflicting_topic; }
};

struct Account {
  std::string name;  // "default", "other", "arrears", …
  Credentials credentials;
  Resources resources;  // its own; empty: the profile's
};

struct Profile {
  std::string name;
  std::string file;  // as it was given; for what is said of a member
  std::string endpoint;
  std::string region = "cn-beijing";
  std::string service = "vpc";
  std::map<std::string, Account> accounts;
  Resources resources;
  std::vector<std::string> projects;
  int flow_log_quota = 0;  // 0: the contract's
  int concurrency = 0;     // 0: the default
  double requests_per_second = 0;
  long max_requests = 0;
  long max_creates = 0;
  double active_timeout_s = 60;
  bool may_create = false;
  std::vector<std::string> warnings;  // one sentence each: readable by others, …

  const Account* account(std::string_view name) const;  // nullptr: not provided
  const Resources& resources_of(const Account& account) const;
};

// Throws InputError: malformed, unknown member (nearest named), an environment variable that is not
// set, a key with a trailing newline. Credentials of `default` that the file leaves out are read
// from VOLCENGINE_ACCESS_KEY, VOLCENGINE_SECRET_KEY, VOLCENGINE_SESSION_TOKEN, then the older
// VOLCSTACK_… names.
// Where not `keys_needed`, a variable that is not set leaves the account without a key.
Profile load_profile(std::string_view text, const std::string& file, bool keys_needed = true);
Profile load_profile_file(const std::string& path, bool keys_needed = true);
// Of a member that still is what a template or a shell was to fill in ("${VPC_ID}", "<id>"), a
// sentence with its pointer; "" where there is none.
std::string placeholder_in(const Profile& profile);
// A profile of nothing but an address, with credentials from the environment.
Profile profile_of_endpoint(const std::string& url);

}  // namespace flowlog
