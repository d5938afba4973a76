// What the head of an answer says about the answer's end, read strictly. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "client/wire.h"

namespace flowlog {

struct AnswerHead {
  int status = 0;
  Headers headers;
  std::optional<std::uint64_t> length;  // Content-Length, of an answer that has a body
  bool no_body = false;                 // 1xx, 204 and 304
  bool chunked = false;
  bool keep_alive = true;  // neither "Connection: close" nor a body without end
  std::string fault;       // one sentence where the head contradicts itself; else empty
};

// A fault is also an interim answer (1xx): the library hands out only the last one.
AnswerHead read_head(int status, Headers headers);

}  // namespace flowlog
