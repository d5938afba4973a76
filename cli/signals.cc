#include "cli/signals.h"

#include <unistd.h>

#include <chrono>
#include <csignal>
#include <ctime>

namespace flowlog::cli {
namespace {

// `timeout`, for one, signals its child and the child's group: one wish to stop, and two signals.
constexpr std::chrono::seconds kOneWish{1};

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
}

void release_signals() {
  const sigset_t set = stopping();
  pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
}

SignalWatch::SignalWatch(std::function<void()> on_signal)
    : thread_([this, on_signal = std::move(on_signal)] {
        const sigset_t set = stopping();
        const timespec pause{0, 50'000'000};
        std::chrono::steady_clock::time_point first;
        while (!done_) {
          if (sigtimedwait(&set, nullptr, &pause) < 0) continue;
          const auto now = std::chrono::steady_clock::now();
          if (seen_ == 0) {
            first = now;
            ++seen_;
            on_signal();
          } else if (now - first >= kOneWish) {
            _exit(130);
          }
        }
      }) {}

SignalWatch::~SignalWatch() {
  done_ = true;
  thread_.join();
}

}  // namespace flowlog::cli
