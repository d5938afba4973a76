// A request that keeps every rule, and the world it is sent to.
#pragma once

#include "oracle/violations.h"

namespace flowlog {

inline Inventory small_world() {
  return {{{"vpc-a", "vpc"}, {"subnet-a", "subnet"}}, {"team-a"}};
}

inline Params good_request() {
  return {{"Action", "CreateFlowLog"}, {"Version", "2020-04-01"}, {"FlowLogName", "a"},
          {"ResourceType", "vpc"},     {"ResourceId", "vpc-a"},   {"TrafficType", "All"},
          {"LogProjectName", "abc"},   {"LogTopicName", "abc"}};
}

// The good request with more parameters behind it; a name it has stands twice then.
inline Params good_request_and(const Params& more) {
  Params params = good_request();
  params.insert(params.end(), more.begin(), more.end());
  return params;
}

// The good request with other values for names it may have.
inline Params good_request_with(const Params& changes) {
  Params params = good_request();
  for (const auto& [name, value] : changes) set(params, name, value);
  return params;
}

inline Params good_request_without(std::string_view name) {
  Params params = good_request();
  erase(params, name);
  return params;
}

}  // namespace flowlog
