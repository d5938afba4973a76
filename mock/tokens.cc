#include "mock/tokens.h"

#include <chrono>

#include "base/text.h"
#include "client/signing.h"

namespace flowlog::mock {
namespace {

// The arguments as one text; two requests are the same iff their texts are equal. The order of
// sending does not count, and an argument that is left out differs from its default.
std::string compared(const Site& site, const Params& params) {
  const TokenReading& how = site.token_reading();
  const std::string& token = site.action.parameter(Role::token);
  Params kept;
  for (const auto& [name, value] : params) {
    const Parameter* parameter = site.contract().parameter_of(name);
    const std::string pattern = parameter == nullptr ? name : parameter->name;
    if (pattern == token || how.ignores.contains(pattern)) continue;
    const bool is_default = parameter != nullptr && parameter->default_value == value;
    if (is_default && how.defaults_equal_absent) continue;
    kept.emplace_back(name, how.names_only ? std::string() : value);
  }
  if (!how.order_matters) return canonical_query(kept);
  std::string text;
  for (const auto& [name, value] : kept)
    text += percent_encode(name) + '=' + percent_encode(value) + '&';
  return text;
}

// As it is kept: with the scope before it, so that no action takes another's token for its own.
std::string kept_form(const Site& site, const std::string& token) {
  const TokenReading& how = site.token_reading();
  std::string cut = token.substr(0, how.significant);
  if (how.trimmed) cut = std::string(trimmed(cut, " "));
  const std::string& scope = site.rows.scope();
  return (scope.empty() ? "" : scope + '\n') + (how.any_case ? lower_ascii(cut) : cut);
}

}  // namespace

TokenUse::TokenUse(const Site& site, Tenant& account, const Params& params,
                   const std::optional<std::string>& token)
    : site_(site), account_(account), arguments_(compared(site, params)) {
  const TokenReading& how = site.token_reading();
  if (how.off) return;
  if (token) token_ = kept_form(site, *token);
  if (!token && how.without_token_replays) token_ = kept_form(site, "");
}

Tenant& TokenUse::keeper() const {
  return site_.token_reading().across_accounts ? site_.backend.accounts().front() : account_;
}

const Remembered* TokenUse::remembered() const {
  if (!token_) return nullptr;
  const auto found = keeper().tokens.find(*token_);
  if (found == keeper().tokens.end()) return nullptr;
  const auto kept = site_.token_reading().kept;
  const bool old = kept.count() > 0 && site_.backend.clock().now() > found->second.since + kept;
  return old ? nullptr : &found->second;
}

void TokenUse::wait(std::unique_lock<std::mutex>& lock) const {
  if (!site_.token_reading().waits) return;
  while (remembered() != nullptr && remembered()->in_process) {
    lock.unlock();
    site_.backend.clock().sleep(std::chrono::microseconds(200));
    lock.lock();
  }
}

bool TokenUse::known() const {
  return remembered() != nullptr;
}

std::optional<Refusal> TokenUse::refusal() const {
  const Remembered& first = *remembered();
  const TokenReading& how = site_.token_reading();
  const bool same = how.arguments_ignored || first.arguments == arguments_;
  if (first.refusal && (same || !how.keeps_refused)) return first.refusal;
  if (!same && !how.mismatch_is_new) {
    if (auto refusal = site_.rows.for_replay("other-arguments")) return refusal;
  }
  if (first.in_process) return site_.rows.for_race("one-token");
  return std::nullopt;
}

bool TokenUse::replays() const {
  const Remembered& first = *remembered();
  return site_.token_reading().arguments_ignored || first.arguments == arguments_;
}

std::string TokenUse::flow_log_id() const {
  return remembered()->flow_log_id;
}

void TokenUse::reserve() {
  if (!token_ || site_.token_reading().not_reserved) return;
  site_.backend.remember(keeper(), *token_,
                         {arguments_, true, "", std::nullopt, site_.backend.clock().now()});
}

void TokenUse::done(const std::string& id) {
  if (!token_) return;
  site_.backend.remember(keeper(), *token_,
                         {arguments_, false, id, std::nullopt, site_.backend.clock().now()});
}

void TokenUse::release() {
  if (token_) keeper().tokens.erase(*token_);
}

void TokenUse::refused(const Refusal& refusal) {
  const TokenReading& how = site_.token_reading();
  if (token_ && how.poisoned && !known()) {
    site_.backend.remember(keeper(), *token_,
                           {arguments_, true, "", std::nullopt, site_.backend.clock().now()});
  }
  if (!token_ || !(how.remembers_rejection || how.keeps_refused) || known()) return;
  site_.backend.remember(keeper(), *token_,
                         {arguments_, false, "", refusal, site_.backend.clock().now()});
}

}  // namespace flowlog::mock
