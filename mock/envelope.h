// The JSON that every answer wears.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "mock/actions.h"
#include "mock/request.h"

namespace flowlog::mock {

// What an answer repeats of its request.
struct Echo {
  std::string request_id;
  std::string action;
  std::string version;
  std::string service;
  std::string region;
};

// The place in Result of a path such as "Result.FlowLogs[]", made where it is missing. REQUIRES
// that the path begins with Result.
nlohmann::json& in_result(nlohmann::json& result, std::string_view path);

nlohmann::json envelope(const Echo& echo, const Outcome& outcome);

// Compact JSON; text that is no UTF-8 is repaired.
HttpResponse respond(const nlohmann::json& answer, int status);

}  // namespace flowlog::mock
