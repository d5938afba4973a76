// The program as a process of its own, in a folder of its own.
#pragma once

#include <sys/types.h>

#include <map>
#include <string>
#include <vector>

namespace flowlog::test {

using Variables = std::map<std::string, std::string>;

// A folder that is removed with this object.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::string path(const std::string& name = "") const { return path_ + "/" + name; }
  // Returns the file's path.
  std::string write(const std::string& name, const std::string& text, unsigned mode = 0600) const;
  // Bytes of every file below, by its path from here.
  std::map<std::string, std::string> files(const std::string& below = "") const;

 private:
  std::string path_;
};

struct Ended {
  int status = -1;  // of the exit, or -1
  std::string out;
  std::string err;
  long peak_mb = 0;  // the most memory it held at a time
};

// The program in `folder` with nothing in its environment but PATH, HOME and `variables`.
class Process {
 public:
  Process(const Folder& folder, const std::vector<std::string>& arguments,
          const Variables& variables = {});
  ~Process();  // kills it when it still runs
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;
  pid_t pid() const { return pid_; }
  Ended wait();

 private:
  std::string out_;
  std::string err_;
  pid_t pid_ = -1;
};

inline Ended run_program(const Folder& folder, const std::vector<std::string>& arguments,
                         const Variables& variables = {}) {
  return Process(folder, arguments, variables).wait();
}

std::string read_file(const std::string& path);

}  // namespace flowlog::test
