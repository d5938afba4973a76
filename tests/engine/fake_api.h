// A little endpoint without sockets: it keeps flow logs, and misbehaves as told.
#pragma once

#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/text.h"
#include "client/client.h"
#include "profiles/profile.h"
#include "resources/service_client.h"
#include "specs/load.h"
#include "tests/support/fake_clock.h"
#include "tests/support/fake_transport.h"

namespace flowlog::test {

inline Params params_of(const std::string& target) {
  const auto decode = [](std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] != '%') {
        out += text[i];
        continue;
      }
      out += static_cast<char>(std::stoi(std::string(text.substr(i + 1, 2)), nullptr, 16));
      i += 2;
    }
    return out;
  };
  Params params;
  for (const std::string& pair : split(target.substr(target.find('?') + 1), '&')) {
    const auto equals = pair.find('=');
    params.emplace_back(decode(pair.substr(0, equals)), decode(pair.substr(equals + 1)));
  }
  return params;
}

class FakeApi {
 public:
  struct Stored {
    std::string id;
    std::string resource;
    std::string name;
    std::string created;
    std::string key;  // whose it is
    Instant born{};
  };
  // What happens to a creation, in this order of requests; afterwards all is well.
  enum class Create {
    well,
    refused,           // 400, nothing made
    refused_but_made,  // 400, and yet
    lost,              // made, the line is cut
    lost_unmade,       // the line is cut before
    late,              // the line is cut, made when next listed after `late_by`
    fault,             // made, 500
    fault_unmade,      // 500, nothing made
    wrong_id,          // made, another id is answered
    no_id,             // made, 200 without an id
    replayed,          // 200 with the id of the first that stands
  };
  enum class Delete { well, ignored, refused, throttled, missing, silent };

  explicit FakeApi(Clock& clock) : clock_(clock) {}

  Answered operator()(const WireRequest& request) {
    const std::lock_guard lock(mutex_);
    const Params params = params_of(request.target);
    const std::string action = find(params, "Action").value_or("");
    const std::string authorization = header(request.headers, "Authorization");
    const auto at = authorization.find("Credential=") + 11;
    const std::string key = authorization.substr(at, authorization.find('/', at) - at);
    log.push_back(action);
    if (dead) return Failure{Failure::Kind::unreachable, "made to fail", false};
    if (before) before(params);
    if (action == "CreateFlowLog") return create(params, key);
    if (action == "DeleteFlowLog") return remove(params, key);
    return describe(params, key);
  }

  std::string put(const std::string& resource, const std::string& name, const std::string& key,
                  std::optional<WallTime> created = std::nullopt) {
    const std::string id = "fl-" + std::to_string(++last_);
    stored.push_back(
        {id, resource, name, iso_time(created.value_or(clock_.wall())), key, clock_.now()});
    return id;
  }
  std::vector<std::string> ids() const {
    std::vector<std::string> out;
    for (const Stored& one : stored) out.push_back(one.id);
    return out;
  }
  int sent(const std::string& action) const {
    return static_cast<int>(std::count(log.begin(), log.end(), action));
  }

  std::vector<Stored> stored;
  std::vector<std::string> log;  // actions, in order
  std::vector<Create> creates;   // consumed from the front
  std::vector<Delete> deletes;   // consumed from the front
  Delete deletes_after = Delete::well;
  int looks_until_gone = 0;  // how often a deleted one is still listed
  Duration late_by{0};
  Duration shown_after{0};     // its creation
  Duration second_is_late{0};  // the same, at every second look
  int listing_faults = 0;      // so many listings are answered with 500
  bool listing_broken = false;
  bool dead = false;
  bool endless_pages = false;
  std::size_t page = 100;
  std::function<void(const Params&)> before;

