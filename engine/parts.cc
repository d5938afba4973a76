#include "engine/parts.h"

#include <algorithm>

namespace flowlog {

std::size_t Parts::limit() const {
  const std::size_t stop = stop_;
  const std::size_t all = (cases_ + kCases - 1) / kCases;
  return stop < all ? stop + 1 : all;
}

std::optional<Part> Parts::take() {
  if (all_taken()) return std::nullopt;
  const std::size_t number = next_++;
  ++running_;
  return Part{number, number * kCases, std::min((number + 1) * kCases, cases_)};
}

void Parts::ended(const Part& part, Noted outcome, bool whole) {
  --running_;
  if (!whole && part.number < stop_) stop_ = part.number;
  waiting_.emplace(part.number, std::move(outcome));
  for (auto it = waiting_.find(joined_up_to_); it != waiting_.end();
       it = waiting_.find(joined_up_to_)) {
    if (joined_up_to_++ <= stop_) joined_.append(std::move(it->second));
    waiting_.erase(it);
  }
}

}  // namespace flowlog
