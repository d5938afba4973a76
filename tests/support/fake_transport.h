// A network without sockets: it records what is sent and answers as told.
#pragma once

#include <algorithm>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "client/transport.h"

namespace flowlog::test {

// Outlives the transports that it makes. Thread-safe.
class FakeNetwork {
 public:
  using Handler = std::function<Answered(const WireRequest&)>;

  // Answers in turn; the last one repeats. Without any, every request gets an empty 200.
  explicit FakeNetwork(std::vector<Answered> answers = {}) : answers_(std::move(answers)) {}
  // Asks `handler` instead.
  explicit FakeNetwork(Handler handler) : handler_(std::move(handler)) {}

  static Failure failing(Failure::Kind kind, bool maybe_sent) {
    return {kind, std::string("made to fail: ") + std::string(name(kind)), maybe_sent};
  }

  TransportFactory factory() {
    return [this] {
      const std::lock_guard lock(mutex_);
      ++opened_;
      return std::make_unique<Wire>(*this);
    };
  }

  // From now on requests hang until their transport is cancelled.
  void hang(bool on = true) {
    const std::lock_guard lock(mutex_);
    hanging_ = on;
  }
  // Returns once `count` requests are hanging.
  void await_hanging(int count) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return waiting_ >= count; });
  }

  std::vector<WireRequest> requests() const {
    const std::lock_guard lock(mutex_);
    return requests_;
  }
  int opened() const {
    const std::lock_guard lock(mutex_);
    return opened_;
  }

 private:
  class Wire final : public Transport {
   public:
    explicit Wire(FakeNetwork& network) : network_(network) {}
    Answered send(const WireRequest& request, Instant) override {
      std::unique_lock lock(network_.mutex_);
      if (cancelled_) return failing(Failure::Kind::cancelled, false);
      network_.requests_.push_back(request);
      if (network_.hanging_) {
        ++network_.waiting_;
        network_.changed_.notify_all();
        network_.changed_.wait(lock, [&] { return cancelled_; });
        --network_.waiting_;
        return failing(Failure::Kind::cancelled, true);
      }
      if (network_.handler_) {
        lock.unlock();
        return network_.handler_(request);
      }
      return network_.next();
    }
    void cancel() override {
      const std::lock_guard lock(network_.mutex_);
      cancelled_ = true;
      network_.changed_.notify_all();
    }

   private:
    FakeNetwork& network_;
    bool cancelled_ = false;
  };

  Answered next() {
    if (answers_.empty()) return WireResponse{200, {}, "{}"};
    const std::size_t index = std::min(answered_++, answers_.size() - 1);
    return answers_[index];
  }

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  Handler handler_;
  std::vector<Answered> answers_;
  std::size_t answered_ = 0;
  std::vector<WireRequest> requests_;
  int opened_ = 0;
  int waiting_ = 0;
  bool hanging_ = false;
};

}  // namespace flowlog::test
