// Volcengine's request signature, HMAC-SHA256 (facts: "Signing"). The primitives are public because
// a server verifies with the same ones.
#pragma once

#include <array>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/params.h"
#include "client/wire.h"

namespace flowlog {

struct Credentials {
  std::string access_key;
  std::string secret_key;
  std::string session_token;  // empty: none
};

struct Scope {
  std::string region;
  std::string service;
};

// Lower-case hex.
std::string sha256_hex(std::string_view data);
// Raw bytes.
std::string hmac_sha256(std::string_view key, std::string_view data);
std::string hex(std::string_view bytes);

// Everything but letters, digits and "-_.~" as %XX, upper-case hex.
std::string percent_encode(std::string_view text);
// Sorted by encoded name in byte order, a repeated name keeping the request's order.
std::string canonical_query(const Params& params);
// `headers` are the signed ones; sorts, lower-cases and trims them.
std::string canonical_request(std::string_view method, std::string_view path,
                              std::string_view canonical_query, const Headers& headers,
                              std::string_view payload_hash);
std::string signed_header_names(const Headers& headers);
// `date` is the X-Date; its first eight digits go into the scope.
std::string string_to_sign(std::string_view date, const Scope& scope,
                           std::string_view canonical_request);
// What a day's requests of a scope are signed with; raw bytes.
std::string signing_key(std::string_view secret_key, std::string_view date, const Scope& scope);
// Hex signature.
std::string signature(std::string_view secret_key, std::string_view date, const Scope& scope,
                      std::string_view string_to_sign);

// Signing keys, each derived once. Thread-safe. Holds few: a run has few keys, days and scopes.
class SigningKeys {
 public:
  std::string of(std::string_view secret_key, std::string_view date, const Scope& scope);
  long derived() const;

 private:
  static constexpr std::size_t kMost = 64;
  mutable std::mutex mutex_;
  std::map<std::array<std::string, 4>, std::string> keys_;
  long derived_ = 0;
};

// The request to send: target, Host, X-Date, X-Security-Token where there is one, Authorization,
// X-Content-Sha256 with a body. Signs Host and every X- header. `extra` headers are sent; those
// whose names begin with X- are signed. `path` is the endpoint's base path or "/". The query is
// sent as it is signed: sorted by name. `keys` remembers the signing key; or none.
WireRequest sign(std::string_view method, std::string_view host, std::string_view path,
                 const Params& query, std::string_view body, const Headers& extra,
                 const Credentials& credentials, const Scope& scope, WallTime time,
                 SigningKeys* keys = nullptr);

}  // namespace flowlog
