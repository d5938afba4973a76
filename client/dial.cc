#include "client/dial.h"

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>
#include <system_error>
#include <thread>
#include <vector>

namespace flowlog {
namespace {

struct Address {
  sockaddr_storage storage;
  socklen_t size;
};

Failure unreachable(std::string text) {
  return {Failure::Kind::unreachable, std::move(text)};
}
Failure cancelled() {
  return {Failure::Kind::cancelled, "cancelled while connecting"};
}

// In words that no locale changes.
std::string reason(int error) {
  switch (error) {
    case ECONNREFUSED:
      return "the connection is refused";
    case EHOSTUNREACH:
    case ENETUNREACH:
      return "there is no route to it";
    case ETIMEDOUT:
      return "it does not answer";
    case ECONNRESET:
      return "the connection is reset while it opens";
    case EACCES:
    case EPERM:
      return "this machine does not permit it";
    case EMFILE:
    case ENFILE:
      return "this machine has no file descriptors left";
    default:
      return "system error " + std::to_string(error);
  }
}

std::string place(const std::string& host, int port) {
  const bool v6 = host.find(':') != std::string::npos;
  return (v6 ? '[' + host + ']' : host) + ':' + std::to_string(port);
}

// A name look-up that may outlive the caller who gave up on it.
struct Lookup {
  Lookup(std::string host, int port, int flags)
      : host(std::move(host)), port(std::to_string(port)), flags(flags) {}

  std::string host;
  std::string port;
  int flags;
  Fd done{eventfd(0, EFD_CLOEXEC)};
  int status = 0;
  std::vector<Address> addresses;

  void run() {
    addrinfo hints{};
    hints.ai_flags = flags | AI_NUMERICSERV;
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* list = nullptr;
    status = getaddrinfo(host.c_str(), port.c_str(), &hints, &list);
    for (const addrinfo* one = status == 0 ? list : nullptr; one; one = one->ai_next) {
      Address address{{}, one->ai_addrlen};
      std::memcpy(&address.storage, one->ai_addr, one->ai_addrlen);
      addresses.push_back(address);
    }
    if (status == 0) freeaddrinfo(list);
  }
};

std::variant<std::vector<Address>, Failure> resolve(const std::string& host, int port,
                                                    Instant deadline, const Interrupt& interrupt) {
  Lookup numeric(host, port, AI_NUMERICHOST);
  numeric.run();
  if (numeric.status == 0) return numeric.addresses;

  auto lookup = std::make_shared<Lookup>(host, port, 0);
  try {
    std::thread([lookup] {
      lookup->run();
      const std::uint64_t one = 1;
      [[maybe_unused]] const auto written = write(lookup->done.get(), &one, sizeof one);
    }).detach();
  } catch (const std::system_error&) {
    return unreachable("this machine cannot start a thread to look up " + host);
  }
  switch (interrupt.wait(lookup->done.get(), POLLIN, deadline)) {
    case Interrupt::Wake::cancelled:
      return cancelled();
    case Interrupt::Wake::timeout:
      return unreachable("looking up the host " + host + " takes too long");
    case Interrupt::Wake::ready:
      break;
  }
  std::uint64_t count = 0;
  [[maybe_unused]] const auto got = read(lookup->done.get(), &count, sizeof count);
  if (lookup->status == EAI_AGAIN)
    return unreachable("no name server answers for the host " + host);
  if (lookup->status != 0) return unreachable("the host " + host + " is not found");
  return lookup->addresses;
}

// Returns 0 and the socket, or the error.
int connect_one(const Address& address, Instant deadline, const Interrupt& interrupt, Fd& fd) {
  fd = Fd(socket(address.storage.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (fd.get() < 0) return errno;
  const int yes = 1;
  setsockopt(fd.get(), IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  if (connect(fd.get(), reinterpret_cast<const sockaddr*>(&address.storage), address.size) == 0) {
    return 0;
  }
  if (errno != EINPROGRESS) return errno;
  switch (interrupt.wait(fd.get(), POLLOUT, deadline)) {
    case Interrupt::Wake::cancelled:
      return ECANCELED;
    case Interrupt::Wake::timeout:
      return ETIMEDOUT;
    case Interrupt::Wake::ready:
      break;
  }
  int error = 0;
  socklen_t size = sizeof error;
  getsockopt(fd.get(), SOL_SOCKET, SO_ERROR, &error, &size);
  return error;
}

}  // namespace

Fd& Fd::operator=(Fd&& other) noexcept {
  if (this != &other) {
    if (fd_ >= 0) close(fd_);
    fd_ = other.release();
  }
  return *this;
}

Fd::~Fd() {
  if (fd_ >= 0) close(fd_);
}

int Fd::release() {
  const int fd = fd_;
  fd_ = -1;
  return fd;
}

std::variant<Fd, Failure> dial(const std::string& host, int port, Instant deadline,
                               const Interrupt& interrupt) {
  auto resolved = resolve(host, port, deadline, interrupt);
  if (auto* failure = std::get_if<Failure>(&resolved)) return std::move(*failure);
  const auto& addresses = std::get<0>(resolved);
  int error = EHOSTUNREACH;
  for (std::size_t i = 0; i < addresses.size(); ++i) {
    const Instant now = std::chrono::steady_clock::now();
    const auto share = (deadline - now) / static_cast<long>(addresses.size() - i);
    Fd fd;
    error = connect_one(addresses[i], now + share, interrupt, fd);
    if (error == 0) return fd;
    if (error == ECANCELED) return cancelled();
  }
  return unreachable("no connection to " + place(host, port) + ": " + reason(error));
}

}  // namespace flowlog
