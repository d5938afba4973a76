#include "client/budget.h"

namespace flowlog {
namespace {

std::string reached(long limit, const char* what) {
  return "the limit of " + std::to_string(limit) + ' ' + what + " is reached";
}

bool at(long limit, long count) {
  return limit > 0 && count >= limit;
}

}  // namespace

Budget::Budget(Limits limits, Clock& clock) : limits_(limits), clock_(clock), start_(clock.now()) {}

std::optional<std::string> Budget::take(bool create, bool cleanup) {
  std::unique_lock lock(mutex_);
  if (!cleanup) {
    settled_.wait(lock, [&] {
      return !create || !at(limits_.max_creates, creates_) || unsettled_ == 0 || refusal(false);
    });
    if (auto reason = refusal(create)) return reason;
  }
  ++requests_;
  if (create) {
    ++creates_;
    ++unsettled_;
  }
  return std::nullopt;
}

void Budget::settle(bool refused) {
  {
    const std::lock_guard lock(mutex_);
    --unsettled_;
    if (refused) --creates_;
  }
  settled_.notify_all();
}

long Budget::requests() const {
  const std::lock_guard lock(mutex_);
  return requests_;
}

long Budget::creates() const {
  const std::lock_guard lock(mutex_);
  return creates_;
}

std::optional<std::string> Budget::spent(bool create) const {
  const std::lock_guard lock(mutex_);
  return refusal(create && unsettled_ == 0);
}

// REQUIRES: mutex_ is held
std::optional<std::string> Budget::refusal(bool create) const {
  if (limits_.time > Duration{0} && clock_.now() - start_ >= limits_.time) {
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(limits_.time).count();
    return "the time limit of " + std::to_string(seconds) + " s has passed";
  }
  if (at(limits_.max_requests, requests_)) return reached(limits_.max_requests, "requests");
  if (create && at(limits_.max_creates, creates_)) return reached(limits_.max_creates, "creations");
  return std::nullopt;
}

}  // namespace flowlog
