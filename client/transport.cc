#include "client/transport.h"

#include <arpa/inet.h>

#include <charconv>

#include "base/json_node.h"
#include "base/text.h"

namespace flowlog {
namespace {

[[noreturn]] void refuse(const std::string& url, const std::string& why) {
  throw InputError("endpoint " + show(url) + ": " + why);
}

bool is_ipv6(const std::string& host) {
  in6_addr address;
  return inet_pton(AF_INET6, host.c_str(), &address) == 1;
}

bool is_host_name(std::string_view host) {
  constexpr std::string_view allowed =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._";
  return !host.empty() && host.find_first_not_of(allowed) == std::string_view::npos;
}

int parse_port(const std::string& url, std::string_view digits) {
  int port = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  if (error != std::errc() || end != digits.data() + digits.size() || port < 1 || port > 65535) {
    refuse(url, "port " + show(digits) + " is not a number from 1 to 65535");
  }
  return port;
}

// Splits "host:port" or "[v6]:port" and fills host and port.
void parse_authority(const std::string& url, std::string_view authority, Endpoint& endpoint) {
  std::string_view rest;
  if (authority.starts_with('[')) {
    const auto close = authority.find(']');
    if (close == std::string_view::npos)
      refuse(url, "the bracket of the IPv6 address is not closed");
    endpoint.host = authority.substr(1, close - 1);
    rest = authority.substr(close + 1);
    if (!is_ipv6(endpoint.host)) refuse(url, show(endpoint.host) + " is no IPv6 address");
  } else {
    const auto colon = authority.find(':');
    endpoint.host = authority.substr(0, colon);
    rest = colon == std::string_view::npos ? std::string_view{} : authority.substr(colon);
    if (endpoint.host.empty()) refuse(url, "the host is missing");
    if (rest.find(':', 1) != std::string_view::npos) {
      refuse(url, "an IPv6 address stands in brackets, as in http://[::1]:8080");
    }
    if (!is_host_name(endpoint.host)) refuse(url, show(endpoint.host) + " is no host name");
  }
  if (rest.empty()) return;
  if (rest.front() != ':') refuse(url, "unexpected text " + show(rest) + " after the host");
  endpoint.port = parse_port(url, rest.substr(1));
}

}  // namespace

bool Endpoint::loopback() const {
  const std::string name = lower_ascii(host);
  if (name == "localhost") return true;
  in_addr v4;
  if (inet_pton(AF_INET, name.c_str(), &v4) == 1) return (ntohl(v4.s_addr) >> 24) == 127;
  in6_addr v6;
  if (inet_pton(AF_INET6, name.c_str(), &v6) != 1) return false;
  return IN6_IS_ADDR_LOOPBACK(&v6) || (IN6_IS_ADDR_V4MAPPED(&v6) && v6.s6_addr[12] == 127);
}

std::string Endpoint::name() const {
  return host.ends_with('.') ? host.substr(0, host.size() - 1) : host;
}

std::string Endpoint::url() const {
  return (tls ? "https://" : "http://") + host_header + (path == "/" ? "" : path);
}

Endpoint parse_endpoint(const std::string& url) {
  if (url.empty())
    throw InputError("the endpoint is empty, expected http:// or https:// and a host");
  const auto scheme_end = url.find("://");
  const std::string scheme = lower_ascii(url.substr(0, scheme_end));
  const std::string_view rest =
      scheme_end == std::string::npos ? "" : std::string_view(url).substr(scheme_end + 3);
  const auto slash = rest.find('/');
  const std::string_view authority = rest.substr(0, slash);
  // Never shown: it may hold a password.
  if (url.find('@') != std::string::npos) {
    throw InputError("the endpoint holds an @: user names and passwords do not belong in it");
  }
  if (scheme_end == std::string::npos || (scheme != "http" && scheme != "https")) {
    refuse(url, "it must begin with http:// or https://");
  }
  for (const char c : url) {
    if (c <= ' ' || c >= 0x7f) refuse(url, "blanks and characters beyond ASCII are not allowed");
  }
  if (url.find('?') != std::string::npos) refuse(url, "a query (?) does not belong in it");
  if (url.find('#') != std::string::npos) refuse(url, "a fragment (#) does not belong in it");

  Endpoint endpoint;
  endpoint.tls = scheme == "https";
  const int usual = endpoint.tls ? 443 : 80;
  endpoint.port = usual;
  parse_authority(url, authority, endpoint);
  if (slash != std::string_view::npos) endpoint.path = rest.substr(slash);
  endpoint.host_header = is_ipv6(endpoint.host) ? '[' + endpoint.host + ']' : endpoint.host;
  if (endpoint.port != usual) endpoint.host_header += ':' + std::to_string(endpoint.port);
  return endpoint;
}

}  // namespace flowlog
