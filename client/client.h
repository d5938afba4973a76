// Calls to an action: signed, paced, within budgets, retried where that is safe. Shared by all
// workers; each worker calls through its own Session, which owns one connection.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include "base/params.h"
#include "client/budget.h"
#include "client/pacer.h"
#include "client/signing.h"
#include "client/transport.h"

namespace flowlog {

struct ClientOptions {
  Endpoint endpoint;
  Scope scope;
  std::string user_agent = "flowlog-conformance";  // the check's id follows it in each request
  Duration timeout = std::chrono::seconds(10);     // a request's total deadline, one attempt
  int max_throttled = 6;         // how often one call is sent again after being throttled
  Duration max_backoff = std::chrono::seconds(20);
};

struct Call {
  Params query;  // Action and Version included
  const Credentials* credentials = nullptr;
  bool may_create = false;  // counts against the creations; never resent once it may have arrived
  bool cleanup = false;     // beyond budgets and cancellation; retried longer when throttled
  std::string check;
  // Changes the signed request just before it is sent (authentication checks).
  std::function<void(WireRequest&)> tamper;
  // Shifts the clock that signs (authentication checks).
  std::chrono::seconds skew{0};
  Scope scope;  // empty members: the client's
};

// What the client noticed over the whole run; thread-safe to copy.
struct Traffic {
  long requests = 0;
  long creates = 0;
  long throttled = 0;
  double paced_to = 0;  // requests a second after slowing down; 0 when never slowed
};

class Client {
 public:
  Client(ClientOptions options, TransportFactory factory, Clock& clock, Pacer& pacer,
         Budget& budget);

  class Session {
   public:
    // Sends the call; throttling (429, FlowLimitExceeded, 503, with or without Retry-After) is
    // waited for within limits, slowing the whole run; a reset before an answer is tried once more
    // unless the call may create. Never throws for what a server does.
    Exchange send(const Call& call);

   private:
    friend class Client;
    Session(Client& client, std::unique_ptr<Transport> transport);
    Client& client_;
    std::unique_ptr<Transport> transport_;
  };

  std::unique_ptr<Session> open();
  // Ends what is being sent and refuses the rest, clean-up calls excepted. Async-signal-unsafe.
  void cancel();
  Traffic traffic() const;
  const ClientOptions& options() const { return options_; }

  // Hears of every exchange, from the sending thread. Set before the first session opens.
  std::function<void(const Exchange&, const Call&)> observer;

 private:
  ClientOptions options_;
  TransportFactory factory_;
  Clock& clock_;
  Pacer& pacer_;
  Budget& budget_;
  std::atomic<bool> cancelled_{false};
};

}  // namespace flowlog
