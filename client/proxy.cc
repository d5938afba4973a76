#include "client/proxy.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>

#include "base/json_node.h"
#include "base/percent.h"
#include "base/text.h"

namespace flowlog {
namespace {

// The 16 bytes of an address; IPv4 as ::ffff:0:0/96.
std::optional<in6_addr> parse_address(std::string text) {
  if (text.starts_with('[') && text.ends_with(']')) text = text.substr(1, text.size() - 2);
  in6_addr address{};
  if (inet_pton(AF_INET6, text.c_str(), &address) == 1) return address;
  if (inet_pton(AF_INET6, ("::ffff:" + text).c_str(), &address) == 1) return address;
  return std::nullopt;
}

// Whether the first `bits` of both are the same.
bool share(const in6_addr& one, const in6_addr& other, int bits) {
  for (int i = 0; i < bits; ++i) {
    if ((one.s6_addr[i / 8] ^ other.s6_addr[i / 8]) & (0x80 >> i % 8)) return false;
  }
  return true;
}

bool in_network(const in6_addr& host, const std::string& entry) {
  const auto slash = entry.find('/');
  const auto network = parse_address(entry.substr(0, slash));
  int bits = -1;
  const char* end = entry.data() + entry.size();
  const auto [stop, error] = std::from_chars(entry.data() + slash + 1, end, bits);
  if (!network || error != std::errc() || stop != end || bits < 0) return false;
  if (IN6_IS_ADDR_V4MAPPED(&*network) && entry.find(':') == std::string::npos) bits += 96;
  return bits <= 128 && share(host, *network, bits);
}

// Whether one entry of NO_PROXY covers the endpoint.
bool covers(std::string entry, const Endpoint& endpoint) {
  if (entry == "*") return true;
  const auto address = parse_address(endpoint.host);
  if (entry.find('/') != std::string::npos) return address && in_network(*address, entry);
  const std::string port = ':' + std::to_string(endpoint.port);
  const bool bare_v6 = entry.find(':') != entry.rfind(':') && !entry.starts_with('[');
  if (!bare_v6 && entry.ends_with(port)) entry.resize(entry.size() - port.size());
  if (address) {
    const auto named = parse_address(entry);
    return named && share(*address, *named, 128);
  }
  entry = lower_ascii(entry);
  if (entry.ends_with('.')) entry.pop_back();
  const std::string host = lower_ascii(endpoint.name());
  if (entry.starts_with("*.")) entry.erase(0, 1);
  const std::string name = entry.starts_with('.') ? entry.substr(1) : entry;
  return !name.empty() && (host == name || host.ends_with('.' + name));
}

ProxyChoice first_of(const Environment& environment, std::initializer_list<const char*> names) {
  for (const char* name : names) {
    const auto value = environment(name);
    if (value && !value->empty()) return {*value, name};
  }
  return {};
}

}  // namespace

Proxy parse_proxy(const std::string& text, const std::string& variable) {
  const std::string source = variable.empty() ? "" : " (" + variable + ')';
  const auto refuse = [&](const std::string& why) {
    throw InputError("the proxy's address" + source + ' ' + why);
  };
  std::string rest = text;
  if (const auto scheme = rest.find("://"); scheme != std::string::npos) {
    if (lower_ascii(rest.substr(0, scheme)) != "http") refuse("must begin with http://");
    rest.erase(0, scheme + 3);
  }
  Proxy proxy;
  if (const auto at = rest.rfind('@'); at != std::string::npos) {
    const std::string credentials = rest.substr(0, at);
    const auto colon = std::min(credentials.find(':'), credentials.size());
    proxy.user = percent_decode(credentials.substr(0, colon));
    proxy.password = percent_decode(credentials.substr(std::min(colon + 1, credentials.size())));
    rest.erase(0, at + 1);
  }
  rest.resize(std::min(rest.size(), rest.find('/')));
  try {
    const Endpoint endpoint = parse_endpoint("http://" + rest);
    proxy.host = endpoint.host;
    proxy.port = endpoint.port;
    proxy.shown = "the proxy " + authority(endpoint) + source;
  } catch (const InputError&) {
    refuse("is not of the form http://host:port");
  }
  return proxy;
}

std::optional<std::string> process_environment(const char* name) {
  const char* value = std::getenv(name);
  if (value == nullptr) return std::nullopt;
  return value;
}

ProxyChoice proxy_for(const Endpoint& endpoint, const Environment& environment) {
  if (endpoint.loopback()) return {};
  std::string list = first_of(environment, {"no_proxy", "NO_PROXY"}).address;
  std::replace_if(
      list.begin(), list.end(), [](char c) { return c == ' ' || c == '\t'; }, ',');
  for (const auto& entry : split(list, ',')) {
    if (covers(entry, endpoint)) return {};
  }
  return endpoint.tls ? first_of(environment, {"https_proxy", "HTTPS_PROXY"})
                      : first_of(environment, {"http_proxy"});
}

std::string authority(const Endpoint& endpoint) {
  const bool v6 = endpoint.host.find(':') != std::string::npos;
  return (v6 ? '[' + endpoint.host + ']' : endpoint.host) + ':' + std::to_string(endpoint.port);
}

}  // namespace flowlog
