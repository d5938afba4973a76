// An answer that can be held against the documentation.
#pragma once

#include <optional>
#include <string>

#include "oracle/response.h"
#include "specs/contract.h"

namespace flowlog {

// True iff the answer asks to come again later (429, 503, or a row's code for throttling): it says
// nothing about the request.
bool asks_to_wait(const ContractView& documented, const Response& answer);

// What an endpoint said about a request. Nothing that came, and an answer that asks to come again
// later, never become one; and whatever accuses an endpoint takes this type. So no answer accuses
// nobody.
class Judgeable {
 public:
  static std::optional<Judgeable> of(const ContractView& documented, const Response& answer);
  const Response& response() const { return response_; }

 private:
  explicit Judgeable(Response response) : response_(std::move(response)) {}

  Response response_;
};

// Why it is none, no full stop. REQUIRES: Judgeable::of() gave nothing.
std::string why_not_judgeable(const Response& answer);

}  // namespace flowlog
