// What a creation makes beside the thing, where the service has one thing within another.
#pragma once

#include <optional>
#include <string>

#include "specs/service.h"

namespace flowlog {

// Parameters that name them, and members that show their ids.
struct LeftNames {
  std::string outer;  // a log project
  std::string inner;  // a log topic in it
  std::string outer_id;
  std::string inner_id;
};

// Nothing where the service has no such pair, or its list does not show both.
std::optional<LeftNames> left_names(const Service& service);

}  // namespace flowlog
