// Standard output or standard error, which a pager or a full pipe may block.
#pragma once

#include <atomic>
#include <mutex>
#include <string>
#include <string_view>

namespace flowlog::cli {

// Thread-safe. Of what is written after a write that failed nothing is kept.
class ConsoleWriter {
 public:
  // `fd` stays the caller's.
  explicit ConsoleWriter(int fd) : fd_(fd) {}
  // Waits until all of it is taken, or give_up() is called.
  void write(std::string_view text);
  // From now on whatever is not taken within a second is dropped. From any thread.
  void give_up() { given_up_ = true; }
  // The errno of the write that failed; 0 where none did.
  int error();

 private:
  bool ready();

  const int fd_;
  std::mutex mutex_;
  bool closed_ = false;
  int error_ = 0;
  std::atomic<bool> given_up_{false};
};

}  // namespace flowlog::cli
