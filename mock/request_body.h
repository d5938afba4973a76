// The parameters that a request carries in its body.
#pragma once

#include <optional>

#include "base/params.h"
#include "mock/behaviour.h"
#include "mock/request.h"
#include "mock/rows.h"

namespace flowlog::mock {

struct BodyReading {
  Params params;
  std::optional<Refusal> refusal;  // no page documents it: Refusal::row is empty
};

// A form, or JSON (by Content-Type) on a POST. No page allows JSON, and none forbids it; the
// official clients offer it, so it is read. {"Tags":[{"Key":"k"}]} is Tags.1.Key=k, as those
// clients write the same in a query; null counts as left out. An empty body is nothing, whatever
// its type. Any other body is refused: a parameter that is dropped in silence serves nobody.
BodyReading read_body(const HttpRequest& request, const Behaviour& behaviour);

}  // namespace flowlog::mock
