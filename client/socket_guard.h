// The socket of a connection as it can be seen and ended from outside of the HTTP library: when a
// request's time is up, when what comes is no answer and has no end, when the run is cancelled.
#pragma once

#include <cstdint>

#include "base/clock.h"

namespace flowlog {

// Holds its own descriptor of the library's socket, so that nothing here can meet a connection of
// somebody else. One thread keeps the time of all guards. Thread-safe.
class SocketGuard {
 public:
  enum class End { none, timeout, cancelled, too_long };
  enum class State { quiet, readable, closed };

  SocketGuard();
  ~SocketGuard();
  SocketGuard(const SocketGuard&) = delete;
  SocketGuard& operator=(const SocketGuard&) = delete;

  // From begin() to finish() the connection is shut down, again and again, once the deadline has
  // passed, after cancel(), or when the library has read 80 KiB without a call of progressed().
  void begin(Instant deadline);
  void finish();
  void set_deadline(Instant deadline);
  void progressed();
  // Why the request was ended; after finish() still.
  End end() const;
  // For good.
  void cancel();
  bool cancelled() const;

  // The library's new socket, before it connects.
  void adopt(int fd);
  // After the library closed it.
  void release();
  // What stands in the way of a next request: bytes that nobody asked for, or a close.
  State state() const;
  // Whether more than one byte has come since begin(), be it encrypted: a close counts as one.
  bool heard() const;

 private:
  friend class RequestTimer;
  Instant check(Instant time);  // when to look again
  void cut() const;
  std::uint64_t read() const;

  int fd_ = -1;
  Instant deadline_{};
  End end_ = End::none;
  bool in_progress_ = false;
  bool progressed_ = false;
  bool cancelled_ = false;
  std::uint64_t received_before_ = 0;
  std::uint64_t read_before_ = 0;
};

}  // namespace flowlog
