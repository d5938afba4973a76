#include "oracle/judgeable.h"

#include <fmt/format.h>

#include <algorithm>

namespace flowlog {
bool asks_to_wait(const ContractView& documented, const Response& answer) {
  if (answer.http == 429 || answer.http == 503) return true;
  return answer.kind == Response::Kind::error && documented.throttles(answer.code);
}

std::optional<Judgeable> Judgeable::of(const ContractView& documented, const Response& answer) {
  if (answer.kind == Response::Kind::none || asks_to_wait(documented, answer)) return std::nullopt;
  return Judgeable(answer);
}

std::string why_not_judgeable(const Response& answer) {
  if (answer.kind == Response::Kind::none) {
    return fmt::format("nothing to judge: {}", answer.trouble);
  }
  return "the endpoint is throttling: the request was not answered";
}

}  // namespace flowlog
