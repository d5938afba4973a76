// An endpoint's answer, understood as far as it can be. Pure: bytes in, value out.
#pragma once

#include <cstdint>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace flowlog {

struct Response {
  enum class Kind {
    success,  // the envelope without an error, whatever its HTTP status
    error,    // the envelope, or a gateway's flat form, with an error
    alien,    // something else: no answer of this API, see trouble
    none,     // nothing came back, see trouble
  };

  Kind kind = Kind::none;
  int http = 0;
  std::string content_type;
  std::string trouble;  // one sentence for alien and none, no full stop: "the body is empty"

  // What could be read, also of an alien answer; empty where it is missing or of another type.
  std::string code;
  std::string message;
  std::optional<std::int64_t> code_n;
  std::string request_id;         // ResponseMetadata.RequestId
  std::string result_request_id;  // Result.RequestId
  std::string thing_id;           // at the path that parse_response() was given
  std::string thing_member;       // the last name of that path
  bool flat = false;              // the gateway's {HTTPCode, errorcode, message}

  // The value at a dotted path, "Result.FlowLogId", "Result.FlowLogs.0.Status"; nullptr when there
  // is none. Valid as long as this or a copy of it lives.
  const nlohmann::json* at(std::string_view path) const;
  // The text there, or "" when it is none.
  std::string text(std::string_view path) const;

  std::shared_ptr<const nlohmann::json> body;  // null when the body is no JSON object
};

// `id_path`: where a creator's answer holds the id of what it made, "Result.FlowLogId". Never
// throws for what a server sent, and takes time and memory in proportion to its size.
Response parse_response(int http, const std::vector<std::pair<std::string, std::string>>& headers,
                        std::string_view body, std::string_view id_path = "");

// No answer came; `why` is one sentence.
Response no_response(std::string why);

}  // namespace flowlog
