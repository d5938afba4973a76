#include "mock/request_body.h"

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "mock/query.h"

namespace flowlog::mock {
namespace {

using Json = nlohmann::json;

constexpr int deepest = 16;

Refusal refused(int http, const char* code, const std::string& message) {
  Refusal refusal;
  refusal.http = http;
  refusal.code = code;
  refusal.message = message;
  return refusal;
}

Refusal unsupported() {
  return refused(415, "UnsupportedMediaType",
                 "The body of the request is neither a form nor JSON, or the method takes none.");
}

Refusal malformed() {
  return refused(400, "InvalidRequestBody", "The body of the request is no JSON object.");
}

// "application/json; charset=utf-8" to "application/json".
std::string media_type(const HttpRequest& request) {
  const std::string type = lower_ascii(header(request.headers, "Content-Type"));
  return std::string(trimmed(std::string_view(type).substr(0, type.find(';'))));
}

// Appends `value` under its dotted name; an index counts from 1.
void flatten(const std::string& name, const Json& value, Params& params) {
  if (value.is_object()) {
    for (const auto& [key, inner] : value.items()) flatten(name + '.' + key, inner, params);
  } else if (value.is_array()) {
    for (std::size_t i = 0; i < value.size(); ++i) {
      flatten(name + '.' + std::to_string(i + 1), value[i], params);
    }
  } else if (value.is_string()) {
    params.emplace_back(name, value.get<std::string>());
  } else if (!value.is_null()) {
    params.emplace_back(name, value.dump());
  }
}

BodyReading read_json(const std::string& body) {
  bool too_deep = false;
  const Json::parser_callback_t bounded = [&](int depth, Json::parse_event_t, Json&) {
    too_deep |= depth > deepest;
    return !too_deep;
  };
  const Json parsed = Json::parse(body, bounded, false);
  if (too_deep || !parsed.is_object()) return {{}, malformed()};
  BodyReading reading;
  for (const auto& [name, value] : parsed.items()) flatten(name, value, reading.params);
  return reading;
}

}  // namespace

BodyReading read_body(const HttpRequest& request, const Behaviour& behaviour) {
  if (request.body.empty()) return {};
  if (request.method != "POST") return {{}, unsupported()};
  const std::string type = media_type(request);
  if (type == "application/x-www-form-urlencoded") {
    return {behaviour.form_ignored ? Params{} : parse_query(request.body), {}};
  }
  if (type != "application/json" || behaviour.json == Behaviour::Json::refused) {
    return {{}, unsupported()};
  }
  if (behaviour.json == Behaviour::Json::ignored) return {};
  return read_json(request.body);
}

}  // namespace flowlog::mock
