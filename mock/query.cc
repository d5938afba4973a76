#include "mock/query.h"

#include <algorithm>

#include "base/percent.h"

namespace flowlog::mock {

Params parse_query(std::string_view query, bool plus_is_space) {
  Params params;
  while (!query.empty()) {
    const std::string_view piece = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(piece.size() + 1, query.size()));
    if (piece.empty()) continue;
    const std::size_t equals = piece.find('=');
    const std::string_view value =
        equals == std::string_view::npos ? std::string_view() : piece.substr(equals + 1);
    params.emplace_back(percent_decode(piece.substr(0, equals), plus_is_space),
                        percent_decode(value, plus_is_space));
  }
  return params;
}

RequestTarget parse_target(std::string_view target, bool plus_is_space) {
  target = target.substr(0, target.find('#'));
  const std::size_t mark = target.find('?');
  RequestTarget parsed;
  parsed.path = target.substr(0, mark);
  if (mark != std::string_view::npos) {
    parsed.query = parse_query(target.substr(mark + 1), plus_is_space);
  }
  return parsed;
}

}  // namespace flowlog::mock
