// What was to be filled in, and was not.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>

#include "base/text.h"
#include "profiles/profile.h"

namespace flowlog {
namespace {

// Spellings that no id, name of a project or address has.
constexpr std::array<std::string_view, 6> kHoles = {"${", "$(", "{{", "<", "...", "…"};
// Words of templates, in any case.
constexpr std::array<std::string_view, 7> kWords = {
    "changeme", "change-me", "replace-me", "todo", "replaceme", "placeholder", "your-"};
constexpr std::string_view kExample = "for-the-suite-alone";  // profiles/staging.json

// "vpc-xxxxxxxx": nothing but the letter x where the id would tell something.
bool crossed_out(std::string_view value) {
  const std::string_view end = value.substr(value.rfind('-') + 1);
  return end.size() >= 3 &&
         std::ranges::all_of(end, [](char c) { return c == 'x' || c == 'X' || c == '*'; });
}

bool is_placeholder(std::string_view value) {
  const std::string lower = lower_ascii(value);
  const auto within = [&](std::string_view part) { return lower.find(part) != std::string::npos; };
  const auto begins = [&](std::string_view word) { return lower.starts_with(word); };
  return value.starts_with('$') || std::ranges::any_of(kHoles, within) || within(kExample) ||
         std::ranges::any_of(kWords, begins) || crossed_out(value);
}

std::string sentence(const Profile& profile, const std::string& pointer, std::string_view value) {
  return fmt::format(
      "{}: {}: {} is a placeholder that nothing was put in for; variables are not expanded in a "
      "profile",
      profile.file, pointer, show(value, 80));
}

std::string placeholder_in(const Profile& profile, const Resources& resources) {
  for (const auto& [id, pointer] : resources.pointers) {
    if (is_placeholder(id)) return sentence(profile, pointer, id);
  }
  return {};
}

}  // namespace

std::string placeholder_in(const Profile& profile) {
  std::string found = placeholder_in(profile, profile.resources);
  for (const auto& [name, account] : profile.accounts) {
    if (found.empty()) found = placeholder_in(profile, account.resources);
    // A key is not shown.
    const Credentials& keys = account.credentials;
    for (const std::string& key : {keys.access_key, keys.secret_key, keys.session_token}) {
      if (!found.empty() || !key.starts_with("${")) continue;
      found = fmt::format(
          "{}: /accounts/{}: a key is a placeholder that nothing was put in for; name the variable "
          "as access_key_env, secret_key_env or session_token_env",
          profile.file, name);
    }
  }
  for (std::size_t i = 0; i < profile.projects.size() && found.empty(); ++i) {
    if (is_placeholder(profile.projects[i])) {
      found = sentence(profile, fmt::format("/projects/{}", i), profile.projects[i]);
    }
  }
  return found;
}

}  // namespace flowlog
