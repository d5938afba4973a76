// How an HTTP/1 answer says where it begins and ends, read strictly: what contradicts itself is
// refused with one sentence. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "client/wire.h"

namespace flowlog {

struct AnswerHead {
  enum class Body { none, sized, chunked, until_close };

  int status = 0;
  Headers headers;  // raw values, in order
  Body body = Body::until_close;
  std::uint64_t length = 0;  // of a sized body
  bool keep_alive = true;
};

// `text` is everything up to the empty line, in lines that end in LF or CRLF. `method` is the
// request's. Returns the sentence when this is no head of an answer.
std::variant<AnswerHead, std::string> parse_head(std::string_view text, std::string_view method);

// The size in a chunk's first line (CRLF included; extensions are ignored), or the sentence.
std::variant<std::uint64_t, std::string> parse_chunk_size(std::string_view line);

// Exactly `request`'s bytes; Content-Length is added to a body that comes without. `target` stands
// in for the request's own (a proxy wants the whole address).
std::string wire_bytes(const WireRequest& request, std::string_view target);

// The name of the first header that cannot be written as one line, or "".
std::string unwritable(const WireRequest& request);

}  // namespace flowlog
