#include "client/proxy.h"

#include <openssl/evp.h>

#include <cstdlib>

#include "base/json_node.h"
#include "base/text.h"

namespace flowlog {
namespace {

std::string base64(const std::string& text) {
  std::string encoded(4 * ((text.size() + 2) / 3), '\0');
  EVP_EncodeBlock(reinterpret_cast<unsigned char*>(encoded.data()),
                  reinterpret_cast<const unsigned char*>(text.data()),
                  static_cast<int>(text.size()));
  return encoded;
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

std::string percent_decode(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 &&
        hex_digit(text[i + 2]) >= 0) {
      decoded += static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
      i += 2;
    } else {
      decoded += text[i];
    }
  }
  return decoded;
}

std::string trimmed(const std::string& text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string::npos) return "";
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// Whether one entry of NO_PROXY covers the endpoint.
bool covers(std::string entry, const Endpoint& endpoint) {
  entry = lower_ascii(trimmed(entry));
  if (entry == "*") return true;
  const std::string host = lower_ascii(endpoint.host);
  const std::string port = ':' + std::to_string(endpoint.port);
  const bool v6 = host.find(':') != std::string::npos;
  if (v6) return entry == host || entry == '[' + host + ']' || entry == '[' + host + ']' + port;
  if (entry.ends_with(port)) entry.resize(entry.size() - port.size());
  if (entry.starts_with("*.")) entry.erase(0, 1);
  const std::string name = entry.starts_with('.') ? entry.substr(1) : entry;
  return !name.empty() && (host == name || host.ends_with('.' + name));
}

std::string first_of(const Environment& environment, std::initializer_list<const char*> names) {
  for (const char* name : names) {
    const auto value = environment(name);
    if (value && !value->empty()) return *value;
  }
  return "";
}

}  // namespace

Proxy parse_proxy(const std::string& text) {
  const auto refuse = [](const std::string& why) {
    throw InputError("the proxy's address " + why);
  };
  std::string rest = text;
  if (const auto scheme = rest.find("://"); scheme != std::string::npos) {
    if (lower_ascii(rest.substr(0, scheme)) != "http") refuse("must begin with http://");
    rest.erase(0, scheme + 3);
  }
  Proxy proxy;
  if (const auto at = rest.rfind('@'); at != std::string::npos) {
    proxy.authorization = "Basic " + base64(percent_decode(rest.substr(0, at)));
    rest.erase(0, at + 1);
  }
  rest.resize(std::min(rest.size(), rest.find('/')));
  try {
    const Endpoint endpoint = parse_endpoint("http://" + rest);
    proxy.host = endpoint.host;
    proxy.port = endpoint.port;
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

std::string proxy_for(const Endpoint& endpoint, const Environment& environment) {
  if (endpoint.loopback()) return "";
  for (const auto& entry : split(first_of(environment, {"no_proxy", "NO_PROXY"}), ',')) {
    if (covers(entry, endpoint)) return "";
  }
  return endpoint.tls ? first_of(environment, {"https_proxy", "HTTPS_PROXY"})
                      : first_of(environment, {"http_proxy"});
}

std::string authority(const Endpoint& endpoint) {
  const bool v6 = endpoint.host.find(':') != std::string::npos;
  return (v6 ? '[' + endpoint.host + ']' : endpoint.host) + ':' + std::to_string(endpoint.port);
}

}  // namespace flowlog
