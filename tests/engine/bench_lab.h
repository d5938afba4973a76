// A bench whose endpoint is a function, without real time.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/check_context.h"
#include "engine/run_context.h"
#include "resources/service_client.h"
#include "tests/engine/fake_api.h"

namespace flowlog::test {

class BenchLab {
 public:
  BenchLab() {
    profile.endpoint = "http://127.0.0.1:8080";
    Account account;
    account.name = "default";
    account.credentials = {"key-of-default", "secret", ""};
    profile.accounts["default"] = account;
    profile.resources.free = {{"vpc", {"vpc-1", "vpc-2", "vpc-3"}}};
    session = client.open();
  }

  // 400 with a code and its message.
  static WireResponse refusal(const std::string& code, const std::string& message) {
    const nlohmann::json error = {{"Code", code}, {"Message", message}};
    return {400, {}, nlohmann::json{{"ResponseMetadata", {{"Error", error}}}}.dump()};
  }
  // As the contract has it for a row.
  static WireResponse refusal(const std::string& row) {
    for (const ErrorRow& error : built_in_service().creator().contract.errors) {
      if (error.id == row) return refusal(error.code, error.message.en);
    }
    return {};
  }

  const Service& service = built_in_service();
  Profile profile;
  FakeClock clock;
  FakeApi fake{clock};
  // Asked before a creation; an answer of its own keeps it from the little endpoint.
  std::function<std::optional<Answered>(const Params&)> on_create;
  // Asked before anything else: what comes instead of the little endpoint's answer.
  std::function<std::optional<Answered>()> no_answer;
  FakeNetwork network{[this](const WireRequest& request) -> Answered {
    if (no_answer) {
      if (auto answer = no_answer()) return *answer;
    }
    const Params params = params_of(request.target);
    if (on_create && find(params, "Action") == "CreateFlowLog") {
      if (auto answer = on_create(params)) return *answer;
    }
    return fake(request);
  }};
  Pacer pacer{0, clock};
  Budget budget{{}, clock};
  // Called before a connection is opened; may throw.
  std::function<void()> on_open;
  Client client{options(),
                [this] {
                  if (on_open) on_open();
                  return network.factory()();
                },
                clock, pacer, budget};
  std::unique_ptr<Journal> journal = Journal::in_memory(clock);
  Tracker tracker{service, profile, *journal, clock};
  LeasePool lease_pool{profile, 10};
  const Redactor redactor{{}};
  ResponseMonitor monitor{service, {"cn-beijing", "vpc"}, redactor};
  RunContext run_context{service,  profile, client, tracker, lease_pool, monitor,
                         redactor, clock,   0,      60,      false,      "run1"};
  std::unique_ptr<Client::Session> session;

 private:
  static ClientOptions options() {
    ClientOptions options;
    set_service(options, built_in_service());
    options.endpoint = parse_endpoint("http://127.0.0.1:8080");
    options.scope = {"cn-beijing", "vpc"};
    return options;
  }
};

}  // namespace flowlog::test
