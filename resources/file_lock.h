// An exclusive lock on a file, held until destroyed or until the process ends in whatever way.
#pragma once

#include <memory>
#include <string>
#include <utility>

namespace flowlog {

class FileLock {
 public:
  // Makes the file when it is not there; nullptr when another holds it. Throws InputError when it
  // cannot be locked at all.
  static std::unique_ptr<FileLock> take(const std::string& path);
  // The same where nothing may be written: a file that is not there is held by nobody.
  static std::unique_ptr<FileLock> look(const std::string& path);
  ~FileLock();  // removes the file
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;

 private:
  FileLock(std::string path, int fd) : path_(std::move(path)), fd_(fd) {}

  std::string path_;
  int fd_;
};

}  // namespace flowlog
