// The seam to the network: one request out, one answer or failure back.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "base/clock.h"
#include "client/wire.h"

namespace flowlog {

struct Endpoint {
  bool tls = false;
  std::string host;          // as the user wrote it, without brackets around IPv6
  int port = 0;              // 80 or 443 when not written
  std::string path = "/";    // base path, begins with '/'
  std::string host_header;   // exactly what is sent and signed: "h:18080", "[::1]:18080"; the
                             // default port is left out
  bool loopback() const;     // 127.0.0.0/8, ::1, localhost
  std::string name() const;  // the host without a dot at its end
  std::string url() const;
};

// "https://open.volcengineapi.com", "http://[::1]:8080/base". Throws InputError with one sentence.
Endpoint parse_endpoint(const std::string& url);

struct TransportOptions {
  std::string ca_file;              // empty: the system's
  bool insecure = false;            // no certificate check
  std::string proxy;                // "http://host:port", empty: none
  std::string proxy_variable;       // of the environment that names it; for messages
  std::size_t max_body = 2u << 20;  // bytes; more is Failure::too_large
  Duration connect_timeout = std::chrono::seconds(5);
};

// One connection, kept alive and re-opened when needed. Not thread-safe, except for cancel(): one a
// worker.
class Transport {
 public:
  virtual ~Transport() = default;
  // Always returns by `deadline` (plus scheduling). Redirects are never followed, answers never
  // unpacked. A request on a kept connection that the server closed before reading it is sent once
  // more on a new one.
  virtual Answered send(const WireRequest& request, Instant deadline) = 0;
  // Ends a send() in progress, from any thread; later sends fail at once as cancelled.
  virtual void cancel() = 0;
};

using TransportFactory = std::function<std::unique_ptr<Transport>()>;

// On cpp-httplib. Throws InputError when the CA file or the proxy's address cannot be used. SIGPIPE
// is ignored from then on, unless the program handles it.
std::unique_ptr<Transport> make_http_transport(const Endpoint& endpoint,
                                               const TransportOptions& options);

}  // namespace flowlog
