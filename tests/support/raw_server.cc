#include "tests/support/raw_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>

#include "base/text.h"

namespace flowlog::test {
namespace {

constexpr std::size_t max_connections = 64;

long receive(int fd, SSL* ssl, char* to, std::size_t size) {
  return ssl ? SSL_read(ssl, to, static_cast<int>(size)) : recv(fd, to, size, 0);
}

std::size_t content_length(const std::string& head) {
  const std::string lower = lower_ascii(head);
  const auto at = lower.find("\r\ncontent-length:");
  return at == std::string::npos ? 0 : std::strtoul(lower.c_str() + at + 17, nullptr, 10);
}

// Sends the bytes to a port of loopback and returns what comes until the close.
std::string ask(int port, const std::string& bytes) {
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in place{};
  place.sin_family = AF_INET;
  place.sin_port = htons(static_cast<std::uint16_t>(port));
  place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  std::string answer;
  if (connect(fd, reinterpret_cast<sockaddr*>(&place), sizeof place) == 0 &&
      send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(bytes.size())) {
    char buffer[16 * 1024];
    for (long got; (got = receive(fd, nullptr, buffer, sizeof buffer)) > 0;) {
      answer.append(buffer, static_cast<std::size_t>(got));
    }
  }
  close(fd);
  return answer;
}

std::string echo_of(const std::string& request) {
  const nlohmann::json error = {{"Code", "Echo"}, {"Message", request}};
  const nlohmann::json body = {{"ResponseMetadata", {{"RequestId", "1"}, {"Error", error}}}};
  std::string line = request;
  std::erase(line, '\r');
  std::erase(line, '\n');
  return ok(body.dump(), "X-Echo: " + line + "\r\n").replace(9, 6, "400 No");
}

}  // namespace

Script& Script::read() {
  steps_.push_back({Kind::read, ""});
  return *this;
}
Script& Script::relay_unless(std::string text, int port) {
  steps_.push_back({Kind::relay, std::move(text), {}, static_cast<std::size_t>(port)});
  return *this;
}
Script& Script::send(std::string bytes) {
  steps_.push_back({Kind::send, std::move(bytes)});
  return *this;
}
Script& Script::echo() {
  steps_.push_back({Kind::echo, ""});
  return *this;
}
Script& Script::drip(std::string bytes, std::chrono::milliseconds between) {
  steps_.push_back({Kind::drip, std::move(bytes), between});
  return *this;
}
Script& Script::flood(std::string bytes, std::size_t times) {
  steps_.push_back({Kind::flood, std::move(bytes), {}, times});
  return *this;
}
Script& Script::pause(std::chrono::milliseconds span) {
  steps_.push_back({Kind::pause, "", span});
  return *this;
}
Script& Script::hold() {
  steps_.push_back({Kind::hold, ""});
  return *this;
}
Script& Script::reset() {
  steps_.push_back({Kind::reset, ""});
  return *this;
}
Script& Script::repeat() {
  steps_.push_back({Kind::repeat, ""});
  return *this;
}

std::string ok(const std::string& body, const std::string& extra_headers) {
  return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n" + extra_headers +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

RawServer::RawServer(std::vector<Script> scripts, SSL_CTX* tls, const std::string& address)
    : scripts_(std::move(scripts)), tls_(tls), host_(address) {
  if (scripts_.empty()) throw std::invalid_argument("RawServer needs a script");
  if (tls) std::signal(SIGPIPE, SIG_IGN);
  listen_on(address);
  acceptor_ = std::thread([this] { accept_all(); });
}

RawServer::~RawServer() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    for (const Connection& one : open_) {
      if (!one.done) ::shutdown(one.fd, SHUT_RDWR);
    }
  }
  stopped_.notify_all();
  ::shutdown(listener_, SHUT_RDWR);
  acceptor_.join();
  reap(true);
  close(listener_);
}

std::string RawServer::url() const {
  const bool v6 = host_.find(':') != std::string::npos;
  return std::string(tls_ ? "https://" : "http://") + (v6 ? '[' + host_ + ']' : host_) + ':' +
         std::to_string(port_);
}

std::vector<std::string> RawServer::requests() const {
  const std::lock_guard lock(mutex_);
  return requests_;
}

std::vector<std::chrono::steady_clock::time_point> RawServer::arrivals() const {
  const std::lock_guard lock(mutex_);
  return arrivals_;
}

