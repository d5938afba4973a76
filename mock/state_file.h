// The flow logs of a mock and what it remembers of tokens, in a JSON file that outlasts it.
#pragma once

#include <mutex>
#include <string>
#include <tuple>

#include "mock/world.h"

namespace flowlog::mock {

class StateFile {
 public:
  // Puts into `world` what the file holds; without a file, nothing. A deletion that was under way
  // begins again. Throws InputError when the file cannot be read or is of another make. REQUIRES
  // that `world` outlives this and is used by nobody else yet.
  StateFile(std::string path, Backend& backend);

  // Replaces the file iff a flow log came, changed, is going or went since the last time.
  // Thread-safe. Returns why it failed, one sentence, or nothing.
  std::string keep();

 private:
  using Mark = std::tuple<long, long, long, long>;  // flow logs ever made, there, going; changes

  Mark mark() const;
  std::string text() const;

  std::string path_;
  Backend& backend_;
  std::mutex mutex_;  // of the file; taken before the world's
  Mark kept_{-1, -1, -1, -1};
};

}  // namespace flowlog::mock
