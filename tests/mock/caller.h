// Signed calls to a mock over HTTP, as any client would make them.
#pragma once

#include <httplib.h>

#include <string>
#include <thread>

#include "mock/mock.h"
#include "tests/mock/harness.h"

namespace flowlog::mock {

class Caller {
 public:
  explicit Caller(const Mock& mock, const std::string& account = "default")
      : http_("127.0.0.1", mock.port()), host_("127.0.0.1:" + std::to_string(mock.port())) {
    const nlohmann::json keys = mock.profile().at("accounts").at(account);
    credentials_ = {keys.at("access_key"), keys.at("secret_key"), ""};
    http_.set_keep_alive(true);
    http_.set_tcp_nodelay(true);
    http_.set_url_encode(false);
    http_.set_read_timeout(30, 0);
  }

  WireRequest signed_request(const Params& params, const std::string& method = "GET",
                             const std::string& body = "", const Headers& extra = {}) const {
    return sign(method, host_, "/", params, body, extra, credentials_, {"cn-beijing", "vpc"},
                system_clock().wall());
  }

  Reply send(const WireRequest& wire) {
    httplib::Request request;
    request.method = wire.method;
    request.path = wire.target;
    request.body = wire.body;
    for (const auto& [name, value] : wire.headers) request.headers.emplace(name, value);
    const httplib::Result result = http_.send(request);
    if (!result) return {};
    Reply reply{result->status, nlohmann::json::parse(result->body, nullptr, false), {}};
    for (const auto& [name, value] : result->headers) reply.headers.emplace_back(name, value);
    return reply;
  }

  Reply call(const Params& params) { return send(signed_request(params)); }
  Reply create(const Params& changes = {}) { return call(Harness::creation(changes)); }
  Reply describe(Params filters = {}) {
    filters.insert(filters.begin(), {{"Action", "DescribeFlowLogs"}, {"Version", "2020-04-01"}});
    return call(filters);
  }

  void remove_and_wait(const std::string& id) {
    call({{"Action", "DeleteFlowLog"}, {"Version", "2020-04-01"}, {"FlowLogId", id}});
    while (!listed_ids(describe({{"FlowLogIds.1", id}})).empty()) {
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
  }

 private:
  httplib::Client http_;
  std::string host_;
  Credentials credentials_;
};

}  // namespace flowlog::mock
