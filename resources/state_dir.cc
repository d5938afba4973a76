// Journal: the folder that it lives in, and what is locked there between processes.
#include <fmt/format.h>

#include <cstdlib>

#include "base/json_node.h"
#include "client/signing.h"
#include "resources/journal.h"

namespace flowlog {

std::string state_dir(const std::string& override) {
  if (!override.empty()) return override;
  const auto absolute = [](const char* variable) -> std::string {
    const char* value = std::getenv(variable);
    return value != nullptr && *value == '/' ? value : "";
  };
  if (const std::string state = absolute("XDG_STATE_HOME"); !state.empty()) {
    return state + "/flowlog-conformance";
  }
  if (const std::string home = absolute("HOME"); !home.empty()) {
    return home + "/.local/state/flowlog-conformance";
  }
  throw InputError(
      "no folder for the journal: neither XDG_STATE_HOME nor HOME is set to one; name one with "
      "--state");
}

std::unique_ptr<FileLock> Journal::claim(const std::string& run) const {
  if (dir_.empty() || run == run_) return nullptr;
  if (read_only_) return FileLock::look(lock_path(run));
  return FileLock::take(lock_path(run));
}

std::unique_ptr<FileLock> Journal::keep(const Owner& owner, const std::string& resource) const {
  if (dir_.empty()) throw InputError("a journal in memory keeps nothing from other runs");
  const std::string what = owner.endpoint + '\n' + owner.region + '\n' + resource;
  return FileLock::take(fmt::format("{}/resources/{}.lock", dir_, sha256_hex(what)));
}

std::string Journal::lock_path(const std::string& run) const {
  return dir_ + "/runs/" + run + ".lock";
}

}  // namespace flowlog
