// Asks a server of raw bytes through an HTTP transport, and says in a line what came back.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <variant>

#include "client/transport.h"
#include "tests/support/raw_server.h"

namespace flowlog::test {

inline WireRequest get(const std::string& target = "/?Action=A") {
  return {"GET", target, {{"Host", "signed.example:1"}, {"X-Date", "d"}}, ""};
}

inline std::unique_ptr<Transport> to(const RawServer& server, TransportOptions options = {}) {
  return make_http_transport(parse_endpoint(server.url()), options);
}

inline Answered send(Transport& transport, const WireRequest& request,
                     Duration timeout = std::chrono::seconds(20)) {
  return transport.send(request, std::chrono::steady_clock::now() + timeout);
}

inline Answered ask(const RawServer& server, Duration timeout = std::chrono::seconds(20),
                    TransportOptions options = {}) {
  return send(*to(server, options), get(), timeout);
}

inline std::string said(const Answered& answered) {
  if (const auto* failure = std::get_if<Failure>(&answered)) {
    return std::string(name(failure->kind)) + ": " + failure->text;
  }
  const auto& response = std::get<WireResponse>(answered);
  return std::to_string(response.status) + ' ' + response.body;
}

// What comes back when the server says `bytes` after the request and then closes.
inline std::string answer_to(const std::string& bytes) {
  return said(ask(RawServer(Script().read().send(bytes))));
}

}  // namespace flowlog::test
