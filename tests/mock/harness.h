// A mock without sockets: signed requests in, answers out, and a clock that stands still until it
// is moved.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "base/clock.h"
#include "client/signing.h"
#include "mock/seed.h"
#include "mock/service.h"
#include "specs/load.h"

namespace flowlog::mock {

class StillClock : public Clock {
 public:
  WallTime wall() override { return wall_ + moved(); }
  Instant now() override { return Instant(moved()); }
  void sleep_until(Instant) override {}
  void move(std::chrono::milliseconds by) { moved_ += by.count(); }

 private:
  std::chrono::milliseconds moved() const { return std::chrono::milliseconds(moved_.load()); }

  // 2026-01-02T03:04:05Z
  WallTime wall_ = std::chrono::sys_days(std::chrono::year(2026) / 1 / 2) + std::chrono::hours(3) +
                   std::chrono::minutes(4) + std::chrono::seconds(5);
  std::atomic<long> moved_{0};
};

struct Reply {
  int status = 0;
  nlohmann::json body;
  Headers headers;

  std::string code() const { return error().value("Code", ""); }
  std::string message() const { return error().value("Message", ""); }
  std::string flow_log_id() const {
    return body.value("Result", nlohmann::json::object()).value("FlowLogId", "");
  }
  nlohmann::json error() const {
    return body.value("ResponseMetadata", nlohmann::json::object())
        .value("Error", nlohmann::json::object());
  }
};

class Harness {
 public:
  explicit Harness(Behaviour behaviour = {}, flowlog::Service served = built_in_service())
      : served_(std::move(served)),
        behaviour_(std::move(behaviour)),
        service_(served_, behaviour_,
                 {std::chrono::milliseconds(100), std::chrono::milliseconds(50), Duration(0),
                  std::chrono::milliseconds(40)},
                 clock, seed_accounts(served_, 12), "cn-beijing", 0) {}

  Reply send(const WireRequest& wire) {
    const HttpResponse response =
        service_.answer({wire.method, wire.target, wire.headers, wire.body});
    return {response.status, nlohmann::json::parse(response.body), response.headers};
  }

  WireRequest signed_request(const Params& params, const std::string& account = "default") {
    return sign("GET", "mock", "/", params, "", {}, service_.backend().by_name(account).credentials,
                {"cn-beijing", served_.name}, clock.wall());
  }

  Reply call(const Params& params, const std::string& account = "default") {
    return send(signed_request(params, account));
  }
  Reply create(const Params& changes = {}, const std::string& account = "default") {
    return call(creation(changes), account);
  }
  Reply describe(Params filters = {}, const std::string& account = "default") {
    filters.insert(filters.begin(), {{"Action", "DescribeFlowLogs"}, {"Version", "2020-04-01"}});
    return call(filters, account);
  }
  // The action on one flow log, with more parameters.
  Reply act(const std::string& action, const std::string& id, Params more = {},
            const std::string& account = "default") {
    more.insert(more.begin(), {{"Action", action}, {"Version", "2020-04-01"}, {"FlowLogId", id}});
    return call(more, account);
  }
  // A tag action on flow logs.
  Reply act_on(const std::string& action, const std::vector<std::string>& ids, Params more = {},
               const std::string& account = "default") {
    Params params = {{"Action", action}, {"Version", "2020-04-01"}, {"ResourceType", "flowlog"}};
    for (std::size_t i = 0; i < ids.size(); ++i) {
      params.emplace_back("ResourceIds." + std::to_string(i + 1), ids[i]);
    }
    params.insert(params.end(), more.begin(), more.end());
    return call(params, account);
  }
  // A flow log that is Active.
  std::string active(const Params& changes = {}) {
    const std::string id = create(changes).flow_log_id();
    clock.move(std::chrono::milliseconds(100));
    return id;
  }
  // As DescribeFlowLogs shows it; null when it does not.
  nlohmann::json shown(const std::string& id, const std::string& account = "default") {
    const Reply reply = describe({{"FlowLogIds.1", id}}, account);
    const auto& logs = reply.body["Result"]["FlowLogs"];
    return logs.empty() ? nlohmann::json() : logs[0];
  }
  std::string state(const std::string& id) { return shown(id).value("Status", ""); }

  Reply remove(const std::string& id, const std::string& account = "default") {
    return call({{"Action", "DeleteFlowLog"}, {"Version", "2020-04-01"}, {"FlowLogId", id}},
                account);
  }

  // The smallest creation with `changes` in it.
  static Params creation(const Params& changes = {}) {
    Params params = {{"Action", "CreateFlowLog"},
                     {"Version", "2020-04-01"},
                     {"FlowLogName", "FlowLog-1"},
                     {"ResourceType", "vpc"},
                     {"ResourceId", "vpc-default-01"},
                     {"TrafficType", "All"},
                     {"LogProjectName", "flowlog-project-1"},
                     {"LogTopicName", "flowlog-topic-1"}};
    for (const auto& [name, value] : changes) set(params, name, value);
    return params;
  }

  Backend& backend() { return service_.backend(); }

  StillClock clock;

 private:
  const flowlog::Service served_;
  Behaviour behaviour_;
  Service service_;
};

inline std::vector<std::string> listed_ids(const Reply& reply) {
  std::vector<std::string> ids;
  for (const auto& log : reply.body.at("Result").at("FlowLogs")) ids.push_back(log.at("FlowLogId"));
  return ids;
}

}  // namespace flowlog::mock
