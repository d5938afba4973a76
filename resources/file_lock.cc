#include "resources/file_lock.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "base/json_node.h"

namespace flowlog {
namespace {

[[noreturn]] void refuse(const std::string& path, int fd, int error) {
  if (fd >= 0) ::close(fd);
  throw InputError(fmt::format("{}: cannot be locked: {}", path, std::strerror(error)));
}

// The path still leads to the file that was opened: nobody removed it in between.
bool same_file(const std::string& path, int fd) {
  struct stat opened {};
  struct stat there {};
  return ::fstat(fd, &opened) == 0 && ::stat(path.c_str(), &there) == 0 &&
         opened.st_dev == there.st_dev && opened.st_ino == there.st_ino;
}

int lock(int fd) {
  int result = 0;
  do {
    result = ::flock(fd, LOCK_EX | LOCK_NB);
  } while (result != 0 && errno == EINTR);
  return result;
}

}  // namespace

std::unique_ptr<FileLock> FileLock::take(const std::string& path) {
  for (;;) {
    const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0) refuse(path, fd, errno);
    if (lock(fd) != 0) {
      if (errno != EWOULDBLOCK) refuse(path, fd, errno);
      ::close(fd);
      return nullptr;
    }
    if (same_file(path, fd)) return std::unique_ptr<FileLock>(new FileLock(path, fd));
    ::close(fd);
  }
}

std::unique_ptr<FileLock> FileLock::look(const std::string& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0 && errno != ENOENT) refuse(path, fd, errno);
  if (fd >= 0 && lock(fd) != 0) {
    ::close(fd);
    return nullptr;
  }
  return std::unique_ptr<FileLock>(new FileLock("", fd));
}

FileLock::~FileLock() {
  if (!path_.empty()) ::unlink(path_.c_str());
  if (fd_ >= 0) ::close(fd_);
}

}  // namespace flowlog
