// The mock reads any request target, and answers any request with its envelope.
#include "mock/query.h"

#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>

#include "base/clock.h"
#include "mock/seed.h"
#include "mock/service.h"
#include "specs/load.h"

namespace {

using namespace flowlog;
using namespace flowlog::mock;

mock::Service& service() {
  static const Behaviour behaviour;
  static mock::Service one(built_in_service(), behaviour, {}, system_clock(),
                           seed_accounts(built_in_service(), 2), "cn-beijing", 0);
  return one;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const RequestTarget target = parse_target(text);
  std::size_t bytes = target.path.size();
  for (const auto& [name, value] : target.query) bytes += name.size() + value.size();
  if (bytes > size) __builtin_trap();

  const Credentials& keys = service().backend().by_name("default").credentials;
  for (const WireRequest& wire :
       {WireRequest{"GET", text, {{"Authorization", text}, {"X-Date", text}}, ""},
        WireRequest{"POST", "/", {{"Content-Type", "application/x-www-form-urlencoded"}}, text},
        sign("GET", "mock", "/", target.query, "", {}, keys, {"cn-beijing", "vpc"},
             system_clock().wall())}) {
    const auto response = service().answer({wire.method, wire.target, wire.headers, wire.body});
    if (!nlohmann::json::parse(response.body).contains("ResponseMetadata")) __builtin_trap();
  }
  return 0;
}
