// What everything that creates or deletes flow logs goes through, so that nothing stays behind: the
// intent is in the journal before a request leaves, and what came of it is followed up until it is
// gone. Thread-safe; each worker passes its own Session.
#pragma once

#include <atomic>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "client/client.h"
#include "client/journal.h"
#include "reports/report.h"
#include "specs/contract.h"
#include "suites/flow_log.h"
#include "suites/profile.h"

namespace flowlog {

struct KeeperOptions {
  Duration patience = std::chrono::seconds(60);  // for one deletion to be confirmed
  Duration throttled = std::chrono::minutes(5);  // the same while the endpoint throttles
  Duration settle = std::chrono::seconds(5);     // how long a lost creation may still turn up
  Duration clean_up = std::chrono::minutes(10);  // for clean_up() as a whole
  Duration first_pause = std::chrono::milliseconds(2);  // between looks; grows
  Duration longest_pause = std::chrono::seconds(2);
};

// What became of a call to create.
struct Creation {
  Exchange exchange;
  const Account* account = nullptr;
  std::int64_t entry =
      0;  // the journal's; 0 when the intent could not be written: nothing was sent
  std::string flow_log_id;  // from the answer; empty when it gives none
  EntryState state = EntryState::refused;
};

// What became of a deletion. True iff the flow log is no longer there.
struct Removal {
  bool gone = false;
  std::string why;                 // when not gone, one sentence
  std::optional<Exchange> answer;  // of the last DeleteFlowLog, when one was sent
  operator bool() const { return gone; }
};

struct Listing {
  bool complete = false;  // every page came and could be read
  std::vector<FlowLog> flow_logs;
  std::optional<Exchange> last;  // the last page's exchange
  std::string trouble;           // when not complete, one sentence
  std::chrono::seconds skew{0};  // how far the endpoint's clock is ahead of ours

  const FlowLog* find(std::string_view flow_log_id) const;
};

// Whose entries those of `account` are.
Owner owner_of(const Profile& profile, const Account& account);

class Keeper {
 public:
  // All of them outlive the keeper.
  Keeper(const Api& api, const Profile& profile, Journal& journal, Clock& clock,
         KeeperOptions options = {});

  // Sends a call that may create, valid or not. Without credentials in the call, the account's are
  // used. REQUIRES: `account` is one of the profile's and owns what would come of it.
  Creation create(Client::Session& session, Call call, const Account& account);

  // Deletes what came of the call, if anything, and waits until it is no longer returned. Where the
  // answer was lost it looks for it by resource, name and time. To be called for every creation;
  // costs nothing for one that was refused.
  Removal remove(Client::Session& session, const Creation& creation);
  // Deletes a flow log iff this run's entries prove it to be ours, those that were refused included
  // (an endpoint may act on what it refuses).
  Removal remove(Client::Session& session, const Account& account, const FlowLog& flow_log);
  // The same by id, for one that a creation's answer gave.
  Removal remove(Client::Session& session, const Account& account, const std::string& flow_log_id);

  // All flow logs of the account, filtered by `filter` ("ResourceId", …).
  Listing list(Client::Session& session, const Account& account, const Params& filter = {},
               const std::string& check = "", bool cleanup = false);
  // The flow log that stands on a resource; nothing as well when the listing failed.
  std::optional<FlowLog> find_by_resource(Client::Session& session, const Account& account,
                                          const std::string& resource_id,
                                          const std::string& check = "");
  // Of `listing`, those that this run's entries prove to be ours, refused ones included.
  std::vector<FlowLog> ours(const Listing& listing, const Account& account) const;

  // Flow logs standing on the profile's free resources that the journal does not know; `trouble` is
  // set when the listing of the default account failed.
  std::vector<FlowLog> strangers(Client::Session& session, std::string& trouble);

  // Deletes, newest first, whatever of this run is still open, then lists every account that was
  // used once more. Works after Client::cancel(). Bounded.
  void clean_up(Client::Session& session);
  // What is or may be left of this run now; final after clean_up().
  std::vector<Leftover> leftovers() const;

  // Deletes one flow log and waits; the engine of all the above. `wanted` says which of the flow
  // logs on the resource have to be gone beside the one of that id. For sweep.
  Removal erase(Client::Session& session, const Account& account, const JournalEntry& entry);

  // How many flow logs of this run stand or may stand now.
  std::size_t standing() const;

 private:
  struct Held {
    JournalEntry entry;
    const Account* account;
    bool answered = true;  // a whole answer came; the endpoint is done with the request
    Instant lost{};        // when the answer was given up
    std::string why;       // of the last failed removal
  };
  struct Wait;

  std::optional<Held> held(std::int64_t entry) const;
  void record(std::int64_t entry, EntryState state, const std::string& flow_log_id,
              const std::string& why = "");
  void record_gone(const Account& account, const std::string& flow_log_id);
  Removal settle(Client::Session& session, const Held& held);
  std::optional<FlowLog> look_up(Client::Session& session, const Held& held, std::string& trouble);
  bool others(const JournalEntry& entry, const FlowLog& flow_log) const;
  bool throttled(const Exchange& exchange) const;
  bool ours(const FlowLog& flow_log, const Account& account, std::chrono::seconds skew) const;
  Exchange send_delete(Client::Session& session, const Account& account, const std::string& id,
                       const std::string& check);
  void remove_refused(Client::Session& session, const Account& account, Instant until);

  const Api& api_;
  const Profile& profile_;
  Journal& journal_;
  Clock& clock_;
  const KeeperOptions options_;

  mutable std::mutex mutex_;
  std::deque<Held> held_;                // oldest first
  std::vector<Leftover> extra_;          // proven ours by listing, could not be deleted
  std::atomic<Duration::rep> usual_{0};  // how long the last deletion took
  std::atomic<int> exhausted_{0};        // deletions that used up their patience
  std::atomic<int> fruitless_{0};        // lost creations that never turned up
};

}  // namespace flowlog
