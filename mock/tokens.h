// Idempotency: what one request's ClientToken means.
#pragma once

#include <mutex>
#include <optional>
#include <string>

#include "mock/actions.h"

namespace flowlog::mock {

// The token of one creation. All but construction REQUIRES that the world's mutex is held.
class TokenUse {
 public:
  TokenUse(const Site& site, Tenant& account, const Params& params,
           const std::optional<std::string>& token);

  // Where the mock lets the loser of a race wait: returns when no other request uses the token.
  void wait(std::unique_lock<std::mutex>& lock) const;
  // Iff the account remembers this token.
  bool known() const;
  // REQUIRES known(). What forbids the request to go on as a replay or a creation, or nothing.
  std::optional<Refusal> refusal() const;
  // REQUIRES known(). Iff the first request's answer is to be given again.
  bool replays() const;
  std::string flow_log_id() const;
  // Iff another request with this token may create at the same time.
  bool unreserved() const { return token_ && site_.behaviour.token.not_reserved; }

  void reserve();                    // a creation with it begins,
  void done(const std::string& id);  // ends,
  void release();                    // or comes to nothing
  void refused(const Refusal& refusal);

 private:
  const Remembered* remembered() const;
  Tenant& keeper() const;

  const Site& site_;
  Tenant& account_;
  std::optional<std::string> token_;  // as it is compared
  std::string arguments_;
};

}  // namespace flowlog::mock
