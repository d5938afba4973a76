// A check of many cases, divided into parts that are carried out side by side.
#pragma once

#include <atomic>
#include <map>
#include <optional>
#include <utility>

#include "engine/check.h"
#include "engine/result.h"

namespace flowlog {

// Cases from `first` up to `last` of a check.
struct Part {
  std::size_t number = 0;
  std::size_t first = 0;
  std::size_t last = 0;
};

// Guarded by its owner's mutex, but for superseded(). What came of the parts is joined in their
// order, as soon as those before are known, so that the result is that of one case after the other:
// what comes after the first part that ended early is not told.
class Parts {
 public:
  static constexpr std::size_t kCases = 64;  // of one part

  explicit Parts(std::size_t cases) : cases_(cases) {}

  // The next one to begin; nothing when all have begun, or one that began has ended early.
  std::optional<Part> take();
  bool all_taken() const { return next_ >= limit(); }
  // `whole`: it did not end early.
  void ended(const Part& part, Noted outcome, bool whole);
  bool under_way() const { return running_ > 0; }
  // True once, for whoever makes the result.
  bool close() { return !std::exchange(closed_, true); }
  bool closed() const { return closed_; }
  // What is known of the parts in their order.
  const Noted& joined() const { return joined_; }
  // Thread-safe: a part before it ended early.
  bool superseded(const Part& part) const { return part.number > stop_; }

 private:
  std::size_t limit() const;

  const std::size_t cases_;
  std::size_t next_ = 0;
  std::size_t running_ = 0;
  bool closed_ = false;
  std::size_t joined_up_to_ = 0;
  std::atomic<std::size_t> stop_{SIZE_MAX};  // the first part that ended early
  std::map<std::size_t, Noted> waiting_;     // for those before them
  Noted joined_;
};

}  // namespace flowlog
