#include "reports/curl.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace flowlog {
namespace {

constexpr std::string_view kAuthorization =
    "HMAC-SHA256 Credential=<ACCESS_KEY>/<DATE>/<REGION>/<SERVICE>/request, SignedHeaders=<…>, "
    "Signature=<SIGNATURE>";

// Headers and query parameters that carry a secret or prove one, in lower case.
bool secret(std::string_view lower) {
  return lower == "authorization" || lower == "x-security-token" || lower == "x-signature" ||
         lower == "x-credential";
}

std::string_view origin(std::string_view endpoint) {
  const std::size_t scheme = endpoint.find("://");
  const std::size_t host = scheme == std::string_view::npos ? 0 : scheme + 3;
  return endpoint.substr(0, endpoint.find_first_of("/?#", host));
}

std::string without_secrets(std::string_view target) {
  const std::size_t mark = target.find('?');
  if (mark == std::string_view::npos) return std::string(target);
  std::vector<std::string> pairs = split(target.substr(mark + 1), '&');
  for (std::string& pair : pairs) {
    const std::string key = pair.substr(0, pair.find('='));
    if (secret(lower_ascii(key))) pair = key + "=<SECRET>";
  }
  return std::string(target.substr(0, mark + 1)) + join(pairs, "&");
}

bool plain(std::string_view word) {
  return is_utf8(word) && std::all_of(word.begin(), word.end(),
                                      [](unsigned char c) { return c >= 0x20 && c != 0x7F; });
}

// $'…' of shells that know it: the only quoting that shows control characters and odd bytes.
std::string ansi_quote(std::string_view word) {
  std::string out = "$'";
  for (const char c : word) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '\'' || c == '\\') {
      out += {'\\', c};
    } else if (byte < 0x20 || byte >= 0x7F) {
      out += fmt::format("\\x{:02X}", byte);
    } else {
      out.push_back(c);
    }
  }
  return out + "'";
}

}  // namespace

std::string shell_quote(std::string_view word) {
  if (!plain(word)) return ansi_quote(word);
  std::string out = "'";
  for (const char c : word) {
    if (c == '\'') {
      out += "'\\''";
    } else {
      out.push_back(c);
    }
  }
  return out + "'";
}

std::string curl(const Evidence& evidence, std::string_view endpoint, std::string_view options) {
  // -g: brackets and braces in the address are meant as they stand.
  std::string out = "curl -g -sS -i --path-as-is";
  if (!options.empty()) out += fmt::format(" {}", options);
  if (evidence.method != "GET") out += " -X " + shell_quote(evidence.method);
  out += ' ' + shell_quote(std::string(origin(endpoint)) + without_secrets(evidence.target));
  for (const auto& [name, value] : evidence.request_headers) {
    const std::string lower = lower_ascii(name);
    if (lower == "host" || lower == "connection" || lower == "content-length") continue;
    const std::string_view shown = lower == "authorization"      ? kAuthorization
                                   : lower == "x-security-token" ? "<SESSION_TOKEN>"
                                                                 : std::string_view(value);
    // An empty header is written with a semicolon, else curl leaves it out.
    out += " -H " + shell_quote(shown.empty() ? name + ';' : fmt::format("{}: {}", name, shown));
  }
  if (!evidence.request_body.empty()) out += " --data-raw " + shell_quote(evidence.request_body);
  return out;
}

}  // namespace flowlog
