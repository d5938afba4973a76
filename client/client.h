// Calls to an action: signed, paced, within budgets, retried where that is safe. Shared by all
// workers; each worker calls through its own Session, which owns one connection.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

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
  int max_throttled = 6;  // how often one call is sent again after being throttled
  Duration max_backoff = std::chrono::seconds(20);  // also where Retry-After asks for more
  // Codes of an error that say: throttled, whatever the status.
  std::vector<std::string> throttle_codes;
  // A request that carries this parameter acts once however often it comes.
  std::string idempotency_parameter;
};

struct Call {
  Params query;                              // Action and Version included
  const Credentials* credentials = nullptr;  // none: sent without Authorization
  bool may_create = false;  // counts against the creations; never resent once it may have acted
  bool cleanup = false;     // beyond budgets and cancellation; retried longer when throttled
  std::string check;
  // Changes the signed request just before it is sent (authentication checks).
  std::function<void(WireRequest&)> rewrite;
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

  // One connection; not thread-safe. Must not outlive its client.
  class Session {
   public:
    ~Session();
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    // Sends the call. Throttling (429, 503, a throttle code) is waited for, Retry-After or a
    // doubling pause, slowing the whole run; it ends after max_throttled times or when the waits
    // would pass twice max_backoff, with the throttled answer. A call that may create is sent again
    // only where the answer says that it did not act (429, a throttle code), or after 503 with its
    // idempotency parameter. A connection reset is tried twice more unless a call that may create
    // has perhaps been read. Where no connection comes about, and one did before, it is tried three
    // times more after a pause, until the endpoint counts as gone. Never throws for what a server
    // does. When nothing could be sent, attempts is 0.
    Exchange send(const Call& call);
    const Client& client() const { return client_; }

    // Hears of every exchange of this session in which something was sent, from the sending thread.
    std::function<void(const Exchange&)> observer;

   private:
    friend class Client;
    Session(Client& client, std::unique_ptr<Transport> transport);
    Answered attempt(const WireRequest& request, const Call& call);
    void interrupt();

    Client& client_;
    std::mutex mutex_;  // of all below
    std::unique_ptr<Transport> transport_;
    bool interruptible_ = false;  // a send is under way that cancellation ends
    bool interrupted_ = false;    // the transport was cancelled and serves no more
  };

  std::unique_ptr<Session> open();
  // Ends what is being sent and refuses the rest, clean-up calls excepted: from `clean_up_until` on
  // those are not sent again after being throttled. Async-signal-unsafe.
  void cancel(Instant clean_up_until = Instant::max());
  // When clean-up is to have ended; far away until cancel() says.
  Instant clean_up_until() const { return clean_up_until_; }
  bool cancelled() const { return cancelled_; }
  // So often in a row, over all sessions, no connection came about, and no answer in between:
  // nothing but clean-up is sent any more.
  bool gone() const { return unreached_ >= kUnreachedUntilGone; }
  static constexpr int kUnreachedUntilGone = 20;
  Traffic traffic() const;
  const ClientOptions& options() const { return options_; }

  // Hears of every exchange in which something was sent, from the sending thread. Set before the
  // first session opens.
  std::function<void(Exchange&, const Call&)> observer;

 private:
  // How often and how long one call has been tried.
  struct Tries {
    Instant sent{};  // the last time
    Duration waited{0};
    int resets = 0;
    int unreached = 0;
  };
  std::optional<Failure> admit(const Call& call, bool first);
  WireRequest build(const Call& call) const;
  bool says_throttled(const WireResponse& response) const;
  bool try_again(const Call& call, Exchange& exchange, Tries& tries);
  bool reach_again(const Call& call, Tries& tries);
  bool wait_out(const Call& call, const WireResponse& response, Exchange& exchange, Tries& tries);

  ClientOptions options_;
  TransportFactory factory_;
  Clock& clock_;
  Pacer& pacer_;
  Budget& budget_;
  mutable SigningKeys keys_;
  std::atomic<bool> cancelled_{false};
  std::atomic<Instant> clean_up_until_{Instant::max()};
  std::atomic<long> throttled_{0};
  std::atomic<bool> answered_{false};
  std::atomic<int> unreached_{0};  // in a row
  std::mutex sessions_mutex_;
  std::set<Session*> sessions_;
};

}  // namespace flowlog
