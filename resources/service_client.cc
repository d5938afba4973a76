#include "resources/service_client.h"

#include <algorithm>

namespace flowlog {

void set_service(ClientOptions& options, const Service& service) {
  options.idempotency_parameter = service.creator().parameter(Role::token);
  options.throttle_codes.clear();
  for (const ErrorRow& row : service.common) {
    const bool throttles = std::ranges::any_of(
        row.triggers, [](const Trigger& trigger) { return trigger.service == "throttled"; });
    if (throttles) options.throttle_codes.push_back(row.code);
  }
}

}  // namespace flowlog
