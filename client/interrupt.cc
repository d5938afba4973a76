#include "client/interrupt.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <system_error>

namespace flowlog {
namespace {

// Rounded up, so that a wait never ends before its deadline.
int milliseconds_until(Instant deadline) {
  const auto left = deadline - std::chrono::steady_clock::now();
  const auto rounded = std::chrono::ceil<std::chrono::milliseconds>(left).count();
  return static_cast<int>(std::clamp<decltype(rounded)>(rounded, 0, 3'600'000));
}

}  // namespace

Interrupt::Interrupt() : event_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  if (event_ < 0) throw std::system_error(errno, std::generic_category(), "eventfd");
}

Interrupt::~Interrupt() {
  close(event_);
}

void Interrupt::raise() {
  raised_ = true;
  const std::uint64_t one = 1;
  [[maybe_unused]] const auto written = write(event_, &one, sizeof one);
}

Interrupt::Wake Interrupt::wait(int fd, short events, Instant deadline) const {
  for (;;) {
    pollfd polled[2] = {{event_, POLLIN, 0}, {fd, events, 0}};
    const int count = poll(polled, 2, milliseconds_until(deadline));
    if (count < 0 && errno != EINTR) return Wake::ready;  // the operation itself reports the error
    if (raised_) return Wake::cancelled;
    if (count > 0 && polled[1].revents != 0) return Wake::ready;
    if (std::chrono::steady_clock::now() >= deadline) return Wake::timeout;
  }
}

}  // namespace flowlog
