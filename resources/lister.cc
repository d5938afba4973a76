#include "resources/lister.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "client/skew.h"

namespace flowlog {
namespace {

using std::chrono::seconds;

constexpr int kMaxPages = 50;
constexpr int kReadings = 3;              // reading again costs nothing
constexpr const char* kPageSize = "100";  // the most that a page may hold
constexpr seconds kNear{5};               // a Date header tells whole seconds
constexpr seconds kFar{20 * 60};          // beyond this no signature would be accepted

seconds measured_skew(const Exchange& exchange) {
  const seconds ahead = -clock_skew(exchange).value_or(seconds(0));
  return abs(ahead) < kNear || abs(ahead) > kFar ? seconds(0) : ahead;
}

// The longest page that the rules allow.
std::string page_size(const Action& lister) {
  const Parameter* size = lister.contract.parameter(lister.parameter(Role::page_size));
  for (const Rule& rule : size->rules) {
    if (rule.kind == RuleKind::range) return std::to_string(rule.max);
  }
  return kPageSize;
}

Call call_for(const Action& lister, const Account& account, const ListingOptions& options) {
  Call call;
  call.query = {{"Action", lister.name}, {"Version", lister.contract.version}};
  call.query.insert(call.query.end(), options.filter.begin(), options.filter.end());
  if (const std::string& size = lister.parameter(Role::page_size); !size.empty()) {
    call.query.emplace_back(size, page_size(lister));
  }
  call.credentials = &account.credentials;
  call.check = options.check;
  call.cleanup = options.cleanup;
  return call;
}

}  // namespace

const FlowLog* Listing::find(std::string_view flow_log_id) const {
  const auto it = std::ranges::find(flow_logs, flow_log_id, &FlowLog::id);
  return it == flow_logs.end() ? nullptr : &*it;
}

Listing list_flow_logs(const Service& service, Client::Session& session, const Account& account,
                       const ListingOptions& options) {
  Listing listing;
  std::set<std::string> tokens;
  const Action& lister = service.lister();
  Call call = call_for(lister, account, options);
  for (int page = 0; page < kMaxPages; ++page) {
    for (int i = 0; i < kReadings; ++i) {
      listing.last = session.send(call);
      if (!passing(*listing.last)) break;
    }
    const WireResponse* response = listing.last->response();
    auto read = response != nullptr && response->status / 100 == 2
                    ? read_page(service, response->body)
                    : std::nullopt;
    if (!read) {
      listing.trouble = fmt::format("{} was answered with {}", lister.name, outcome(*listing.last));
      return listing;
    }
    listing.skew = measured_skew(*listing.last);
    std::ranges::move(read->flow_logs, std::back_inserter(listing.flow_logs));
    if (read->next_token.empty()) {
      listing.complete = true;
      return listing;
    }
    if (!tokens.insert(read->next_token).second) break;
    set(call.query, lister.parameter(Role::page_token), read->next_token);
  }
  listing.trouble = fmt::format("the pages of {} do not end", lister.name);
  return listing;
}

Params by_target(const Service& service, const std::string& id) {
  const std::string& name = service.lister().parameter(Role::target_id);
  return name.empty() ? Params{} : Params{{name, id}};
}

bool passing(const Exchange& exchange) {
  if (const Failure* failure = exchange.failure()) return failure->kind == Failure::Kind::reset;
  return exchange.response()->status / 100 == 5;
}

std::string outcome(const Exchange& exchange) {
  if (const Failure* failure = exchange.failure()) {
    return fmt::format("{}: {}", name(failure->kind), failure->text);
  }
  const WireResponse& response = *exchange.response();
  const std::string code = read_error_code(response.body);
  if (!code.empty()) return fmt::format("HTTP {} {}", response.status, code);
  if (response.status / 100 != 2) return fmt::format("HTTP {}", response.status);
  return fmt::format("HTTP {} and a body that is not this API's", response.status);
}

bool throttled(const Service& service, const Exchange& exchange) {
  const WireResponse* response = exchange.response();
  if (response == nullptr || response->status / 100 == 2) return false;
  if (response->status == 429 || response->status == 503) return true;
  return ContractView(service).throttles(read_error_code(response->body));
}

}  // namespace flowlog
