// One open connection, plain or TLS: bytes in and out, each operation within a deadline.
#pragma once

#include <string>
#include <string_view>

#include "base/clock.h"
#include "client/interrupt.h"
#include "client/tls.h"

namespace flowlog {

// Not thread-safe; the socket belongs to somebody else and is non-blocking.
class Channel {
 public:
  // Why an operation did not do all of its work.
  enum class End { none, closed, reset, timeout, cancelled };
  enum class State { quiet, readable, closed };

  Channel(int fd, const Interrupt& interrupt) : fd_(fd), interrupt_(interrupt) {}
  ~Channel();
  Channel(const Channel&) = delete;
  Channel& operator=(const Channel&) = delete;

  // From now on everything goes through TLS.
  void secure(SslPtr ssl) { ssl_ = std::move(ssl); }

  // Some bytes, at least one; 0 when the connection ended or the deadline passed (see end()).
  std::size_t read(char* to, std::size_t size, Instant deadline);
  // One line with its newline, of at most `limit` bytes; less where the channel or the limit ended.
  std::string read_line(std::size_t limit, Instant deadline);
  // True iff all bytes were handed to the system.
  bool write(std::string_view bytes, Instant deadline);
  End end() const { return end_; }

  // What stands in the way of a next request: bytes that nobody asked for, or a close.
  State state();

 private:
  bool fill(Instant deadline);
  long receive(char* to, std::size_t size);
  long transmit(std::string_view bytes);
  long settle(long result);
  bool ready(Instant deadline);

  int fd_;
  const Interrupt& interrupt_;
  SslPtr ssl_;
  std::string buffer_;
  std::size_t used_ = 0;  // of buffer_
  short awaited_ = 0;     // poll events of the operation that would block
  End end_ = End::none;
};

}  // namespace flowlog
