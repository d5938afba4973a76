#include "profiles/profile.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <set>

#include "base/json_node.h"
#include "base/text.h"
#include "client/transport.h"
#include "profiles/credentials.h"
#include "profiles/service_accounts.h"

namespace flowlog {
namespace {

constexpr std::size_t kMaxFile = 4u << 20;
constexpr std::int64_t kManyRequests = 1'000'000'000;

// The accounts there can be: two to work with, and one for each condition.
const std::vector<std::string> kWorking = {"default", "other"};
const std::vector<std::string> kConditions = {
    "arrears",           "low_balance",     "order_error",       "service_unauthorized",
    "purchase_limited",  "tls_not_enabled", "tls_not_supported", "cloud_profile_unavailable",
    "tls_project_limit", "tls_topic_limit"};
const std::vector<std::string> kTypes = {"vpc", "subnet", "eni"};

struct ResourceState {
  const char* member;
  const char* type;
};
constexpr ResourceState kStates[] = {{"vpc_invalid_status", "vpc"},
                                     {"subnet_invalid_status", "subnet"},
                                     {"eni_invalid_status", "eni"},
                                     {"eni_shared", "eni"}};

void need_object(const JsonNode& node) {
  if (!node.is_object()) node.reject("expected an object");  // it may hold a key: don't show it
}

std::string nonempty(const JsonNode& node) {
  std::string text = node.text();
  if (text.empty()) node.fail("text that is not empty");
  return text;
}

class Loader {
 public:
  Loader(std::string file, bool keys_needed,
         const std::vector<std::string>& conditions = kConditions)
      : file_(std::move(file)), keys_needed_(keys_needed), accounts_(kWorking) {
    accounts_.insert(accounts_.end(), conditions.begin(), conditions.end());
    profile_.file = file_;
  }

  Profile load(std::string_view text) {
    const JsonNode root = parse(text);
    need_object(root);
    root.only({"$schema", "name", "endpoint", "region", "service", "accounts", "resources",
               "projects", "quota", "limits", "active_timeout_s", "may_create"});
    if (const auto schema = root.find("$schema")) schema->text();  // for editors
    read_address(root);
    if (const auto accounts = root.find("accounts")) read_accounts(*accounts);
    if (!profile_.accounts.contains("default")) add_default();
    if (const auto node = root.find("resources")) profile_.resources = read_resources(*node);
    if (const auto node = root.find("projects")) profile_.projects = read_list(*node);
    read_limits(root);
    return std::move(profile_);
  }

  bool holds_keys() const { return holds_keys_; }

 private:
  // As JsonNode's, without the parser's quotation of what it read last, which may be a key.
  JsonNode parse(std::string_view text) const {
    try {
      return JsonNode::parse(text, file_);
    } catch (const InputError& error) {
      const std::string_view what = error.what();
      throw InputError(std::string(what.substr(0, what.find("; last read: "))));
    }
  }

  void read_address(const JsonNode& root) {
    const JsonNode address = root.at("endpoint");
    profile_.endpoint = nonempty(address);
    try {
      profile_.may_create = parse_endpoint(profile_.endpoint).loopback();
    } catch (const InputError& error) {
      address.reject(error.what());
    }
    profile_.name = std::filesystem::path(file_).stem();
    if (const auto node = root.find("name")) profile_.name = nonempty(*node);
    if (const auto node = root.find("region")) profile_.region = scope_word(*node);
    if (const auto node = root.find("service")) profile_.service = scope_word(*node);
    if (const auto node = root.find("may_create")) profile_.may_create = node->boolean();
  }

  static std::string scope_word(const JsonNode& node) {
    std::string word = nonempty(node);
    const bool plain = std::ranges::all_of(word, [](unsigned char c) {
      return c < 0x80 && (std::isalnum(c) != 0 || c == '-' || c == '_');
    });
    if (!plain) node.fail("letters, digits, - and _");
    return word;
  }

  void read_accounts(const JsonNode& accounts) {
    need_object(accounts);
    accounts.only(accounts_);
    for (const auto& [name, node] : accounts.members()) {
      profile_.accounts.emplace(name, read_account(name, node));
    }
  }

