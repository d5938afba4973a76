// What goes over the wire and what comes back, byte for byte.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/clock.h"

namespace flowlog {

using Headers = std::vector<std::pair<std::string, std::string>>;  // in order, names as sent

// The first header of that name in any letter case, or "".
std::string header(const Headers& headers, std::string_view name);

struct WireRequest {
  std::string method = "GET";
  std::string target = "/";  // path and query, exactly the bytes to send
  Headers headers;           // all of them, Host included
  std::string body;
};

struct WireResponse {
  int status = 0;
  Headers headers;
  std::string body;
};

// Why there is no answer. An expected thing, so a value.
struct Failure {
  enum class Kind {
    unreachable,  // no connection: refused, no route, name not found
    tls,          // the certificate or the handshake
    timeout,      // the deadline of the request passed
    reset,        // the connection ended before the whole answer
    malformed,    // bytes came that are no HTTP answer, or whose framing contradicts itself
    too_large,    // more than the limit
    cancelled,    // the run is being stopped
    exhausted,    // a budget of requests, creations or time is spent; nothing was sent
  };
  Kind kind = Kind::unreachable;
  std::string text;         // one sentence, no secrets
  bool maybe_sent = false;  // the server may have acted on the request
};
std::string_view name(Failure::Kind kind);

using Answered = std::variant<WireResponse, Failure>;

struct Response;  // what an answer says (oracle/response.h); never looked into here

struct Exchange {
  WireRequest request;  // of the last attempt
  Answered answer;
  WallTime started;
  double seconds = 0;
  int attempts = 1;   // more than 1 when throttled or reconnected
  int throttled = 0;  // how many of them were throttled
  std::string check;  // id of the check it was sent for
  // What the client's observer understood of the answer, so that nobody parses it again; or none.
  std::shared_ptr<const Response> understood = {};

  const WireResponse* response() const { return std::get_if<WireResponse>(&answer); }
  const Failure* failure() const { return std::get_if<Failure>(&answer); }
};

}  // namespace flowlog
