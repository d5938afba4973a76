#include "cli/signals.h"

#include <unistd.h>

#include <csignal>
#include <ctime>

namespace flowlog::cli {
namespace {

sigset_t stopping() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGTERM);
  return set;
}

}  // namespace

void hold_signals() {
  const sigset_t set = stopping();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
}

SignalWatch::SignalWatch(std::function<void()> on_signal)
    : thread_([this, on_signal = std::move(on_signal)] {
        const sigset_t set = stopping();
        const timespec pause{0, 50'000'000};
        while (!done_) {
          if (sigtimedwait(&set, nullptr, &pause) < 0) continue;
          if (++seen_ > 1) _exit(130);
          on_signal();
        }
      }) {}

SignalWatch::~SignalWatch() {
  done_ = true;
  thread_.join();
}

}  // namespace flowlog::cli
