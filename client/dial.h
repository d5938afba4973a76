// Opening TCP connections within a deadline.
#pragma once

#include <string>
#include <variant>

#include "base/clock.h"
#include "client/interrupt.h"
#include "client/wire.h"

namespace flowlog {

// Owns a file descriptor.
class Fd {
 public:
  explicit Fd(int fd = -1) : fd_(fd) {}
  Fd(Fd&& other) noexcept : fd_(other.release()) {}
  Fd& operator=(Fd&& other) noexcept;
  ~Fd();
  int get() const { return fd_; }
  int release();

 private:
  int fd_;
};

// A connected, non-blocking socket with TCP_NODELAY. Resolves the name and tries its addresses in
// turn, each within its share of the time left; returns by `deadline` even when the resolver hangs.
// Failures are `unreachable` or `cancelled`, with maybe_sent false.
std::variant<Fd, Failure> dial(const std::string& host, int port, Instant deadline,
                               const Interrupt& interrupt);

}  // namespace flowlog
