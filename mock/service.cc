#include "mock/service.h"

#include <fmt/format.h>

#include "base/clock.h"
#include "base/text.h"

namespace flowlog::mock {
namespace {

// Words of the parameter's value list, or what the contract is called by.
bool takes(const Contract& contract, const char* parameter, const std::string& fallback,
           const std::optional<std::string>& value) {
  if (!value) return false;
  const Parameter* known = contract.parameter(parameter);
  const Rule* rule = known == nullptr ? nullptr : known->rule("values");
  if (rule == nullptr) return *value == fallback;
  return std::find(rule->words.begin(), rule->words.end(), *value) != rule->words.end();
}

bool is_form(const HttpRequest& request) {
  return lower_ascii(header(request.headers, "Content-Type"))
      .starts_with("application/x-www-form-urlencoded");
}

}  // namespace

Service::Service(const flowlog::Service& service, const Behaviour& behaviour, const Timing& timing,
                 Clock& clock, std::vector<Tenant> accounts, const std::string& region,
                 double max_rps)
    : service_(service),
      behaviour_(behaviour),
      rows_(service_, service_.creator().contract, behaviour_),
      backend_(service_, behaviour_, timing, clock, std::move(accounts)),
      served_{region, service_.name},
      authenticator_(rows_, behaviour_, backend_, served_),
      max_rps_(max_rps),
      latency_(static_cast<int>(timing.latency.count())) {}

HttpResponse Service::answer(const HttpRequest& request) {
  const long serial = ++requests_;
  const RequestTarget target = parse_target(request.target);
  const BodyReading said = arguments(request);
  const Params& params = said.params;
  const Echo asked{next_request_id(), find(params, "Action").value_or(""),
                   find(params, "Version").value_or(""), "", ""};
  Verdict verdict;
  if (auto refusal = refuse_load(serial)) {
    verdict = {*refusal, served_};
  } else {
    verdict = decide(request, target, said);
  }
  Echo echo = asked;
  echo.service = verdict.scope.service;
  echo.region = verdict.scope.region;

  const auto* refusal = std::get_if<Refusal>(&verdict.outcome);
  const Told told = note(echo.action, refusal == nullptr, serial, echo.request_id, verdict.outcome);
  nlohmann::json body = envelope(echo, verdict.outcome);
  for (const Edit& edit : behaviour_.edits) edit(body, told);
  HttpResponse response = respond(body, refusal == nullptr ? 200 : refusal->http);
  response.close = !behaviour_.keep_alive;
  for (const Finish& finish : behaviour_.finishes) finish(response, told);
  response.delay_ms += latency_;
  return response;
}

Service::Verdict Service::decide(const HttpRequest& request, const RequestTarget& target,
                                 const BodyReading& arguments) {
  if (auto refusal = refuse_method(request)) return {*refusal, served_};
  const auto identified = authenticator_.identify(request, target);
  if (const auto* refusal = std::get_if<Refusal>(&identified)) return {*refusal, served_};
  const auto& identity = std::get<Identity>(identified);
  if (arguments.refusal) return {*arguments.refusal, identity.scope};
  return {dispatch(*identity.account, arguments.params), identity.scope};
}

BodyReading Service::arguments(const HttpRequest& request) const {
  const bool query_counts =
      !behaviour_.type_decides || request.method != "GET" || !is_form(request);
  const RequestTarget target = parse_target(request.target, !behaviour_.plus_kept);
  BodyReading said = read_body(request, behaviour_);
  Params all = without_signature(target.query);
  if (!query_counts) {
    std::erase_if(all, [](const auto& p) { return p.first != "Action" && p.first != "Version"; });
  }
  all.insert(all.end(), said.params.begin(), said.params.end());
  said.params = std::move(all);
  return said;
}

std::optional<Refusal> Service::refuse_method(const HttpRequest& request) const {
  const bool known = request.method == "GET" || (request.method == "POST" && !behaviour_.get_alone);
  if (known || behaviour_.auth.no_method_check) return std::nullopt;
  return rows_.for_authentication("wrong-method");
}

std::optional<Refusal> Service::refuse_load(long serial) {
  const int every = behaviour_.throttle_every;
  if (every > 0 && serial % every == 0) return rows_.for_service("throttled");
  if (max_rps_ <= 0) return std::nullopt;
  const std::lock_guard lock(mutex_);
  const Instant now = backend_.clock().now();
  // Below one a second the window is as long as one request takes to be allowed.
  const std::chrono::duration<double> window(max_rps_ < 1 ? 1 / max_rps_ : 1);
  const auto span = std::chrono::duration_cast<Duration>(window);
  while (!recent_.empty() && recent_.front() <= now - span) recent_.pop_front();
  if (static_cast<double>(recent_.size()) + 1 > std::max(max_rps_, 1.0))
    return rows_.for_service("throttled");
  recent_.push_back(now);
  return std::nullopt;
}

Outcome Service::dispatch(Tenant& account, const Params& params) {
  const auto action = find(params, "Action");
  const auto version = find(params, "Version");
  if (account.forbidden) {
    if (auto refusal = rows_.for_authentication("no-permission")) return *refusal;
  }
  for (const char* name : {"Action", "Version"}) {
    const Parameter* parameter = service_.creator().contract.parameter(name);
    if (parameter == nullptr || find(params, name) || !parameter->required) continue;
    if (auto refusal = rows_.for_missing(*parameter)) return *refusal;
  }
  for (const Action& each : service_.actions) {
    if (!takes(each.contract, "Action", each.contract.action, action)) continue;
    const bool current = takes(each.contract, "Version", each.contract.version, version);
    if (current || behaviour_.auth.no_version_check) return carry_out(each, account, params);
  }
  const Action& creator = service_.creator();
  const bool dated = takes(creator.contract, "Version", creator.contract.version, version);
  if (behaviour_.auth.no_action_check && dated) return carry_out(creator, account, params);
  auto refusal =
      rows_.for_authentication("unknown-action", {action.value_or(""), version.value_or("")});
  if (refusal) return *refusal;
  return carry_out(creator, account, params);
}

Outcome Service::carry_out(const Action& action, Tenant& account, const Params& params) {
  const Rows rows(service_, action.contract, behaviour_);
  const Site site{service_, action, behaviour_, rows, backend_};
  switch (action.effect) {
    case Effect::create:
      return create(site, account, params);
    case Effect::read:
      return list(site, account, params);
    case Effect::read_tags:
      return list_tags(site, account, params);
    case Effect::remove:
      return remove(site, account, params);
    case Effect::tag:
      return tag(site, account, params);
    case Effect::untag:
      return untag(site, account, params);
    case Effect::update:
    case Effect::transition:
      break;
  }
  return change(site, account, params);
}

Told Service::note(const std::string& action, bool success, long serial,
                   const std::string& request_id, const Outcome& outcome) {
  const std::lock_guard lock(mutex_);
  Told told{action, success, serial, 0, request_id, last_request_id_, last_flow_log_id_};
  if (action_serials_.size() < 1000 || action_serials_.contains(action)) {
    told.action_serial = ++action_serials_[action];
  }
  last_request_id_ = request_id;
  const Action& creator = service_.creator();
  const auto* result = std::get_if<nlohmann::json>(&outcome);
  if (result != nullptr && action == creator.name) {
    nlohmann::json copy = *result;
    const nlohmann::json& id = in_result(copy, creator.answer_id);
    if (id.is_string()) last_flow_log_id_ = id;
  }
  return told;
}

// Of the documented form: the time, then hexadecimal digits.
std::string Service::next_request_id() {
  const std::string time = basic_time(backend_.clock().wall());
  return fmt::format("{}{}{:018X}", time.substr(0, 8), time.substr(9, 6), ++request_ids_);
}

}  // namespace flowlog::mock
