// The program as its users meet it: a process with arguments and an environment of its own.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <string>
#include <vector>

namespace flowlog::cli {

struct ProcessResult {
  int status = -1;  // exit status; 128 + the signal that ended it; -1: still running, and killed
  std::string out;
  std::string err;
  std::string all() const { return out + err; }
};

// A folder that ends with this.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::string file(const std::string& name) const { return path_ + "/" + name; }
  // Writes a file there, readable by its owner alone; returns its path.
  std::string write(const std::string& name, const std::string& text) const;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

std::string read_whole(const std::string& path);  // "" when there is none

// One process in `folder`, which is its working directory, home and state; nothing of this
// process' environment but PATH. Killed, by its id, when this ends.
// `shell` is carried out before it by a shell that then becomes the program: "ulimit -n 80".
class Process {
 public:
  Process(const Folder& folder, const std::vector<std::string>& arguments,
          const std::vector<std::string>& environment = {}, const std::string& shell = "");
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  void signal(int number) const;
  pid_t pid() const { return pid_; }
  // Waits until its standard output or standard error holds `text`; false after the time given.
  bool says(const std::string& text, std::chrono::seconds patience = std::chrono::seconds(30));
  ProcessResult wait(std::chrono::seconds patience = std::chrono::seconds(120));

 private:
  std::string out_;
  std::string err_;
  pid_t pid_ = -1;
};

ProcessResult run_program(const Folder& folder, const std::vector<std::string>& arguments,
                          const std::vector<std::string>& environment = {});

// `mock` in a process of its own, with the profile that reaches it.
class MockProcess {
 public:
  explicit MockProcess(const Folder& folder, const std::vector<std::string>& more = {});
  const std::string& profile() const { return profile_; }
  std::string url() const;
  ProcessResult stop();

 private:
  std::string profile_;
  Process process_;
};

}  // namespace flowlog::cli
