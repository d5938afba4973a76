// What a run may spend: requests, flow logs, time. Kept exactly: a request that may create counts
// as a creation until its answer says that it was refused, and others wait for that answer where
// the last place is at stake.
#pragma once

#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>

#include "base/clock.h"

namespace flowlog {

struct Limits {
  long max_requests = 0;  // 0: no limit
  long max_creates = 0;
  Duration time{0};
};

// Thread-safe.
class Budget {
 public:
  Budget(Limits limits, Clock& clock);
  // Takes one request (and one creation) out of the budget; nothing is taken and the reason comes
  // back, one sentence, when that is not possible. Clean-up is counted and never refused.
  std::optional<std::string> take(bool create, bool cleanup);
  // Once for every creation that was taken, when its outcome is known; only a sure refusal frees
  // its place.
  void settle(bool refused);
  long requests() const;
  // Creations that happened or may have happened.
  long creates() const;
  // The reason as soon as any part is spent; without `create`, creations don't count.
  std::optional<std::string> spent(bool create = true) const;

 private:
  std::optional<std::string> refusal(bool create) const;

  Limits limits_;
  Clock& clock_;
  Instant start_;
  mutable std::mutex mutex_;
  std::condition_variable settled_;
  long requests_ = 0;
  long creates_ = 0;
  long unsettled_ = 0;  // of them
};

}  // namespace flowlog