  Account read_account(const std::string& name, const JsonNode& node) {
    need_object(node);
    node.only({"access_key", "access_key_env", "secret_key", "secret_key_env", "session_token",
               "session_token_env", "resources"});
    Account account;
    account.name = name;
    const auto access = read_key(node, name, "access_key");
    const auto secret = read_key(node, name, "secret_key");
    if (access.has_value() != secret.has_value()) {
      node.reject(fmt::format("lacks {0} or {0}_env", access ? "secret_key" : "access_key"));
    }
    const auto token = read_key(node, name, "session_token");
    if (access) {
      account.credentials = {*access, *secret, token.value_or("")};
    } else if (name != "default") {
      node.reject("lacks access_key or access_key_env");
    } else {
      account.credentials = default_credentials();
      if (token) account.credentials.session_token = *token;
    }
    if (const auto resources = node.find("resources")) {
      account.resources = read_resources(*resources);
    }
    return account;
  }

  // The key itself, or by the name of a variable; nothing when neither is there.
  std::optional<std::string> read_key(const JsonNode& node, const std::string& account,
                                      const std::string& member) {
    const auto key = node.find(member);
    const auto env = node.find(member + "_env");
    if (key && env) {
      key->reject(fmt::format("stands beside {}_env: give one of them", member));
    }
    if (key) {
      holds_keys_ = true;
      if (!key->is_string()) key->reject("expected text");  // never shown
      std::string value = key->text();
      const std::string fault = fault_of_key(value);
      if (!fault.empty())
        key->reject(fmt::format("the {} of account {} {}", member, account, fault));
      return value;
    }
    if (env) return read_variable(*env, account, member == "session_token");
    return std::nullopt;
  }

  std::optional<std::string> read_variable(const JsonNode& node, const std::string& account,
                                           bool optional) {
    const std::string name = nonempty(node);
    auto value = environment(name);
    // Keys of a user have no session token.
    if (optional && (!value || value->empty())) return std::nullopt;
    if (!value) {
      if (!keys_needed_) return "";
      node.reject(
          fmt::format("the environment variable {} (account {}) is not set", show(name), account));
    }
    const std::string fault = fault_of_key(*value);
    if (!fault.empty()) {
      node.reject(
          fmt::format("the environment variable {} (account {}) {}", show(name), account, fault));
    }
    return value;
  }

  Credentials default_credentials() {
    const auto found = credentials_of_environment("default");
    if (!found) {
      profile_.warnings.push_back(
          "account default has no keys: set VOLCENGINE_ACCESS_KEY and VOLCENGINE_SECRET_KEY, or "
          "give accounts in a profile");
    }
    return found.value_or(Credentials{});
  }

  void add_default() {
    Account account;
    account.name = "default";
    account.credentials = default_credentials();
    profile_.accounts.emplace(account.name, std::move(account));
  }

  Resources read_resources(const JsonNode& node) {
    if (!node.is_object()) node.fail("an object");
    std::vector<std::string> known = kTypes;
    for (const ResourceState& state : kStates) known.emplace_back(state.member);
    known.insert(known.end(), {"unsupported", "busy", "conflicting_topic"});
    node.only(known);
    Resources resources;
    for (const std::string& type : kTypes) {
      if (const auto list = node.find(type)) {
        resources.free[type] = read_list(*list);
        for (const JsonNode& item : list->items()) note(item, resources);
      }
    }
    for (const ResourceState& state : kStates) {
      if (const auto id = node.find(state.member)) {
        resources.conditions[condition(state.member)] = {state.type, nonempty(*id)};
        note(*id, resources);
      }
    }
    for (const char* member : {"unsupported", "busy"}) {
      if (const auto named = node.find(member)) {
        named->only({"type", "id"});
        resources.conditions[condition(member)] = {named->at("type").word(kTypes),
                                                   nonempty(named->at("id"))};
        note(named->at("id"), resources);
      }
    }
    if (const auto topic = node.find("conflicting_topic")) {
      topic->only({"project", "topic"});
      resources.conflicting_topic =
          Topic{nonempty(topic->at("project")), nonempty(topic->at("topic"))};
    }
    keep_apart(resources);
    return resources;
  }

  static void note(const JsonNode& id, Resources& resources) {
    resources.pointers.emplace(id.text(), id.pointer());
  }

