// Requests to answers: authentication, dispatch to the action, envelope. Knows nothing of sockets.
#pragma once

#include <atomic>
#include <mutex>
#include <string>

#include "mock/actions.h"
#include "mock/authenticator.h"
#include "mock/behaviour.h"
#include "mock/envelope.h"
#include "mock/request.h"
#include "mock/request_body.h"
#include "mock/rows.h"
#include "mock/world.h"

namespace flowlog::mock {

// Thread-safe.
class Service {
 public:
  // `service` and `behaviour` outlive it. `max_rps` as in Options.
  Service(const flowlog::Service& service, const Behaviour& behaviour, const Timing& timing,
          Clock& clock, std::vector<Tenant> accounts, const std::string& region, double max_rps);

  HttpResponse answer(const HttpRequest& request);
  Backend& backend() { return backend_; }
  long requests() const { return requests_; }

 private:
  struct Verdict {
    Outcome outcome;
    Scope scope;
  };

  Verdict decide(const HttpRequest& request, const RequestTarget& target,
                 const BodyReading& arguments);
  std::optional<Refusal> refuse_method(const HttpRequest& request) const;
  // What was asked for: the query without the signature, then the body.
  BodyReading arguments(const HttpRequest& request) const;
  std::optional<Refusal> refuse_load(long serial);
  Outcome dispatch(Tenant& account, const Params& params);
  Outcome carry_out(const Action& action, Tenant& account, const Params& params);
  Told note(const std::string& action, bool success, long serial, const std::string& request_id,
            const Outcome& outcome);
  std::string next_request_id();

  const flowlog::Service& service_;
  const Behaviour& behaviour_;
  Rows rows_;  // of the creating action
  Backend backend_;
  Scope served_;
  Authenticator authenticator_;
  double max_rps_;
  int latency_;  // ms
  std::atomic<long> requests_{0};
  std::atomic<long> request_ids_{0};

  std::mutex mutex_;  // guards what follows
  std::map<std::string, long> action_serials_;
  std::string last_request_id_;
  std::string last_flow_log_id_;
  std::deque<Instant> recent_;  // of the last second
};

}  // namespace flowlog::mock
