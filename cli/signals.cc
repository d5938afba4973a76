#include "cli/signals.h"

#include <unistd.h>

#include <chrono>
#include <csignal>
#include <ctime>
#include <mutex>
#include <system_error>
#include <thread>

namespace flowlog::cli {
namespace {

constexpr int kInterrupted = 130;
constexpr std::chrono::seconds kOneWish{1};
constexpr std::chrono::seconds kLastWords{2};

using Steady = std::chrono::steady_clock;

// Who hears of them; lives as long as the process.
struct Hearing {
  std::mutex mutex;  // held while one is heard, so that what hears is still there
  std::function<void()> first;
  std::function<void()> again;
  bool seen = false;
  Steady::time_point when;
};

Hearing& hearing() {
  static auto* one = new Hearing;
  return *one;
}

sigset_t stopping() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGTERM);
  struct sigaction now {};
  sigaction(SIGHUP, nullptr, &now);
  if (now.sa_handler != SIG_IGN) sigaddset(&set, SIGHUP);
  return set;
}

void end_at_once(int) {
  _exit(kInterrupted);
}

// Two signals: the reports that there are, within the time there is.
void last_words(const std::function<void()>& again) {
  try {
    std::thread([] {
      std::this_thread::sleep_for(kLastWords);
      _exit(kInterrupted);
    }).detach();
    again();
  } catch (const std::exception&) {
    // What could not be told is not worth staying for.
  }
  _exit(kInterrupted);
}

void hear() {
  Hearing& all = hearing();
  const std::lock_guard lock(all.mutex);
  const auto now = Steady::now();
  if (!all.first) _exit(kInterrupted);
  if (!all.seen) {
    all.seen = true;
    all.when = now;
    all.first();
  } else if (now - all.when >= kOneWish) {
    last_words(all.again ? all.again : [] {});
  }
}

void listen(const sigset_t& set) {
  for (;;) {
    int which = 0;
    if (sigwait(&set, &which) == 0) hear();
  }
}

}  // namespace

void watch_signals() {
  const sigset_t set = stopping();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  hearing();
  try {
    std::thread([set] { listen(set); }).detach();
  } catch (const std::system_error&) {  // no thread is to be had: they end the process
    struct sigaction ending {};
    ending.sa_handler = end_at_once;
    for (const int one : {SIGINT, SIGTERM, SIGHUP}) {
      if (sigismember(&set, one) == 1) sigaction(one, &ending, nullptr);
    }
    pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
  }
}

SignalScope::SignalScope(std::function<void()> first, std::function<void()> again) {
  Hearing& all = hearing();
  const std::lock_guard lock(all.mutex);
  all.first = std::move(first);
  all.again = std::move(again);
  all.seen = false;
}

SignalScope::~SignalScope() {
  Hearing& all = hearing();
  const std::lock_guard lock(all.mutex);
  all.first = nullptr;
  all.again = nullptr;
}

}  // namespace flowlog::cli
