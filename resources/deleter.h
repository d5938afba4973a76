// Deletes one flow log and waits until it is no longer returned, however slow, busy or wrong the
// endpoint is; always bounded, also by Client::clean_up_until().
#pragma once

#include <atomic>
#include <functional>
#include <optional>
#include <string>

#include "resources/lister.h"

namespace flowlog {

struct TrackerOptions {
  Duration patience = std::chrono::seconds(60);    // for one deletion to be confirmed
  Duration throttled = std::chrono::minutes(5);    // the same while the endpoint throttles
  Duration settle = std::chrono::seconds(5);       // how long a lost creation may still turn up
  Duration clean_up = std::chrono::minutes(10);    // for cleaning up as a whole
  Duration after_stop = std::chrono::seconds(60);  // the same from when the run is stopped
  Duration first_pause = std::chrono::milliseconds(2);  // between looks; grows
  Duration longest_pause = std::chrono::seconds(2);
};

// What became of a deletion. True iff the flow log is no longer there.
struct Deletion {
  bool gone = false;
  std::string why;                 // when not gone, one sentence
  std::optional<Exchange> answer;  // to the last request to delete, when one was sent
  operator bool() const { return gone; }
};

struct DeletionTarget {
  std::string flow_log_id;
  std::string resource_id;
  std::string check;
  // Whatever else of a listing has to go with it; may be empty.
  std::function<bool(const FlowLog&, const Listing&)> also;
  bool whole_account = false;  // confirm by listing everything, not only the resource
  // When it was made, where that is known: it is asked for no sooner than others could be deleted.
  std::optional<Instant> made = {};
};

// Thread-safe.
class Deleter {
 public:
  Deleter(const Service& service, Clock& clock, const TrackerOptions& options);

  Deletion remove(Client::Session& session, const Account& account, const DeletionTarget& target);

  // The listing of one resource where that is possible, for clean-up.
  Listing look(Client::Session& session, const Account& account,
               const DeletionTarget& target) const;

 private:
  class Attempt;

  const Service& service_;
  Clock& clock_;
  const TrackerOptions options_;
  std::atomic<Duration::rep> usual_{0};     // how long a deletion took of late
  std::atomic<Duration::rep> creating_{0};  // how long after it was made one could be deleted
  std::atomic<bool> exhausted_{false};      // one used up its patience; the next ones get less
};

// Pauses that double, from the first to the longest.
class Pauses {
 public:
  Pauses(Clock& clock, const TrackerOptions& options)
      : clock_(clock), next_(options.first_pause), longest_(options.longest_pause) {}
  // Not beyond `until`.
  void pause(Instant until);
  void at_least(Duration span) { next_ = std::max(next_, std::min(span, longest_)); }

 private:
  Clock& clock_;
  Duration next_;
  Duration longest_;
};

}  // namespace flowlog
