#include "base/memory_reserve.h"

#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <new>

namespace flowlog {
namespace {

constexpr std::size_t kMost = std::size_t{32} << 20;
constexpr std::size_t kLeast = std::size_t{1} << 20;

std::atomic<void*> reserve{nullptr};
std::atomic<bool> is_short{false};

// What a failing allocation calls: it returns to try again, or throws.
void release() {
  is_short = true;
  void* const block = reserve.exchange(nullptr);
  if (block == nullptr) throw std::bad_alloc();
  std::free(block);
}

}  // namespace

void reserve_memory() {
  for (std::size_t size = kMost; size >= kLeast; size /= 2) {
    reserve = std::malloc(size);
    if (reserve != nullptr) break;
  }
  std::set_new_handler(release);
}

bool memory_is_short() {
  return is_short;
}

}  // namespace flowlog