 private:
  static WireResponse answer(int status, const nlohmann::json& body) {
    return {status, {}, body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)};
  }
  static WireResponse error(int status, const std::string& code) {
    return answer(status, {{"ResponseMetadata", {{"Error", {{"Code", code}}}}}});
  }
  static WireResponse created(const std::string& id) {
    return answer(200, {{"Result", {{"FlowLogId", id}}}});
  }

  Answered create(const Params& params, const std::string& key) {
    Create how = Create::well;
    if (!creates.empty()) {
      how = creates.front();
      creates.erase(creates.begin());
    }
    const Failure cut{Failure::Kind::reset, "made to fail", true};
    if (how == Create::refused) return error(400, "InvalidName.Malformed");
    if (how == Create::lost_unmade) return cut;
    if (how == Create::fault_unmade) return error(500, "InternalError");
    if (how == Create::replayed) return created(stored.front().id);
    const std::string resource = find(params, "ResourceId").value_or("");
    const std::string name = find(params, "FlowLogName").value_or("");
    if (how == Create::late) {
      late_.push_back({clock_.now() + late_by, {"", resource, name, "", key}});
      return Failure{Failure::Kind::timeout, "made to fail", true};
    }
    const std::string id = put(resource, name, key);
    switch (how) {
      case Create::refused_but_made:
        return error(400, "InvalidName.Malformed");
      case Create::lost:
        return cut;
      case Create::fault:
        return error(500, "InternalError");
      case Create::wrong_id:
        return created("fl-wrong");
      case Create::no_id:
        return answer(200, {{"Result", nlohmann::json::object()}});
      default:
        return created(id);
    }
  }

  Answered remove(const Params& params, const std::string& key) {
    Delete how = deletes_after;
    if (!deletes.empty()) {
      how = deletes.front();
      deletes.erase(deletes.begin());
    }
    const std::string id = find(params, "FlowLogId").value_or("");
    const auto it = std::find_if(stored.begin(), stored.end(),
                                 [&](const Stored& one) { return one.id == id && one.key == key; });
    if (how == Delete::silent) return Failure{Failure::Kind::timeout, "made to fail", true};
    if (how == Delete::refused) return error(400, "InvalidFlowLog.InvalidStatus");
    if (how == Delete::throttled) return error(429, "FlowLimitExceeded");
    if (how == Delete::missing || it == stored.end()) return error(404, "InvalidFlowLog.NotFound");
    if (how == Delete::well) {
      looks_left_[id] = looks_until_gone;
      if (looks_until_gone == 0) stored.erase(it);
    }
    return answer(200, {{"Result", nlohmann::json::object()}});
  }

  void settle() {
    for (auto& [id, looks] : looks_left_) {
      if (looks-- == 0) std::erase_if(stored, [&, &gone = id](auto& s) { return s.id == gone; });
    }
    for (auto& [when, one] : late_) {
      if (clock_.now() >= when && !one.resource.empty()) {
        put(one.resource, one.name, one.key);
        one.resource.clear();
      }
    }
  }

  Answered describe(const Params& params, const std::string& key) {
    settle();
    if (listing_faults > 0 && listing_faults-- > 0) return error(500, "InternalError");
    if (listing_broken) return WireResponse{200, {}, "<html>"};
    std::size_t start = 0;
    if (const auto token = find(params, "NextToken")) start = std::stoul(*token);
    const auto resource = find(params, "ResourceId");
    std::vector<const Stored*> seen;
    const Duration late = ++looks_ % 2 == 0 ? second_is_late : Duration{};
    for (const Stored& one : stored) {
      if (clock_.now() < one.born + shown_after + late) continue;
      if (one.key == key && (!resource || one.resource == *resource)) seen.push_back(&one);
    }
    nlohmann::json list = nlohmann::json::array();
    for (std::size_t i = start; i < std::min(seen.size(), start + page); ++i) {
      list.push_back({{"FlowLogId", seen[i]->id},
                      {"FlowLogName", seen[i]->name},
                      {"ResourceId", seen[i]->resource},
                      {"Status", looks_left_.contains(seen[i]->id) ? "Deleting" : "Active"},
                      {"CreatedAt", seen[i]->created}});
    }
    nlohmann::json result = {{"FlowLogs", list}};
    if (endless_pages) result["NextToken"] = std::to_string(++endless_);
    if (start + page < seen.size()) result["NextToken"] = std::to_string(start + page);
    return answer(200, {{"Result", result}});
  }

  Clock& clock_;
  std::mutex mutex_;
  int last_ = 0;
  int endless_ = 1000;
  int looks_ = 0;
  std::map<std::string, int> looks_left_;
  std::vector<std::pair<Instant, Stored>> late_;
};

// A client of a FakeApi, without real time.
class Lab {
 public:
  Lab() {
    profile.endpoint = "http://127.0.0.1:8080";
    for (const char* name : {"default", "other"}) {
      Account account;
      account.name = name;
      account.credentials = {std::string("key-of-") + name, "secret", ""};
      profile.accounts[name] = account;
    }
    profile.resources.free = {{"vpc", {"vpc-1", "vpc-2", "vpc-3"}}};
    session = client.open();
  }

  Call call(const std::string& resource, const std::string& name) const {
    Call call;
    call.query = {{"Action", "CreateFlowLog"}, {"Version", "2020-04-01"}, {"FlowLogName", name},
                  {"ResourceType", "vpc"},     {"ResourceId", resource},  {"ClientToken", "t"}};
    call.may_create = true;
    call.check = "check";
    return call;
  }
  const Account& account(const std::string& name = "default") const {
    return *profile.account(name);
  }

  const Service& service = built_in_service();
  Profile profile;
  FakeClock clock;
  FakeApi fake{clock};
  FakeNetwork network{[this](const WireRequest& request) { return fake(request); }};
  Pacer pacer{0, clock};
  Budget budget{{}, clock};
  Client client{options(), network.factory(), clock, pacer, budget};
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
