#include "mock/server.h"

#include <fmt/format.h>
#include <microhttpd.h>
#include <netdb.h>

#include <cstring>
#include <stdexcept>
#include <thread>

namespace flowlog::mock {
namespace {

constexpr std::size_t thread_stack = 1u << 20;
constexpr std::size_t memory_increment = 64u << 10;
constexpr unsigned too_large = 413;

// A request while its parts come in.
struct Incoming {
  HttpRequest request;
  bool begun = false;
  bool too_large = false;
};

struct AddressDeleter {
  void operator()(addrinfo* address) const { freeaddrinfo(address); }
};
using Address = std::unique_ptr<addrinfo, AddressDeleter>;

Address resolve(const std::string& host, int port) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE;
  addrinfo* found = nullptr;
  const int error = getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found);
  if (error != 0) {
    throw std::runtime_error(
        fmt::format("cannot use the address {}: {}", host, gai_strerror(error)));
  }
  return Address(found);
}

MHD_Result collect_header(void* headers, MHD_ValueKind, const char* name, const char* value) {
  static_cast<Headers*>(headers)->emplace_back(name, value == nullptr ? "" : value);
  return MHD_YES;
}

MHD_Result send(MHD_Connection* connection, const HttpResponse& response) {
  if (response.delay_ms > 0) {
    std::this_thread::sleep_for(std::chrono::milliseconds(response.delay_ms));
  }
  // The library copies the body and never writes to it.
  MHD_Response* answer = MHD_create_response_from_buffer(
      response.body.size(), const_cast<char*>(response.body.data()), MHD_RESPMEM_MUST_COPY);
  if (answer == nullptr) return MHD_NO;
  for (const auto& [name, value] : response.headers) {
    MHD_add_response_header(answer, name.c_str(), value.c_str());
  }
  if (response.close) MHD_add_response_header(answer, "Connection", "close");
  const auto queued =
      MHD_queue_response(connection, static_cast<unsigned>(response.status), answer);
  MHD_destroy_response(answer);
  return queued;
}

}  // namespace

struct Server::Hooks {
  static void* begin(void*, const char* target, MHD_Connection*) {
    auto incoming = std::make_unique<Incoming>();
    incoming->request.target = target;
    return incoming.release();
  }

  static void end(void*, MHD_Connection*, void** state, MHD_RequestTerminationCode) {
    delete static_cast<Incoming*>(*state);
    *state = nullptr;
  }

  // No exception may pass through the library: what cannot be answered ends the connection.
  static MHD_Result access(void* self, MHD_Connection* connection, const char*, const char* method,
                           const char*, const char* data, std::size_t* size, void** state) {
    try {
      return take(self, connection, method, data, size, state);
    } catch (const std::exception&) {
      return MHD_NO;
    }
  }

  static MHD_Result take(void* self, MHD_Connection* connection, const char* method,
                         const char* data, std::size_t* size, void** state) {
    const auto& server = *static_cast<Server*>(self);
    auto& incoming = *static_cast<Incoming*>(*state);
    if (!incoming.begun) {
      incoming.begun = true;
      incoming.request.method = method;
      MHD_get_connection_values(connection, MHD_HEADER_KIND, collect_header,
                                &incoming.request.headers);
      return MHD_YES;
    }
    if (*size > 0) {
      incoming.too_large |= incoming.request.body.size() + *size > server.limits_.body;
      if (!incoming.too_large) incoming.request.body.append(data, *size);
      *size = 0;
      return MHD_YES;
    }
    if (incoming.too_large) return send(connection, {too_large, {}, "", true, 0});
    return send(connection, server.handler_(incoming.request));
  }

  // The library's own complaints (a client that went away) are of no use to anyone here.
  static void log(void*, const char*, va_list) {}
};

void Server::Stopper::operator()(void* daemon) const {
  MHD_stop_daemon(static_cast<MHD_Daemon*>(daemon));
}

Server::Server(const std::string& address, int port, Handler handler, const ServerLimits& limits)
    : handler_(std::move(handler)), limits_(limits) {
  const Address place = resolve(address, port);
  unsigned flags = MHD_USE_THREAD_PER_CONNECTION | MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_POLL |
                   MHD_USE_ITC | MHD_USE_ERROR_LOG;
  if (place->ai_family == AF_INET6) flags |= MHD_USE_IPv6;
  MHD_Daemon* daemon = MHD_start_daemon(
      flags, static_cast<std::uint16_t>(port), nullptr, nullptr, &Hooks::access, this,
      MHD_OPTION_EXTERNAL_LOGGER, &Hooks::log, nullptr, MHD_OPTION_SOCK_ADDR, place->ai_addr,
      MHD_OPTION_URI_LOG_CALLBACK, &Hooks::begin, nullptr, MHD_OPTION_NOTIFY_COMPLETED, &Hooks::end,
      nullptr, MHD_OPTION_CONNECTION_MEMORY_LIMIT, limits.connection_memory,
      MHD_OPTION_CONNECTION_MEMORY_INCREMENT, memory_increment, MHD_OPTION_CONNECTION_LIMIT,
      limits.connections, MHD_OPTION_CONNECTION_TIMEOUT, limits.idle_seconds,
      MHD_OPTION_THREAD_STACK_SIZE, thread_stack, MHD_OPTION_END);
  if (daemon == nullptr) {
    throw std::runtime_error(
        fmt::format("cannot listen on {} port {}: {}", address, port, std::strerror(errno)));
  }
  daemon_.reset(daemon);
  port_ = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT)->port;
}

Server::~Server() {
  stop();
}

void Server::stop() {
  daemon_.reset();
}

}  // namespace flowlog::mock
