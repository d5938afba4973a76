// The request target, read byte by byte: the query percent-decoded once, order and repetitions
// kept.
#pragma once

#include <string>
#include <string_view>

#include "base/params.h"

namespace flowlog::mock {

struct RequestTarget {
  std::string path;  // before the '?', as it was sent: so it is signed
  Params query;
};

// `plus_is_space` as below.
RequestTarget parse_target(std::string_view target, bool plus_is_space = true);

// "a=1&b&c=" to {a,1} {b,""} {c,""}; empty pieces are skipped. Only the first '=' of a piece
// separates. Where `plus_is_space`, a bare '+' is a space, as the official Go and Node clients send
// it (they sign %20); a plus comes as %2B. A '%' without two hex digits stands for itself.
Params parse_query(std::string_view query, bool plus_is_space = true);

}  // namespace flowlog::mock