void RawServer::listen_on(const std::string& address) {
  const bool v6 = address.find(':') != std::string::npos;
  listener_ = socket(v6 ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in6 six{};
  six.sin6_family = AF_INET6;
  six.sin6_addr = in6addr_loopback;
  sockaddr_in four{};
  four.sin_family = AF_INET;
  inet_pton(AF_INET, address.c_str(), &four.sin_addr);
  auto* place = v6 ? reinterpret_cast<sockaddr*>(&six) : reinterpret_cast<sockaddr*>(&four);
  socklen_t size = v6 ? sizeof six : sizeof four;
  if (bind(listener_, place, size) != 0 || listen(listener_, 128) != 0 ||
      getsockname(listener_, place, &size) != 0) {
    close(listener_);
    throw std::runtime_error("RawServer cannot listen on " + address);
  }
  port_ = ntohs(v6 ? six.sin6_port : four.sin_port);
}

void RawServer::accept_all() {
  while (!stopping_) {
    const int fd = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (fd < 0) continue;
    reap(false);
    const int yes = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    const std::lock_guard lock(mutex_);
    if (stopping_ || open_.size() >= max_connections) {
      close(fd);
      continue;
    }
    const auto index = std::min<std::size_t>(connections_++, scripts_.size() - 1);
    Connection& connection = open_.emplace_back();
    connection.fd = fd;
    connection.thread =
        std::thread([this, &connection, index] { serve(connection, scripts_[index]); });
  }
}

// Joins the connections that are over, or all of them.
void RawServer::reap(bool all) {
  std::list<Connection> over;
  {
    const std::lock_guard lock(mutex_);
    for (auto it = open_.begin(); it != open_.end();) {
      auto next = std::next(it);
      if (all || it->done) over.splice(over.end(), open_, it);
      it = next;
    }
  }
  for (Connection& one : over) one.thread.join();
}

void RawServer::serve(Connection& connection, const Script& script) {
  bool going = true;
  if (tls_) {
    connection.ssl = SSL_new(tls_);
    SSL_set_fd(connection.ssl, connection.fd);
    going = SSL_accept(connection.ssl) == 1;
  }
  for (std::size_t i = 0; going && i < script.steps_.size(); ++i) {
    if (script.steps_[i].kind == Script::Kind::repeat) {
      i = static_cast<std::size_t>(-1);
      continue;
    }
    going = run(connection, script.steps_[i]);
  }
  if (connection.ssl) {
    if (going) SSL_shutdown(connection.ssl);
    SSL_free(connection.ssl);
  }
  const std::lock_guard lock(mutex_);
  connection.done = true;
  close(connection.fd);
}

// False ends the connection.
bool RawServer::run(Connection& connection, const Script::Step& step) {
  if (stopping_) return false;
  switch (step.kind) {
    case Script::Kind::read:
      return read_request(connection);
    case Script::Kind::relay:
      return relay_unless(connection, step);
    case Script::Kind::send:
      return send_all(connection, step.bytes);
    case Script::Kind::echo:
      return send_all(connection, echo_of(connection.request));
    case Script::Kind::drip:
      for (const char byte : step.bytes) {
        if (!send_all(connection, std::string(1, byte)) || !pause(step.span)) return false;
      }
      return true;
    case Script::Kind::flood:
      for (std::size_t i = 0; step.times == 0 || i < step.times; ++i) {
        if (stopping_ || !send_all(connection, step.bytes)) return false;
      }
      return true;
    case Script::Kind::pause:
      return pause(step.span);
    case Script::Kind::hold:
      return hold(connection);
    case Script::Kind::reset: {
      const linger at_once{1, 0};
      setsockopt(connection.fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
      return false;
    }
    case Script::Kind::repeat:
      break;
  }
  return true;
}

bool RawServer::read_request(Connection& connection) {
  std::string& buffer = connection.buffer;
  std::size_t wanted = std::string::npos;
  for (;;) {
    if (wanted == std::string::npos) {
      const auto end = buffer.find("\r\n\r\n");
      if (end != std::string::npos) wanted = end + 4 + content_length(buffer.substr(0, end + 2));
    }
    if (buffer.size() >= wanted) break;
    char bytes[16 * 1024];
    const auto count = receive(connection.fd, connection.ssl, bytes, sizeof bytes);
    if (count <= 0) return false;
    buffer.append(bytes, static_cast<std::size_t>(count));
  }
  const std::lock_guard lock(mutex_);
  arrivals_.push_back(std::chrono::steady_clock::now());
  connection.request = buffer.substr(0, wanted);
  requests_.push_back(connection.request);
  buffer.erase(0, wanted);
  return true;
}

bool RawServer::relay_unless(Connection& connection, const Script::Step& step) {
  if (!read_request(connection)) return false;
  std::string request = connection.request;
  const auto head = request.find("\r\n\r\n");
  if (request.substr(0, head).find(step.bytes) != std::string::npos) return true;
  request.insert(head, "\r\nConnection: close");
  const std::string answer = ask(static_cast<int>(step.times), request);
  if (send_all(connection, answer)) bytes_sent_ -= answer.size();
  return false;  // the answer says that the connection closes
}

bool RawServer::send_all(Connection& connection, const std::string& bytes) {
  std::size_t sent = 0;
  while (sent < bytes.size()) {
    const char* from = bytes.data() + sent;
    const std::size_t left = bytes.size() - sent;
    const auto count = connection.ssl ? SSL_write(connection.ssl, from, static_cast<int>(left))
                                      : send(connection.fd, from, left, MSG_NOSIGNAL);
    if (count <= 0) return false;
    sent += static_cast<std::size_t>(count);
    bytes_sent_ += static_cast<std::size_t>(count);
  }
  return true;
}

bool RawServer::pause(std::chrono::milliseconds span) {
  std::unique_lock lock(mutex_);
  return !stopped_.wait_for(lock, span, [&] { return stopping_.load(); });
}

bool RawServer::hold(Connection& connection) {
  char bytes[4096];
  while (receive(connection.fd, connection.ssl, bytes, sizeof bytes) > 0) {
  }
  return false;
}

}  // namespace flowlog::test
