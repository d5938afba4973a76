#include "generators/placeholders.h"

namespace flowlog {

std::string with_unique(std::string value, std::string_view eight) {
  const auto at = value.find(kUnique);
  if (at != std::string::npos) value.replace(at, kUnique.size(), eight);
  return value;
}

std::string resource_placeholder(std::string_view type) {
  return "@" + std::string(type);
}

bool is_token(const Parameter& parameter) {
  return parameter.name == "ClientToken";
}

}  // namespace flowlog
