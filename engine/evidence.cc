#include "engine/evidence.h"

#include <algorithm>
#include <array>

#include "base/percent.h"
#include "base/text.h"

namespace flowlog {
namespace {

constexpr std::size_t kLongestSecret = 16384;  // in any form in which it can be sent back
constexpr std::array kSecretNames = {"authorization",        "x-security-token", "x-signature",
                                     "proxy-authorization",  "cookie",           "x-credential",
                                     "set-cookie",           "set-cookie2",      "x-auth-token",
                                     "x-amz-security-token", "x-amz-credential", "x-amz-signature"};

bool secret_name(std::string_view name) {
  return std::ranges::find(kSecretNames, lower_ascii(name)) != kSecretNames.end();
}

// The hex signature of an Authorization header or a signed query, so that its echo can be removed.
std::string signature_in(std::string_view text) {
  constexpr std::string_view kMark = "Signature=";
  const std::size_t at = text.rfind(kMark);
  if (at == std::string_view::npos) return {};
  const std::string_view rest = text.substr(at + kMark.size());
  return std::string(rest.substr(0, rest.find('&')));
}

// The target without the values that carry a secret or prove one.
std::string shown_target(std::string_view target) {
  const std::size_t mark = target.find('?');
  if (mark == std::string_view::npos) return std::string(target);
  std::vector<std::string> pairs = split(target.substr(mark + 1), '&');
  for (std::string& pair : pairs) {
    const std::size_t equals = pair.find('=');
    if (equals == std::string::npos) continue;
    if (secret_name(percent_decode(std::string_view(pair).substr(0, equals)))) {
      pair.replace(equals + 1, std::string::npos, kRemoved);
    }
  }
  return std::string(target.substr(0, mark + 1)) + join(pairs, "&");
}

template <class Clean>
std::vector<std::pair<std::string, std::string>> shown(const Headers& headers, const Clean& clean) {
  std::vector<std::pair<std::string, std::string>> out;
  for (const auto& [name, value] : headers) {
    out.emplace_back(clean(name), secret_name(name) ? std::string(kRemoved) : clean(value));
  }
  return out;
}

// "…RequestId":"X…: the id that the service's logs know the request by.
std::string request_id_in(std::string_view body) {
  constexpr std::string_view kMark = "\"RequestId\"";
  std::size_t at = body.find(kMark);
  if (at == std::string_view::npos) return {};
  at = body.find_first_not_of(" \t\r\n:", at + kMark.size());
  if (at == std::string_view::npos || body[at] != '"') return {};
  const std::size_t end = body.find('"', at + 1);
  if (end == std::string_view::npos || end - at > 200) return {};
  return std::string(body.substr(at + 1, end - at - 1));
}

}  // namespace

std::vector<std::pair<std::string, std::string>> decode_query(std::string_view target) {
  std::vector<std::pair<std::string, std::string>> out;
  const std::size_t mark = target.find('?');
  if (mark == std::string_view::npos) return out;
  for (const std::string& pair : split(target.substr(mark + 1), '&')) {
    const std::size_t equals = pair.find('=');
    const std::string name = percent_decode(std::string_view(pair).substr(0, equals));
    out.emplace_back(name, equals == std::string::npos
                               ? ""
                               : percent_decode(std::string_view(pair).substr(equals + 1)));
  }
  return out;
}

Evidence evidence(const Exchange& exchange, const Redactor& redactor, std::size_t max_body) {
  const Redactor echo({signature_in(header(exchange.request.headers, "Authorization")),
                       signature_in(exchange.request.target)});
  const auto clean = [&](std::string text) { return echo(redactor(std::move(text))); };

  Evidence e;
  e.method = exchange.request.method;
  e.target = clean(shown_target(exchange.request.target));
  e.request_body = clean(exchange.request.body);
  for (auto& [name, value] : decode_query(exchange.request.target)) {
    e.params.emplace_back(clean(name), secret_name(name) ? std::string(kRemoved) : clean(value));
  }
  e.request_headers = shown(exchange.request.headers, clean);
  e.started = iso_time(exchange.started);
  e.seconds = exchange.seconds;
  if (const WireResponse* response = exchange.response()) {
    e.status = response->status;
    e.response_headers = shown(response->headers, clean);
    e.body_size = response->body.size();
    // Before the cut, which may divide a secret; of a long body no more than can be shown.
    e.body = clean(response->body.substr(0, max_body + kLongestSecret));
    e.request_id = clean(request_id_in(response->body));
    if (e.body.size() > max_body) e.body = std::string(e.body, 0, max_body);  // and its memory
  } else {
    e.failure = clean(exchange.failure()->text);
  }
  return e;
}

}  // namespace flowlog
