// Waits for a descriptor that somebody else can end.
#pragma once

#include <atomic>

#include "base/clock.h"

namespace flowlog {

// Once raised it stays raised. Thread-safe.
class Interrupt {
 public:
  enum class Wake { ready, timeout, cancelled };

  Interrupt();
  ~Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;

  void raise();
  bool raised() const { return raised_; }
  // Until `fd` has one of the poll `events` (or an error), `deadline` passes, or raise() is called.
  Wake wait(int fd, short events, Instant deadline) const;

 private:
  int event_;
  std::atomic<bool> raised_{false};
};

}  // namespace flowlog
