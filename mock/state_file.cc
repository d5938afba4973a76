#include "mock/state_file.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <system_error>

#include "base/json_node.h"

namespace flowlog::mock {
namespace {

using nlohmann::json;

constexpr std::string_view schema = "flowlog-conformance/mock-state/2";
constexpr std::int64_t most = std::int64_t{1} << 53;
constexpr std::size_t kept_tokens = 1000;  // an account's newest

std::int64_t since_epoch(WallTime time) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count();
}

json text_of(const StoredFlowLog& log) {
  json tags = json::array();
  for (const Tag& tag : log.tags) tags.push_back({{"key", tag.key}, {"value", tag.value}});
  return {{"id", log.id},
          {"serial", log.serial},
          {"attributes", log.attributes},
          {"tags", tags},
          {"parent_id", log.parent_id},
          {"left_ids", log.left_ids},
          {"created_ms", since_epoch(log.created)},
          {"updated_ms", since_epoch(log.updated)},
          {"resting", log.resting},
          {"dying", log.dying.has_value()}};
}

json text_of(const Tenant& account) {
  json logs = json::array();
  for (const StoredFlowLog& log : account.flow_logs) logs.push_back(text_of(log));
  json tokens = json::array();
  const std::size_t count = account.token_order.size();
  for (std::size_t i = count - std::min(count, kept_tokens); i < count; ++i) {
    const auto found = account.tokens.find(account.token_order[i]);
    if (found == account.tokens.end()) continue;
    const Remembered& what = found->second;
    if (what.in_process || what.refusal) continue;
    tokens.push_back({{"token", found->first},
                      {"arguments", what.arguments},
                      {"flow_log_id", what.flow_log_id}});
  }
  return {{"ever_created", account.ever_created},
          {"topics", account.topics},
          {"flow_logs", logs},
          {"tokens", tokens}};
}

std::map<std::string, std::string> texts(const JsonNode& node) {
  std::map<std::string, std::string> out;
  for (const auto& [name, value] : node.members()) out[name] = value.text();
  return out;
}

StoredFlowLog flow_log_of(const JsonNode& node, Clock& clock) {
  StoredFlowLog log;
  log.id = node.at("id").text();
  log.serial = node.at("serial").integer(0, most);
  log.attributes = texts(node.at("attributes"));
  for (const JsonNode& tag : node.at("tags").items()) {
    log.tags.push_back({tag.at("key").text(), tag.at("value").text()});
  }
  log.parent_id = node.at("parent_id").text();
  log.left_ids = texts(node.at("left_ids"));
  log.resting = node.at("resting").text();
  log.created = WallTime(std::chrono::milliseconds(node.at("created_ms").integer(0, most)));
  log.updated = WallTime(std::chrono::milliseconds(node.at("updated_ms").integer(0, most)));
  log.born = clock.now() - std::max(clock.wall() - log.created, WallTime::duration(0));
  if (node.at("dying").boolean()) log.dying = clock.now();
  return log;
}

void restore(const JsonNode& node, Tenant& account, Backend& backend) {
  account.ever_created = node.at("ever_created").integer(0, most);
  for (const auto& [project, topics] : node.at("topics").members()) {
    for (const JsonNode& topic : topics.items()) account.topics[project].insert(topic.text());
  }
  for (const JsonNode& log : node.at("flow_logs").items()) {
    account.flow_logs.push_back(flow_log_of(log, backend.clock()));
  }
  for (const JsonNode& token : node.at("tokens").items()) {
    backend.remember(account, token.at("token").text(),
                     {token.at("arguments").text(), false, token.at("flow_log_id").text(), {}});
  }
}

Tenant& account_called(const std::string& name, const JsonNode& node, Backend& backend) {
  for (Tenant& account : backend.accounts()) {
    if (account.name == name) return account;
  }
  node.reject(fmt::format("this mock has no account \"{}\"", name));
}

// Nothing iff there is no such file.
std::optional<std::string> read(const std::string& path) {
  std::error_code error;
  if (!std::filesystem::exists(path, error) && !error) return std::nullopt;
  if (!std::filesystem::is_regular_file(path, error)) throw InputError(path + " is no file");
  std::ostringstream text;
  const std::ifstream file(path, std::ios::binary);
  if (file) text << file.rdbuf();
  if (!file || !text) throw InputError("cannot read " + path);
  return text.str();
}

// In one step: who reads sees the old bytes or the new ones.
bool replace(const std::string& path, const std::string& bytes) {
  const std::string temporary = fmt::format("{}.{}.tmp", path, ::getpid());
  std::ofstream file(temporary, std::ios::binary);
  file << bytes;
  file.close();
  return file && std::rename(temporary.c_str(), path.c_str()) == 0;
}

}  // namespace

StateFile::StateFile(std::string path, Backend& backend)
    : path_(std::move(path)), backend_(backend) {
  const std::lock_guard lock(backend_.mutex());
  const auto bytes = read(path_);
  if (!bytes) return;
  path_ = std::filesystem::canonical(path_).string();  // of a link the file is replaced
  const JsonNode root = JsonNode::parse(*bytes, path_);
  root.at("schema").word({std::string(schema)});
  backend_.resume(root.at("serial").integer(0, most));
  for (const auto& [name, account] : root.at("accounts").members()) {
    restore(account, account_called(name, account, backend_), backend_);
  }
  kept_ = mark();
}

StateFile::Mark StateFile::mark() const {
  long going = 0;
  for (Tenant& account : backend_.accounts()) {
    backend_.settle(account);
    going += std::ranges::count_if(account.flow_logs,
                                   [](const StoredFlowLog& log) { return log.dying.has_value(); });
  }
  return {backend_.created(), backend_.standing(), going, backend_.changes()};
}

std::string StateFile::text() const {
  json accounts = json::object();
  for (const Tenant& account : backend_.accounts()) {
    if (account.ever_created > 0) accounts[account.name] = text_of(account);
  }
  const json root = {{"schema", schema}, {"serial", backend_.serial()}, {"accounts", accounts}};
  // Bytes that are no UTF-8 are shown repaired anyway.
  return root.dump(1, ' ', false, json::error_handler_t::replace) + "\n";
}

std::string StateFile::keep() {
  const std::lock_guard of_file(mutex_);
  std::string bytes;
  Mark now;
  {
    const std::lock_guard lock(backend_.mutex());
    now = mark();
    if (now == kept_) return "";
    bytes = text();
  }
  errno = 0;
  if (!replace(path_, bytes)) {
    return fmt::format("cannot write {}: {}", path_, std::generic_category().message(errno));
  }
  kept_ = now;
  return "";
}

}  // namespace flowlog::mock
