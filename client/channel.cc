#include "client/channel.h"

#include <openssl/err.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>

namespace flowlog {
namespace {

constexpr std::size_t buffer_size = std::size_t{16} * 1024;

}  // namespace

Channel::~Channel() {
  if (ssl_ && end_ == End::none) SSL_shutdown(ssl_.get());
  ERR_clear_error();
}

std::size_t Channel::read(char* to, std::size_t size, Instant deadline) {
  if (used_ == buffer_.size() && !fill(deadline)) return 0;
  const std::size_t count = std::min(size, buffer_.size() - used_);
  buffer_.copy(to, count, used_);
  used_ += count;
  return count;
}

std::string Channel::read_line(std::size_t limit, Instant deadline) {
  std::string line;
  while (line.size() < limit) {
    if (used_ == buffer_.size() && !fill(deadline)) break;
    const auto newline = buffer_.find('\n', used_);
    const std::size_t stop = newline == std::string::npos ? buffer_.size() : newline + 1;
    const std::size_t count = std::min(stop - used_, limit - line.size());
    line.append(buffer_, used_, count);
    used_ += count;
    if (line.ends_with('\n')) break;
  }
  return line;
}

bool Channel::write(std::string_view bytes, Instant deadline) {
  while (!bytes.empty()) {
    const long count = transmit(bytes);
    if (count > 0) {
      bytes.remove_prefix(static_cast<std::size_t>(count));
    } else if (count == 0 || !ready(deadline)) {
      return false;
    }
  }
  return true;
}

Channel::State Channel::state() {
  if (used_ < buffer_.size()) return State::readable;
  if (end_ != End::none) return State::closed;
  char byte = 0;
  if (ssl_) {
    ERR_clear_error();
    const int count = SSL_peek(ssl_.get(), &byte, 1);
    if (count > 0) return State::readable;
    return SSL_get_error(ssl_.get(), count) == SSL_ERROR_WANT_READ ? State::quiet : State::closed;
  }
  const auto count = recv(fd_, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
  if (count > 0) return State::readable;
  return count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK) ? State::quiet : State::closed;
}

bool Channel::fill(Instant deadline) {
  buffer_.resize(buffer_size);
  used_ = 0;
  for (;;) {
    // Checked first: a peer that never pauses must not outrun the deadline.
    if (std::chrono::steady_clock::now() >= deadline) end_ = End::timeout;
    if (interrupt_.raised()) end_ = End::cancelled;
    const long count = end_ == End::timeout || end_ == End::cancelled
                           ? 0
                           : receive(buffer_.data(), buffer_.size());
    if (count > 0) {
      buffer_.resize(static_cast<std::size_t>(count));
      return true;
    }
    if (count == 0 || !ready(deadline)) {
      buffer_.clear();
      return false;
    }
  }
}

// All three: a positive count, 0 when the channel ended, -1 when it would block.
long Channel::receive(char* to, std::size_t size) {
  if (ssl_) {
    ERR_clear_error();
    return settle(SSL_read(ssl_.get(), to, static_cast<int>(size)));
  }
  for (;;) {
    const auto count = recv(fd_, to, size, MSG_DONTWAIT);
    if (count > 0) return count;
    if (count < 0 && errno == EINTR) continue;
    awaited_ = POLLIN;
    if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return -1;
    end_ = count == 0 ? End::closed : End::reset;
    return 0;
  }
}

long Channel::transmit(std::string_view bytes) {
  if (ssl_) {
    ERR_clear_error();
    const std::size_t size = std::min<std::size_t>(bytes.size(), 1u << 20);
    return settle(SSL_write(ssl_.get(), bytes.data(), static_cast<int>(size)));
  }
  for (;;) {
    const auto count = send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (count > 0) return count;
    if (count < 0 && errno == EINTR) continue;
    awaited_ = POLLOUT;
    if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return -1;
    end_ = End::reset;
    return 0;
  }
}

long Channel::settle(long result) {
  if (result > 0) return result;
  switch (SSL_get_error(ssl_.get(), static_cast<int>(result))) {
    case SSL_ERROR_WANT_READ:
      awaited_ = POLLIN;
      return -1;
    case SSL_ERROR_WANT_WRITE:
      awaited_ = POLLOUT;
      return -1;
    case SSL_ERROR_ZERO_RETURN:
      end_ = End::closed;
      return 0;
    default:
      end_ = End::reset;
      return 0;
  }
}

bool Channel::ready(Instant deadline) {
  switch (interrupt_.wait(fd_, awaited_, deadline)) {
    case Interrupt::Wake::ready:
      return true;
    case Interrupt::Wake::timeout:
      end_ = End::timeout;
      return false;
    case Interrupt::Wake::cancelled:
      end_ = End::cancelled;
      return false;
  }
  return false;
}

}  // namespace flowlog
