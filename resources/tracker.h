// What everything that creates or deletes flow logs goes through, so that nothing stays behind: the
// intent is in the journal before a request leaves, and what came of it is followed up until it is
// gone. Thread-safe; each worker passes its own Session. Memory grows with what stands, not with
// what was sent.
#pragma once

#include <atomic>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "client/client.h"
#include "profiles/profile.h"
#include "reports/report.h"
#include "resources/deleter.h"
#include "resources/journal.h"
#include "resources/lister.h"
#include "resources/ownership.h"
#include "specs/service.h"

namespace flowlog {

// What became of a call to create.
struct Creation {
  Exchange exchange;
  const Account* account = nullptr;
  std::int64_t entry = 0;   // the journal's; 0: the intent could not be written, nothing was sent
  std::string flow_log_id;  // from the answer; empty when it gives none
  EntryState state = EntryState::refused;
};

// Whose entries those of `account` are.
Owner owner_of(const Profile& profile, const Account& account);

class Tracker {
 public:
  // All of them outlive the keeper.
  Tracker(const Service& service, const Profile& profile, Journal& journal, Clock& clock,
          const TrackerOptions& options = {});

  // Sends a call that may create, valid or not. Without credentials in the call, the account's are
  // used. REQUIRES: `account` is one of the profile's and owns what would come of it.
  Creation create(Client::Session& session, Call call, const Account& account);

  // Deletes what came of the call, if anything, and waits until it is no longer returned. Where the
  // answer was lost it looks for it by resource, name and time. To be called for every creation;
  // costs nothing for one that was refused.
  Deletion remove(Client::Session& session, const Creation& creation);
  // Deletes a flow log iff this run's entries prove it to be ours, those that were refused
  // included: an endpoint may act on what it refuses.
  Deletion remove(Client::Session& session, const Account& account, const FlowLog& flow_log);
  // The same by an id that a creation of this run was answered with.
  Deletion remove(Client::Session& session, const Account& account, const std::string& flow_log_id);

  // Writes down, before it is asked for, that a flow log of this run may come to have another name:
  // without it the name would speak against its being ours.
  void expect_name(const Account& account, const std::string& flow_log_id, const std::string& name);

  // All flow logs of the account, filtered by `filter`.
  Listing list(Client::Session& session, const Account& account, const Params& filter = {},
               const std::string& check = "", bool cleanup = false);
  // The flow log that stands on a resource; nothing as well when the listing failed.
  std::optional<FlowLog> find_by_resource(Client::Session& session, const Account& account,
                                          const std::string& resource_id,
                                          const std::string& check = "");
  // How far the endpoint's clock is ahead of ours, as the last listing showed.
  std::chrono::seconds skew() const { return std::chrono::seconds(skew_); }
  // A flow log was shown only so long after the answer to its creation. What is lost is looked for
  // that much longer.
  void saw_lag(Duration lag);
  Duration lag() const { return Duration(lag_); }  // the longest

  // Of `listing`, those that this run's entries prove to be ours, refused ones included.
  std::vector<FlowLog> ours(const Listing& listing, const Account& account) const;

  // It was of this journal's runs, and was seen to be gone after its deletion.
  bool seen_gone(const FlowLog& flow_log, const Account& account) const;

  // Flow logs standing on the profile's free resources that the journal does not know. `trouble`
  // says why when an account could not be listed.
  std::vector<FlowLog> strangers(Client::Session& session, std::string& trouble);

  // How many flow logs the answers of this run told of.
  long made() const;

  // Deletes, newest first, whatever of this run is still open, then lists every account that was
  // used once more. Works after Client::cancel(), until the end that it was given.
  // Bounded.
  void clean_up(Client::Session& session);
  // What stands or may stand of this run; final after clean_up().
  std::vector<Leftover> leftovers() const;

 private:
  struct Held {
    JournalEntry entry;
    const Account* account = nullptr;
    bool answered = true;  // a whole answer came: the endpoint is done with the request
    Instant sent{};        // when the answer came or was given up
    std::string why;       // of the last removal that failed
  };

  JournalEntry entry_of(const Call& call, const Account& account) const;
  void record_answer(const Creation& creation);
  void record_gone(const Account& account, const std::string& flow_log_id);
  void record(Held held, EntryState state, const std::string& flow_log_id = "",
              const std::string& why = "");
  void keep(const Held& held);
  std::optional<Held> held(std::int64_t entry) const;  // open ones only
  std::vector<Held> all_held() const;                  // oldest first
  std::vector<Held> held_as(const Account& account, const std::string& flow_log_id) const;
  Held read_back(const JournalEntry& entry, const Account& account) const;
  // The creation of this run that made or may have made the flow log.
  std::optional<Held> maker(const FlowLog& flow_log, const Account& account,
                            std::chrono::seconds skew) const;
  bool of_another_run(const JournalEntry& entry, const FlowLog& flow_log,
                      std::chrono::seconds skew) const;
  DeletionTarget target_of(const Held& held) const;
  Deletion remove_by_id(Client::Session& session, const Held& held, bool whole_account);
  Deletion find_and_remove(Client::Session& session, const Held& held);
  static std::string lost_reason(const std::string& trouble);
  Instant settled_at(const Held& held) const;
  bool clean_account(Client::Session& session, const Account& account, Instant until);

  const Service& service_;
  const Profile& profile_;
  Journal& journal_;
  Clock& clock_;
  const TrackerOptions options_;
  Deleter deleter_;

  mutable std::mutex mutex_;
  // Open entries by their ids; what was refused or is gone can be read back from the journal.
  std::map<std::int64_t, Held> held_;
  std::map<std::pair<const Account*, std::string>, std::set<std::int64_t>> by_flow_log_;
  std::map<std::string, const Account*> used_;  // accounts that a creation was sent for
  std::atomic<int> fruitless_{0};               // lost creations that never turned up
  std::atomic<long> skew_{0};                   // seconds, as the last listing showed
  std::atomic<Duration::rep> lag_{0};
};

}  // namespace flowlog
