#include "profiles/credentials.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <vector>

#include "base/json_node.h"
#include "base/text.h"

namespace flowlog {
namespace {

std::string variable(const std::string& name) {
  return environment(name).value_or("");
}

std::string checked_variable(const std::string& name, std::string_view account) {
  std::string value = variable(name);
  if (const std::string fault = fault_of_key(value); !fault.empty()) {
    throw InputError(
        fmt::format("the environment variable {} (account {}) {}", name, account, fault));
  }
  return value;
}

struct Variables {
  std::vector<std::string> access_key;
  std::vector<std::string> secret_key;
  std::string session_token;
};
// The official SDKs' order.
const std::vector<Variables> kGenerations = {
    {{"VOLCENGINE_ACCESS_KEY"}, {"VOLCENGINE_SECRET_KEY"}, "VOLCENGINE_SESSION_TOKEN"},
    {{"VOLCSTACK_ACCESS_KEY_ID", "VOLCSTACK_ACCESS_KEY"},
     {"VOLCSTACK_SECRET_ACCESS_KEY", "VOLCSTACK_SECRET_KEY"},
     "VOLCSTACK_SESSION_TOKEN"}};

std::string first_set(const std::vector<std::string>& names) {
  const auto it = std::ranges::find_if(names, [](const auto& n) { return !variable(n).empty(); });
  return it == names.end() ? "" : *it;
}

}  // namespace

std::optional<std::string> environment(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

std::string fault_of_key(std::string_view key) {
  if (key.empty()) return "is empty";
  if (key.ends_with('\n') || key.ends_with('\r')) return "ends in a newline: remove it";
  const auto blank = [](char c) { return c == ' ' || c == '\t'; };
  if (blank(key.front()) || blank(key.back())) return "has a blank at an end: remove it";
  const bool plain = std::ranges::all_of(key, [](char c) { return c > 0x20 && c < 0x7F; });
  return plain ? "" : "holds a character that no key has (blank, control or non-ASCII)";
}

std::optional<Credentials> credentials_of_environment(std::string_view account) {
  for (const Variables& variables : kGenerations) {
    const std::string access = first_set(variables.access_key);
    const std::string secret = first_set(variables.secret_key);
    if (access.empty() && secret.empty()) continue;
    if (access.empty() || secret.empty()) {
      const auto& missing = access.empty() ? variables.access_key : variables.secret_key;
      throw InputError(fmt::format("the environment variable {} is set, but {} is not (account {})",
                                   access.empty() ? secret : access, join(missing, " or "),
                                   account));
    }
    Credentials credentials{checked_variable(access, account), checked_variable(secret, account),
                            ""};
    if (!variable(variables.session_token).empty()) {
      credentials.session_token = checked_variable(variables.session_token, account);
    }
    return credentials;
  }
  return std::nullopt;
}

}  // namespace flowlog
