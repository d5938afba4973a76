// Who sends a request, and whether it is signed as the documentation says.
//
// Both forms are taken: the Authorization header with any SignedHeaders that hold x-date (official
// clients sign X-Date alone, or Host and X-Date, or every X- header and Content-Type), and the
// query form (X-Algorithm, X-Credential, X-Date, X-SignedHeaders, X-SignedQueries, X-Signature).
#pragma once

#include <chrono>
#include <variant>

#include "mock/behaviour.h"
#include "mock/query.h"
#include "mock/request.h"
#include "mock/rows.h"
#include "mock/world.h"

namespace flowlog::mock {

// A request may be signed this long ago, or this far ahead.
inline constexpr std::chrono::minutes clock_window{15};

struct Identity {
  Tenant* account = nullptr;
  Scope scope;
};

class Authenticator {
 public:
  // All of it outlives the authenticator. Thread-safe.
  Authenticator(const Rows& rows, const Behaviour& behaviour, Backend& backend, Scope served)
      : rows_(rows), behaviour_(behaviour), backend_(backend), served_(std::move(served)) {}

  // Exactly one row for each way of being wrong; the order of looking: presence, form, time,
  // service, key, session token, signature.
  std::variant<Identity, Refusal> identify(const HttpRequest& request,
                                           const RequestTarget& target) const;

 private:
  const Rows& rows_;
  const Behaviour& behaviour_;
  Backend& backend_;
  Scope served_;
};

// The query without what belongs to a signature in it.
Params without_signature(const Params& query);

}  // namespace flowlog::mock
