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
  std::string authorization;  // value of Proxy-Authorization; empty: none
};

// "http://proxy.example:3128", "proxy:3128", with or without "user:password@". Throws InputError
// with one sentence, which shows no password.
Proxy parse_proxy(const std::string& text);

// The value of an environment variable, or nothing.
using Environment = std::function<std::optional<std::string>(const char* name)>;
std::optional<std::string> process_environment(const char* name);

// The proxy that HTTPS_PROXY (http_proxy for http, in lower case only, as a server's CGI could set
// the other) and NO_PROXY name for `endpoint`, or "" for none. A loopback endpoint never gets one.
// NO_PROXY holds names that count with all below them, addresses, each with or without a port, or
// *.
std::string proxy_for(const Endpoint& endpoint, const Environment& environment);

// "host:port", IPv6 in brackets, the port always written.
std::string authority(const Endpoint& endpoint);

}  // namespace flowlog
