#include "engine/preflight.h"

#include <fmt/format.h>

#include <array>
#include <nlohmann/json.hpp>

#include "client/skew.h"
#include "generators/placeholders.h"
#include "generators/requests.h"
#include "oracle/judge.h"
#include "oracle/response.h"

namespace flowlog {
namespace {

constexpr const char* kCheck = "run.preflight";
constexpr std::chrono::minutes kNotableSkew{5};
constexpr std::array kCreatingAccounts = {"default", "other"};

// True iff a common error row with this code has this trigger.
bool triggered_by(const Service& service, const std::string& code,
                  std::string_view authentication) {
  return std::ranges::any_of(service.common, [&](const ErrorRow& row) {
    return row.code == code && std::ranges::any_of(row.triggers, [&](const Trigger& trigger) {
             return trigger.authentication == authentication;
           });
  });
}

std::string reason(const RunContext& run_context, const Response& answer) {
  const Service& service = run_context.service;
  if (triggered_by(service, answer.code, "expired") ||
      triggered_by(service, answer.code, "future")) {
    return "the request's time was refused: check the clock of this machine";
  }
  if (triggered_by(service, answer.code, "unknown-key")) {
    return "the access key is not known there: check the key, and whether it belongs to this "
           "endpoint";
  }
  if (triggered_by(service, answer.code, "wrong-signature")) {
    return fmt::format(
        "the signature was refused: check the secret key, the region ({}) and the "
        "service ({})",
        run_context.profile.region, run_context.profile.service);
  }
  if (triggered_by(service, answer.code, "unknown-service") ||
      triggered_by(service, answer.code, "missing-credential-info") ||
      triggered_by(service, answer.code, "malformed-credential") ||
      triggered_by(service, answer.code, "malformed-authorization")) {
    return fmt::format(
        "the scope of the signature was refused: check the region ({}) and the service ({}) in the "
        "profile",
        run_context.profile.region, run_context.profile.service);
  }
  if (triggered_by(service, answer.code, "bad-session-token")) {
    return "the session token was refused: take a new one, or none for keys of a user";
  }
  if (triggered_by(service, answer.code, "no-permission")) {
    return "the key has no permission for this action: check its policies";
  }
  if (triggered_by(service, answer.code, "unknown-action")) {
    return "it does not know this action: it is no endpoint of this API, or of another version";
  }
  if (answer.http == 401 || answer.http == 403) {
    return "the credentials were refused: check the key and its policies";
  }
  return "the call that must succeed was refused";
}

// An envelope of this API, wrong as it may be.
bool recognisable(const Response& answer) {
  return answer.http / 100 == 2 && answer.body != nullptr &&
         (answer.body->contains("ResponseMetadata") || answer.body->contains("Result"));
}

std::string trouble_of(const RunContext& run_context, const Exchange& exchange,
                       std::string& deviation) {
  const std::string url = run_context.client.options().endpoint.url();
  if (const Failure* failure = exchange.failure()) {
    return fmt::format("No answer from {}: {}.", url, failure->text);
  }
  const WireResponse& response = *exchange.response();
  const Response answer = parse_response(response.status, response.headers, response.body);
  if (answer.kind == Response::Kind::success && answer.at("Result") != nullptr) return {};
  if (recognisable(answer)) {
    deviation = answer.trouble.empty() ? "the answer has no Result" : answer.trouble;
    return {};
  }
  if (answer.kind != Response::Kind::error) {
    return fmt::format("{} is no endpoint of this API: HTTP {}, {}.", url, answer.http,
                       answer.trouble);
  }
  std::string text =
      fmt::format("{} answered {}; {}", url, observed_line(answer), reason(run_context, answer));
  const auto skew = clock_skew(exchange);
  if (skew && std::chrono::abs(*skew) >= kNotableSkew) text += "; " + describe_skew(*skew);
  return text + ".";
}

// Where the profile lists the resource, " (/resources/vpc/0)"; or "".
std::string place_of(const Profile& profile, const std::string& id) {
  std::vector<const Resources*> all{&profile.resources};
  for (const auto& [name, account] : profile.accounts) all.push_back(&account.resources);
  for (const Resources* resources : all) {
    const auto found = resources->pointers.find(id);
    if (found != resources->pointers.end()) return fmt::format(" ({})", found->second);
  }
  return {};
}

std::string strangers_trouble(const Profile& profile, const std::vector<FlowLog>& strangers) {
  std::string text = fmt::format(
      "The profile lists resources for the suite alone, but flow logs stand there that this "
      "machine's journal does not know: ");
  for (std::size_t i = 0; i < strangers.size() && i < 5; ++i) {
    text += fmt::format("{}{} on {}{}", i == 0 ? "" : ", ", strangers[i].id,
                        strangers[i].resource_id, place_of(profile, strangers[i].resource_id));
  }
  if (strangers.size() > 5) text += fmt::format(" and {} more", strangers.size() - 5);
  return text + ". Delete them, or list other resources.";
}

Exchange call_of_preflight(RunContext& run_context, Client::Session& session,
                           const Account& account) {
  Call call;
  const Action& lister = run_context.service.lister();
  call.query = {{"Action", lister.name}, {"Version", lister.contract.version}};
  const std::string& size = lister.parameter(Role::page_size);
  if (!size.empty()) call.query.emplace_back(size, "10");
  call.credentials = &account.credentials;
  call.check = kCheck;
  constexpr int kTries = 3;
  Exchange exchange = session.send(call);
  for (int i = 1; i < kTries && passing(exchange); ++i) exchange = session.send(call);
  return exchange;
}

// The endpoint knows who signed, whatever it answers.
bool refuses_signer(const Service& service, const Response& answer, bool works) {
  const bool authentication = std::ranges::any_of(service.common, [&](const ErrorRow& row) {
    return row.code == answer.code && std::ranges::any_of(row.triggers, [](const Trigger& t) {
             return !t.authentication.empty();
           });
  });
  return authentication || (works && (answer.http == 401 || answer.http == 403));
}

// The profile's other accounts: their keys have to be known. One that stands for a condition may be
// refused for that.
std::string trouble_of_accounts(RunContext& run_context, Client::Session& session) {
  const Profile& profile = run_context.profile;
  for (const auto& [name, account] : profile.accounts) {
    if (name == "default") continue;
    const Exchange exchange = call_of_preflight(run_context, session, account);
    const WireResponse* response = exchange.response();
    if (response == nullptr) continue;
    const Response answer = parse_response(response->status, response->headers, response->body);
    const bool works = std::ranges::find(kCreatingAccounts, name) != kCreatingAccounts.end();
    if (answer.kind != Response::Kind::error) continue;
    if (!refuses_signer(run_context.service, answer, works)) continue;
    return fmt::format("{}: /accounts/{}: {} answered {}; {}.", profile.file, name,
                       run_context.client.options().endpoint.url(), observed_line(answer),
                       reason(run_context, answer));
  }
  return {};
}

// Resources that stand for conditions are never created on, so one request that has to be refused
// tells whether they are known.
void look_at_conditions(RunContext& run_context, Client::Session& session, const Account& account) {
  const Action& creator = run_context.service.creator();
  for (const auto& [condition, resource] : run_context.profile.resources.conditions) {
    Params params = smallest_request(creator.contract, resource.type);
    set(params, creator.parameter(Role::target_id), resource.id);
    for (auto& [name, value] : params) {
      value = with_unique(std::move(value), unique_letters(run_context.run, run_context.next++));
    }
    Call call;
    call.query = params;
    call.may_create = true;
    call.check = kCheck;
    const Creation creation = run_context.tracker.create(session, std::move(call), account);
    if (const WireResponse* response = creation.exchange.response()) {
      run_context.claims.see(params, account,
                             parse_response(response->status, response->headers, response->body),
                             true);
    }
    run_context.tracker.remove(session, creation);
    if (!run_context.claims.fault().empty()) return;
  }
}

// Nothing is known of the profile's resources until something is created on them; the rest of what
// it claims is looked at here.
std::string trouble_of_profile(RunContext& run_context, Client::Session& session,
                               const Account& account) {
  std::string trouble = contradiction(run_context.profile);
  if (trouble.empty()) trouble = trouble_of_accounts(run_context, session);
  if (trouble.empty() && run_context.profile.may_create) {
    look_at_conditions(run_context, session, account);
    trouble = run_context.claims.fault();
  }
  return trouble;
}

// Places of the account's quota that are taken by others.
void occupy(RunContext& run_context, Client::Session& session, Preflight& result) {
  for (const char* name : kCreatingAccounts) {
    const Account* account = run_context.profile.account(name);
    if (account == nullptr) continue;
    const Listing listing = run_context.tracker.list(session, *account, {}, kCheck);
    if (!listing.complete || listing.flow_logs.empty()) continue;
    run_context.lease_pool.occupy(name, static_cast<int>(listing.flow_logs.size()));
    const std::size_t n = listing.flow_logs.size();
    result.notices.push_back(
        n == 1
            ? fmt::format("A flow log of others stands in the account {} and takes up its quota.",
                          name)
            : fmt::format("{} flow logs of others stand in the account {} and take up its quota.",
                          n, name));
  }
}

}  // namespace

Preflight preflight(RunContext& run_context, Client::Session& session) {
  Preflight result;
  const Account* account = run_context.profile.account("default");
  if (account == nullptr) {
    result.trouble =
        "There are no credentials: give accounts.default in the profile, or set "
        "VOLCENGINE_ACCESS_KEY and VOLCENGINE_SECRET_KEY.";
    return result;
  }
  const Exchange exchange = call_of_preflight(run_context, session, *account);
  result.trouble = run_context.redactor(trouble_of(run_context, exchange, result.deviation));
  result.deviation = run_context.redactor(result.deviation);
  if (!result.trouble.empty() || !result.deviation.empty()) {
    result.exchange = evidence(exchange, run_context.redactor);
  }
  if (!result.trouble.empty()) return result;
  const auto skew = clock_skew(exchange);
  if (skew && std::chrono::abs(*skew) >= kNotableSkew) {
    std::string notice = describe_skew(*skew);
    notice.front() = 'T';
    result.notices.push_back(notice + ".");
  }
  if (!run_context.profile_is_certain && result.deviation.empty()) {
    result.trouble = run_context.redactor(trouble_of_profile(run_context, session, *account));
    if (!result.trouble.empty()) return result;
  }
  if (!run_context.profile.may_create) return result;
  std::string trouble;
  const std::vector<FlowLog> strangers = run_context.tracker.strangers(session, trouble);
  if (!trouble.empty() && !result.deviation.empty()) {
    result.may_create = false;
  } else if (!trouble.empty()) {
    result.trouble =
        fmt::format("What stands on the profile's resources at {} could not be read: {}",
                    run_context.client.options().endpoint.url(), trouble);
  } else if (!strangers.empty()) {
    result.trouble = strangers_trouble(run_context.profile, strangers);
  } else {
    occupy(run_context, session, result);
  }
  return result;
}

}  // namespace flowlog
