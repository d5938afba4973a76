// HTTP on libmicrohttpd, whose limit on the request line is a matter of run time.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "mock/request.h"

namespace flowlog::mock {

struct ServerLimits {
  std::size_t connection_memory = 768u << 10;  // bytes: request line and headers together
  std::size_t body = 1u << 20;
  unsigned connections = 512;
  unsigned idle_seconds = 60;
};

// A thread a connection, so that a handler may wait.
class Server {
 public:
  using Handler = std::function<HttpResponse(const HttpRequest&)>;

  // Serves until stop(). Port 0: any free one. `handler` is called from many threads and must not
  // throw. Throws std::runtime_error when the address cannot be bound.
  Server(const std::string& address, int port, Handler handler, const ServerLimits& limits = {});
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  int port() const { return port_; }
  // Returns when no request is being served any more; the port is free again.
  void stop();

 private:
  struct Hooks;
  struct Stopper {
    void operator()(void* daemon) const;
  };

  Handler handler_;
  ServerLimits limits_;
  std::unique_ptr<void, Stopper> daemon_;
  int port_ = 0;
};

}  // namespace flowlog::mock
