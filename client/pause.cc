#include "client/pause.h"

#include <algorithm>

namespace flowlog {

bool pause(Clock& clock, Instant until, const std::atomic<bool>* cancelled) {
  constexpr auto slice = std::chrono::milliseconds(50);
  for (;;) {
    if (cancelled && *cancelled) return false;
    const Instant now = clock.now();
    if (now >= until) return true;
    clock.sleep_until(cancelled ? std::min(until, now + slice) : until);
  }
}

}  // namespace flowlog
