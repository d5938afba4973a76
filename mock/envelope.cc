#include "mock/envelope.h"

namespace flowlog::mock {

using Json = nlohmann::json;

Json envelope(const Echo& echo, const Outcome& outcome) {
  Json metadata = {{"RequestId", echo.request_id},
                   {"Action", echo.action},
                   {"Version", echo.version},
                   {"Service", echo.service},
                   {"Region", echo.region}};
  if (const auto* result = std::get_if<Json>(&outcome)) {
    Json filled = *result;
    filled["RequestId"] = echo.request_id;
    return {{"ResponseMetadata", metadata}, {"Result", filled}};
  }
  const auto& refusal = std::get<Refusal>(outcome);
  metadata["Error"] = {{"Code", refusal.code}, {"Message", refusal.message}};
  if (refusal.code_n) metadata["Error"]["CodeN"] = *refusal.code_n;
  return {{"ResponseMetadata", metadata}};
}

HttpResponse respond(const Json& answer, int status) {
  HttpResponse response;
  response.status = status;
  response.headers = {{"Content-Type", "application/json; charset=utf-8"}};
  response.body = answer.dump(-1, ' ', false, Json::error_handler_t::replace);
  return response;
}

}  // namespace flowlog::mock
