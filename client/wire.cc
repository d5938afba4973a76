#include "client/wire.h"

#include "base/text.h"

namespace flowlog {

std::string header(const Headers& headers, std::string_view name) {
  const std::string wanted = lower_ascii(name);
  for (const auto& [key, value] : headers) {
    if (lower_ascii(key) == wanted) return value;
  }
  return "";
}

std::string_view name(Failure::Kind kind) {
  switch (kind) {
    case Failure::Kind::unreachable:
      return "unreachable";
    case Failure::Kind::tls:
      return "tls";
    case Failure::Kind::timeout:
      return "timeout";
    case Failure::Kind::reset:
      return "reset";
    case Failure::Kind::malformed:
      return "malformed";
    case Failure::Kind::too_large:
      return "too_large";
    case Failure::Kind::cancelled:
      return "cancelled";
    case Failure::Kind::exhausted:
      return "exhausted";
  }
  return "unknown";
}

}  // namespace flowlog
