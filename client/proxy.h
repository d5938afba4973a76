// Which proxy leads to an endpoint.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "client/transport.h"

namespace flowlog {

struct Proxy {
  std::string host;
  int port = 0;
  std::string user;  // both decoded; empty: none
  std::string password;
  std::string shown;  // "the proxy proxy.example:3128 (HTTPS_PROXY)", without the password
};

// "http://proxy.example:3128", "proxy:3128", with or without "user:password@"; `variable` is where
// it was found. Throws InputError with one sentence, which shows no password.
Proxy parse_proxy(const std::string& text, const std::string& variable = "");

// The value of an environment variable, or nothing.
using Environment = std::function<std::optional<std::string>(const char* name)>;
std::optional<std::string> process_environment(const char* name);

struct ProxyChoice {
  std::string address;   // "" for none
  std::string variable;  // that names it
};

// The proxy that HTTPS_PROXY (http_proxy for http, in lower case only, as a server's CGI could set
// the other) and NO_PROXY name for `endpoint`. A loopback endpoint never gets one. NO_PROXY holds,
// between commas or blanks, names that count with all below them, addresses in any spelling, each
// with or without a port, networks as in 10.0.0.0/8, or *.
ProxyChoice proxy_for(const Endpoint& endpoint, const Environment& environment);

// "host:port", IPv6 in brackets, the port always written.
std::string authority(const Endpoint& endpoint);

}  // namespace flowlog
