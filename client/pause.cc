#include "client/pause.h"

#include <algorithm>
#include <optional>

#include "base/trace.h"

namespace flowlog {

bool pause(Clock& clock, Instant until, const std::atomic<bool>* cancelled) {
  constexpr auto slice = std::chrono::milliseconds(50);
  std::optional<Span> span;
  for (;;) {
    if (cancelled && *cancelled) return false;
    const Instant now = clock.now();
    if (now >= until) return true;
    if (!span) span.emplace("wait", "turn");
    clock.sleep_until(cancelled ? std::min(until, now + slice) : until);
  }
}

}  // namespace flowlog