  static std::string condition(std::string_view member) {
    return fmt::format("resource.{}", member);
  }

  // What is for the suite alone stands once, and is nothing else as well.
  void keep_apart(Resources& resources) {
    std::set<std::string> taken;
    for (const auto& [name, resource] : resources.conditions) taken.insert(resource.id);
    for (auto& [type, ids] : resources.free) {
      std::erase_if(ids, [&](const std::string& id) {
        if (taken.insert(id).second) return false;
        profile_.warnings.push_back(fmt::format(
            "resource {} stands in the profile twice: it is not used as free", show(id)));
        return true;
      });
    }
    std::erase_if(resources.free, [](const auto& pair) { return pair.second.empty(); });
  }

  static std::vector<std::string> read_list(const JsonNode& node) {
    std::vector<std::string> list;
    for (const JsonNode& item : node.items()) list.push_back(nonempty(item));
    return list;
  }

  void read_limits(const JsonNode& root) {
    if (const auto quota = root.find("quota")) {
      quota->only({"flow_logs"});
      if (const auto node = quota->find("flow_logs")) {
        profile_.flow_log_quota = static_cast<int>(node->integer(0, 1'000'000));
      }
    }
    if (const auto node = root.find("active_timeout_s")) {
      profile_.active_timeout_s = node->number(0, 86'400);
    }
    const auto limits = root.find("limits");
    if (!limits) return;
    limits->only({"concurrency", "requests_per_second", "max_requests", "max_creates"});
    if (const auto node = limits->find("concurrency")) {
      profile_.concurrency = static_cast<int>(node->integer(0, 1024));
    }
    if (const auto node = limits->find("requests_per_second")) {
      profile_.requests_per_second = node->number(0, 1'000'000);
    }
    if (const auto node = limits->find("max_requests")) {
      profile_.max_requests = node->integer(0, kManyRequests);
    }
    if (const auto node = limits->find("max_creates")) {
      profile_.max_creates = node->integer(0, kManyRequests);
    }
  }

  const std::string file_;
  const bool keys_needed_;
  std::vector<std::string> accounts_;  // names that there may be
  Profile profile_;
  bool holds_keys_ = false;
};

std::string read_file(const std::string& path) {
  const auto refuse = [&](std::string_view why) {
    throw InputError(fmt::format("{}: the profile cannot be read: {}", path, why));
  };
  if (std::filesystem::is_directory(path)) refuse("it is a folder");
  std::ifstream in(path, std::ios::binary);
  if (!in) refuse(std::strerror(errno));
  std::string text;
  char buffer[16 * 1024];
  while (in.read(buffer, sizeof buffer) || in.gcount() > 0) {
    text.append(buffer, static_cast<std::size_t>(in.gcount()));
    if (text.size() > kMaxFile) refuse("it is larger than 4 MiB");
  }
  return text;
}

bool readable_by_others(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 && (status.st_mode & (S_IRGRP | S_IROTH)) != 0;
}

}  // namespace

const Account* Profile::account(std::string_view name) const {
  const auto it = accounts.find(std::string(name));
  return it == accounts.end() ? nullptr : &it->second;
}

const Resources& Profile::resources_of(const Account& account) const {
  return account.resources.empty() ? resources : account.resources;
}

Profile load_profile(std::string_view text, const std::string& file, bool keys_needed) {
  return Loader(file, keys_needed).load(text);
}

Profile load_profile_with_accounts(const std::vector<std::string>& accounts, std::string_view text,
                                   const std::string& file) {
  return Loader(file, true, accounts).load(text);
}

Profile load_profile_file(const std::string& path, bool keys_needed) {
  Loader loader(path, keys_needed);
  Profile profile = loader.load(read_file(path));
  if (loader.holds_keys() && readable_by_others(path)) {
    profile.warnings.push_back(
        fmt::format("{} holds keys and can be read by others: chmod 600 it", path));
  }
  return profile;
}

Profile profile_of_endpoint(const std::string& url) {
  parse_endpoint(url);  // complains of the address alone
  Profile profile = load_profile(nlohmann::json{{"endpoint", url}}.dump(
                                     -1, ' ', false, nlohmann::json::error_handler_t::replace),
                                 "--endpoint");
  profile.name = url;
  return profile;
}

}  // namespace flowlog
