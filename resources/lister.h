// What the service lists, page by page.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/client.h"
#include "profiles/profile.h"
#include "resources/ownership.h"
#include "specs/service.h"

namespace flowlog {

struct Listing {
  bool complete = false;  // every page came and could be read
  std::vector<FlowLog> flow_logs;
  std::optional<Exchange> last;  // the last page's exchange
  std::string trouble;           // when not complete, one sentence
  std::chrono::seconds skew{0};  // how far the endpoint's clock is ahead of ours; 0 when near

  const FlowLog* find(std::string_view flow_log_id) const;
};

struct ListingOptions {
  Params filter;  // "ResourceId", …
  std::string check;
  bool cleanup = false;
};

// All flow logs of the account that pass the filter. Bounded, whatever tokens the endpoint sends.
Listing list_flow_logs(const Service& service, Client::Session& session, const Account& account,
                       const ListingOptions& options);

// What asks for the things that were made for one target; nothing where no filter does.
Params by_target(const Service& service, const std::string& id);

// A fault of the endpoint or the line that may be gone at the next try.
bool passing(const Exchange& exchange);
// What an exchange came to, for a sentence: "HTTP 400 InvalidX", "timeout: …".
std::string outcome(const Exchange& exchange);
// The endpoint asked for fewer requests.
bool throttled(const Service& service, const Exchange& exchange);

}  // namespace flowlog
