// SIGINT, SIGTERM and SIGHUP as calls in a thread of its own, from the program's first instant.
#pragma once

#include <functional>

namespace flowlog::cli {

// To be called first in main(), before any thread starts. From then on these signals end the
// process with status 130 at once, as the first process of a container too, unless a SignalScope
// wants to hear of them. A SIGHUP that is ignored (nohup) stays ignored.
void watch_signals();

// Hears of the signals while it lives; one at a time.
class SignalScope {
 public:
  // `first`: the first signal came. `again`: another came a
  // second or more later (`timeout` signals its child and the child's group: one wish, and two
  // signals); after it, or two seconds, the process ends with status 130.
  explicit SignalScope(std::function<void()> first, std::function<void()> again = {});
  ~SignalScope();
  SignalScope(const SignalScope&) = delete;
  SignalScope& operator=(const SignalScope&) = delete;
};

}  // namespace flowlog::cli
