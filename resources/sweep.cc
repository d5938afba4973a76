#include "resources/sweep.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <utility>

namespace flowlog {
namespace {

Leftover leftover(const Account& account, const JournalEntry& entry, std::string reason) {
  return {account.name, entry.flow_log_id, entry.resource_id, entry.name.value_or(""),
          std::move(reason)};
}

// The account that an entry belongs to: by its key, else by its name.
const Account* account_of(const Profile& profile, const JournalEntry& entry) {
  const Account* by_name = nullptr;
  for (const auto& [name, account] : profile.accounts) {
    const Owner owner = owner_of(profile, account);
    if (owner.endpoint != entry.owner.endpoint || owner.region != entry.owner.region)
      return nullptr;
    if (owner.key_hash == entry.owner.key_hash) return &account;
    if (name == entry.owner.account) by_name = &account;
  }
  return by_name;
}

// The open entries of one account, and what becomes of them.
class AccountSweep {
 public:
  // `in_use`: open entries of runs that still live.
  AccountSweep(const Service& service, const Profile& profile, const Account& account,
               Journal& journal, Client::Session& session, Clock& clock,
               const SweepOptions& options, const std::vector<JournalEntry>& in_use)
      : service_(service),
        account_(account),
        owner_(owner_of(profile, account)),
        journal_(journal),
        session_(session),
        clock_(clock),
        options_(options),
        in_use_(in_use),
        deleter_(service, clock, options.tracker) {}

  // Newest first. `entries` are of runs that are over.
  void run(std::vector<JournalEntry> entries, Swept& swept) {
    wait_for_the_last(entries);
    const Listing listing = list_flow_logs(service_, session_, account_, {{}, "sweep", true});
    std::ranges::reverse(entries);
    for (JournalEntry& entry : entries) {
      if (const FlowLog* flow_log = find(listing, entry)) {
        entry.flow_log_id = flow_log->id;
        standing(entry, swept);
      } else {
        absent(listing, entry, swept);
      }
    }
  }

 private:
  // What was sent just before the run ended may still be under way.
  void wait_for_the_last(const std::vector<JournalEntry>& entries) {
    const WallTime now = clock_.wall();
    Duration wait{0};
    for (const JournalEntry& entry : entries) {
      if (!entry.flow_log_id.empty() || entry.intended > now) continue;
      const auto age = std::chrono::duration_cast<Duration>(now - entry.intended);
      wait = std::max(wait, options_.tracker.settle - age);
    }
    if (wait > Duration{0}) clock_.sleep(wait);
  }

  const FlowLog* find(const Listing& listing, const JournalEntry& entry) const {
    const auto it = std::ranges::find_if(listing.flow_logs, [&](const FlowLog& flow_log) {
      return proves(entry, flow_log, listing.skew) && !claimed(entry, flow_log, listing.skew);
    });
    return it == listing.flow_logs.end() ? nullptr : &*it;
  }

  // Another run's entry has a better right to it, or may have and that run still lives.
  bool claimed(const JournalEntry& entry, const FlowLog& flow_log,
               std::chrono::seconds skew) const {
    if (!entry.flow_log_id.empty()) return false;
    const auto known = journal_.entries_of(owner_, flow_log.id);
    return std::ranges::any_of(known, [&](const auto& other) { return other.run != entry.run; }) ||
           std::ranges::any_of(in_use_,
                               [&](const auto& other) { return proves(other, flow_log, skew); });
  }

  void standing(const JournalEntry& entry, Swept& swept) {
    if (seen_.insert(entry.flow_log_id).second) {
      swept.found.push_back(leftover(account_, entry, "left by run " + entry.run));
      if (options_.dry_run) return;
      journal_.settle(entry.id, EntryState::created, entry.flow_log_id);
      remove(entry, swept);
    } else if (deleted_.contains(entry.flow_log_id)) {
      journal_.settle(entry.id, EntryState::deleted, entry.flow_log_id);
    }
  }

