// Waiting that a cancelled run cuts short.
#pragma once

#include <atomic>

#include "base/clock.h"

namespace flowlog {

// Waits until `until`. Returns false, within a twentieth of a second, once `*cancelled` is true.
bool pause(Clock& clock, Instant until, const std::atomic<bool>* cancelled);

}  // namespace flowlog
