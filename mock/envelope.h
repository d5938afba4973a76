// The JSON that every answer wears.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

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

nlohmann::json envelope(const Echo& echo, const Outcome& outcome);

// Compact JSON; text that is no UTF-8 is repaired.
HttpResponse respond(const nlohmann::json& answer, int status);

}  // namespace flowlog::mock
