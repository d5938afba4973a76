// SIGINT and SIGTERM as a call in a thread of its own.
#pragma once

#include <atomic>
#include <functional>
#include <thread>

namespace flowlog::cli {

// Blocks both signals in this thread and those it starts. To be called before any thread starts.
void hold_signals();

// The opposite, where nobody can wait for them: they end the process.
void release_signals();

// Calls `on_signal` at the first of them. Those within a second of it are the same wish; a later
// one ends the process with status 130.
class SignalWatch {
 public:
  explicit SignalWatch(std::function<void()> on_signal);
  ~SignalWatch();
  SignalWatch(const SignalWatch&) = delete;
  SignalWatch& operator=(const SignalWatch&) = delete;
  bool seen() const { return seen_ > 0; }

 private:
  std::atomic<int> seen_{0};
  std::atomic<bool> done_{false};
  std::thread thread_;
};

}  // namespace flowlog::cli
