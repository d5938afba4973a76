// Tracker at the end of a run: what is still open, deleted; what was lost, settled.
#include <fmt/format.h>

#include <algorithm>

#include "resources/tracker.h"

namespace flowlog {

void Tracker::clean_up(Client::Session& session) {
  const Instant until = clock_.now() + options_.clean_up;
  const auto stopped = [&] { return clock_.now() >= session.client().clean_up_until(); };
  std::map<std::string, const Account*> accounts;
  {
    const std::lock_guard lock(mutex_);
    accounts = used_;
  }
  std::set<const Account*> open;
  std::vector<Held> all = all_held();
  std::ranges::reverse(all);
  for (const Held& one : all) {
    const auto now = held(one.entry.id);
    if (!now) continue;
    open.insert(one.account);
    if (now->entry.flow_log_id.empty()) continue;
    if (clock_.now() < until && !stopped()) remove_by_id(session, *now, false);
  }
  bool answered = true;
  for (const auto& [name, account] : accounts) {
    if (stopped()) return;
    if (open.contains(account) || answered) answered = clean_account(session, *account, until);
  }
}

// Settles what was lost, and finds what was made although it was refused or answered wrongly.
// Returns true iff the endpoint answered.
bool Tracker::clean_account(Client::Session& session, const Account& account, Instant until) {
  std::vector<Held> lost;
  Instant settled{};
  for (const Held& one : all_held()) {
    if (one.account != &account) continue;
    if (!one.entry.flow_log_id.empty()) continue;
    settled = std::max(settled, settled_at(one));
    lost.push_back(one);
  }
  const auto end = [&] { return std::min(until, session.client().clean_up_until()); };
  if (settled > clock_.now()) clock_.sleep_until(std::min(settled, end()));

  const Listing listing = list(session, account, {}, "", true);
  for (const FlowLog& flow_log : listing.flow_logs) {
    auto made = maker(flow_log, account, listing.skew);
    if (!made || clock_.now() >= end()) continue;
    const bool tried = !made->why.empty() && made->entry.flow_log_id == flow_log.id;
    if (tried) continue;
    record(*made, EntryState::created, flow_log.id);
    made->entry.flow_log_id = flow_log.id;
    remove_by_id(session, *made, true);
  }
  for (const Held& one : lost) {
    if (!listing.complete) {
      record(one, EntryState::unknown, "", lost_reason(listing.trouble));
    } else if (const auto now = held(one.entry.id); now && now->entry.flow_log_id.empty()) {
      record(one, EntryState::refused);
    }
  }
  return listing.last->response() != nullptr;
}

long Tracker::made() const {
  return journal_.made();
}

std::vector<Leftover> Tracker::leftovers() const {
  std::vector<Leftover> out;
  std::set<std::string> seen;
  for (const Held& one : all_held()) {
    const JournalEntry& entry = one.entry;
    if (!entry.flow_log_id.empty() && !seen.insert(entry.flow_log_id).second) continue;
    std::string why = one.why;
    if (why.empty()) {
      why = entry.flow_log_id.empty() ? "the answer to its creation was lost" : "not deleted yet";
    }
    out.push_back(
        {one.account->name, entry.flow_log_id, entry.resource_id, entry.name.value_or(""), why});
  }
  return out;
}

}  // namespace flowlog
