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
constexpr const char* kPageSize = "100";  // the most that MaxResults allows
constexpr seconds kNear{5};               // a Date header tells whole seconds
constexpr seconds kFar{20 * 60};          // beyond this no signature would be accepted

seconds measured_skew(const Exchange& exchange) {
  const seconds ahead = -clock_skew(exchange).value_or(seconds(0));
  return abs(ahead) < kNear || abs(ahead) > kFar ? seconds(0) : ahead;
}

Call call_for(const Contract& describe, const Account& account, const ListingOptions& options) {
  Call call;
  call.query = {{"Action", describe.action}, {"Version", describe.version}};
  call.query.insert(call.query.end(), options.filter.begin(), options.filter.end());
  call.query.emplace_back("MaxResults", kPageSize);
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

Listing list_flow_logs(const Api& api, Client::Session& session, const Account& account,
                       const ListingOptions& options) {
  Listing listing;
  std::set<std::string> tokens;
  Call call = call_for(api.describe, account, options);
  for (int page = 0; page < kMaxPages; ++page) {
    for (int i = 0; i < kReadings; ++i) {
      listing.last = session.send(call);
      if (!passing(*listing.last)) break;
    }
    const WireResponse* response = listing.last->response();
    auto read = response != nullptr && response->status / 100 == 2 ? read_page(response->body)
                                                                   : std::nullopt;
    if (!read) {
      listing.trouble =
          fmt::format("{} was answered with {}", api.describe.action, outcome(*listing.last));
      return listing;
    }
    listing.skew = measured_skew(*listing.last);
    std::ranges::move(read->flow_logs, std::back_inserter(listing.flow_logs));
    if (read->next_token.empty()) {
      listing.complete = true;
      return listing;
    }
    if (!tokens.insert(read->next_token).second) break;
    set(call.query, "NextToken", read->next_token);
  }
  listing.trouble = fmt::format("the pages of {} do not end", api.describe.action);
  return listing;
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

bool throttled(const Api& api, const Exchange& exchange) {
  const WireResponse* response = exchange.response();
  if (response == nullptr || response->status / 100 == 2) return false;
  if (response->status == 429 || response->status == 503) return true;
  const std::string code = read_error_code(response->body);
  return std::ranges::any_of(api.common, [&](const ErrorRow& row) {
    return row.code == code && std::ranges::any_of(row.triggers, [](const Trigger& trigger) {
             return trigger.service == "throttled";
           });
  });
}

}  // namespace flowlog
