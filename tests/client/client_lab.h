// A client on a network without sockets and a clock without real time.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "client/client.h"
#include "tests/support/fake_clock.h"
#include "tests/support/fake_transport.h"

namespace flowlog::test {

inline const WireResponse fine{200, {}, "{}"};

class ClientLab {
 protected:
  ClientLab() {
    options_.endpoint = parse_endpoint("http://127.0.0.1:18080/base");
    options_.scope = {"cn-beijing", "vpc"};
    call_.query = {{"Action", "A"}, {"Version", "V"}};
    call_.credentials = &keys_;
    call_.check = "param.X/over-max";
  }
  void answers(std::vector<Answered> list) {
    network_ = std::make_unique<FakeNetwork>(std::move(list));
  }
  Exchange send() { return send(call_); }
  Exchange send(const Call& call) {
    if (!session_) session_ = client().open();
    return session_->send(call);
  }
  Client& client() {
    if (!client_) {
      client_ = std::make_unique<Client>(options_, network_->factory(), clock_, pacer_, *budget_);
    }
    return *client_;
  }
  std::size_t sent() const { return network_->requests().size(); }

  const Credentials keys_{"AK", "SK", "TOKEN"};
  FakeClock clock_;
  Pacer pacer_{0, clock_};
  std::unique_ptr<Budget> budget_ = std::make_unique<Budget>(Limits{}, clock_);
  std::unique_ptr<FakeNetwork> network_ = std::make_unique<FakeNetwork>();
  ClientOptions options_ = [] {
    ClientOptions options;
    options.throttle_codes = {"FlowLimitExceeded"};
    options.idempotency_parameter = "ClientToken";
    return options;
  }();
  Call call_;
  std::unique_ptr<Client> client_;
  std::unique_ptr<Client::Session> session_;
};

}  // namespace flowlog::test
