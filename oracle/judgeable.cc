#include "oracle/judgeable.h"

#include <fmt/format.h>

#include <algorithm>

namespace flowlog {
namespace {

bool throttles(const ErrorRow& row, const std::string& code) {
  return row.code == code && std::ranges::any_of(row.triggers, [](const Trigger& trigger) {
           return trigger.service == "throttled";
         });
}

}  // namespace

bool asks_to_wait(const ContractView& documented, const Response& answer) {
  if (answer.http == 429 || answer.http == 503) return true;
  if (answer.kind != Response::Kind::error) return false;
  return std::ranges::any_of(documented.rows(),
                             [&](const ErrorRow* row) { return throttles(*row, answer.code); });
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