  void remove(const JournalEntry& entry, Swept& swept) {
    const DeletionTarget target{entry.flow_log_id, entry.resource_id, "sweep", {}};
    const Deletion deletion = deleter_.remove(session_, account_, target);
    if (!deletion) {
      swept.left.push_back(leftover(account_, entry, deletion.why));
      return;
    }
    deleted_.insert(entry.flow_log_id);
    swept.deleted.push_back(leftover(account_, entry, ""));
    journal_.settle(entry.id, EntryState::deleted);
  }

  // Closes an entry whose flow log is not there, where that is certain.
  void absent(const Listing& listing, const JournalEntry& entry, Swept& swept) {
    if (deleted_.contains(entry.flow_log_id)) {  // by an entry that knows its newer name
      journal_.settle(entry.id, EntryState::deleted);
    } else if (!listing.complete) {
      const std::string why = "it could not be looked for: " + listing.trouble;
      swept.left.push_back(leftover(account_, entry, why));
    } else if (entry.owner.key_hash != owner_.key_hash) {
      ++swept.elsewhere;
    } else if (doubtful(listing, entry)) {
      const std::string why = "its id stands on its resource under another name: delete it by hand";
      swept.left.push_back(leftover(account_, entry, why));
    } else if (const FlowLog* likely = at_another_time(listing, entry)) {
      const std::string why = fmt::format(
          "{} stands on its resource with its name, made at {}, which is not when it was asked for "
          "({}): a clock was wrong, or it is another's; delete it by hand if it is yours",
          likely->id, likely->created_at, iso_time(entry.intended));
      swept.left.push_back(leftover(account_, entry, why));
    } else if (!options_.dry_run) {
      const bool lost = entry.flow_log_id.empty();
      journal_.settle(entry.id, lost ? EntryState::refused : EntryState::deleted);
    }
  }

  // One that nobody is known to have made, and that only the times speak against.
  const FlowLog* at_another_time(const Listing& listing, const JournalEntry& entry) const {
    if (!entry.flow_log_id.empty()) return nullptr;
    const auto it = std::ranges::find_if(listing.flow_logs, [&](const FlowLog& flow_log) {
      return could_be_at_any_time(entry, flow_log) && !seen_.contains(flow_log.id) &&
             journal_.entries_of(owner_, flow_log.id).empty() &&
             std::ranges::none_of(in_use_, [&](const JournalEntry& other) {
               return could_be_at_any_time(other, flow_log);
             });
    });
    return it == listing.flow_logs.end() ? nullptr : &*it;
  }

  bool doubtful(const Listing& listing, const JournalEntry& entry) const {
    if (entry.flow_log_id.empty()) return false;
    const FlowLog* same_id = listing.find(entry.flow_log_id);
    return same_id != nullptr && same_id->resource_id == entry.resource_id;
  }

  const Service& service_;
  const Account& account_;
  const Owner owner_;
  Journal& journal_;
  Client::Session& session_;
  Clock& clock_;
  const SweepOptions& options_;
  const std::vector<JournalEntry>& in_use_;
  Deleter deleter_;
  std::set<std::string> seen_;  // flow log ids
  std::set<std::string> deleted_;
};

}  // namespace

Swept sweep(const Service& service, const Profile& profile, Journal& journal,
            Client::Session& session, Clock& clock, const SweepOptions& options) {
  Swept swept;
  std::map<std::string, std::unique_ptr<FileLock>> claims;  // by run, held to the end
  std::map<std::string, std::vector<JournalEntry>> work;    // by account, in the order of names
  std::vector<JournalEntry> in_use;
  for (JournalEntry& entry : journal.open_entries()) {
    const Account* account = account_of(profile, entry);
    if (account == nullptr) {
      ++swept.elsewhere;
      continue;
    }
    const auto [claim, first] = claims.try_emplace(entry.run);
    if (first) claim->second = journal.claim(entry.run);
    auto& list = claim->second != nullptr ? work[account->name] : in_use;
    list.push_back(std::move(entry));
  }
  swept.in_use = static_cast<int>(in_use.size());
  for (auto& [name, entries] : work) {
    AccountSweep(service, profile, profile.accounts.at(name), journal, session, clock, options,
                 in_use)
        .run(std::move(entries), swept);
  }
  return swept;
}

}  // namespace flowlog
