// What a run may spend: requests, creations, time. Kept exactly.
#pragma once

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
  long requests() const;
  long creates() const;
  // The reason as soon as any part is spent; without `create`, creations don't count.
  std::optional<std::string> spent(bool create = true) const;

 private:
  std::optional<std::string> refusal(bool create) const;

  Limits limits_;
  Clock& clock_;
  Instant start_;
  mutable std::mutex mutex_;
  long requests_ = 0;
  long creates_ = 0;
};

}  // namespace flowlog
