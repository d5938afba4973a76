#include "mock/query.h"

namespace flowlog::mock {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

std::string percent_decode(std::string_view text, bool plus_is_space) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escape = text[i] == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 &&
                        hex_digit(text[i + 2]) >= 0;
    if (escape) {
      out += static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
      i += 2;
    } else {
      out += plus_is_space && text[i] == '+' ? ' ' : text[i];
    }
  }
  return out;
}

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
