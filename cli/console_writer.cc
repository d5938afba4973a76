#include "cli/console_writer.h"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace flowlog::cli {
namespace {

// What a pipe takes without blocking when it is ready at all.
constexpr std::size_t kPiece = 4096;
constexpr int kLook = 50;  // milliseconds
constexpr int kLastLooks = 20;

}  // namespace

void ConsoleWriter::write(std::string_view text) {
  const std::lock_guard lock(mutex_);
  while (!text.empty() && !closed_) {
    if (!ready()) {
      closed_ = true;
      return;
    }
    const ssize_t n = ::write(fd_, text.data(), std::min(text.size(), kPiece));
    if (n < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (n <= 0) {
      closed_ = true;
      error_ = n < 0 ? errno : EIO;
    }
    if (n > 0) text.remove_prefix(static_cast<std::size_t>(n));
  }
}

int ConsoleWriter::error() {
  const std::lock_guard lock(mutex_);
  return error_;
}

// False once it was given up and still takes nothing.
bool ConsoleWriter::ready() {
  for (int in_vain = 0; in_vain < kLastLooks;) {
    pollfd polled{fd_, POLLOUT, 0};
    if (poll(&polled, 1, kLook) > 0) return true;
    if (given_up_) ++in_vain;
  }
  return false;
}

}  // namespace flowlog::cli
