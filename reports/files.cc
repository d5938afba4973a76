#include "reports/files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

#include "base/json_node.h"

namespace flowlog {
namespace {

constexpr std::size_t kMostBytes = std::size_t{1} << 30;
constexpr int kMostLinks = 40;  // as the kernel follows

std::string reason(int error) {
  return std::generic_category().message(error);
}

class File {
 public:
  explicit File(int fd) : fd_(fd) {}
  ~File() { close(); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  int fd() const { return fd_; }
  bool close() {
    if (fd_ < 0) return true;
    const int closed = ::close(fd_);
    fd_ = -1;
    return closed == 0;
  }

 private:
  int fd_;
};

bool write_bytes(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = ::write(fd, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

// Renaming is on the disk once the folder is. Not every file system can, and none needs to.
void sync_folder(const std::string& folder) {
  const File file(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (file.fd() >= 0) ::fsync(file.fd());
}

// A device or a pipe. Returns errno, or 0.
int write_into(const std::string& path, std::string_view bytes) {
  File file(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
  if (file.fd() < 0) return errno;
  return write_bytes(file.fd(), bytes) && file.close() ? 0 : errno;
}

// Returns errno, or 0.
int replace_file(const std::string& path, std::string_view bytes) {
  const std::filesystem::path target(path);
  const std::string folder = target.has_parent_path() ? target.parent_path().string() : ".";
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) return error.value();
  const std::string temporary = fmt::format("{}.{}.tmp", path, ::getpid());
  File file(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
  if (file.fd() < 0) return errno;
  if (!write_bytes(file.fd(), bytes) || ::fsync(file.fd()) != 0 || !file.close() ||
      ::rename(temporary.c_str(), path.c_str()) != 0) {
    const int why = errno;
    ::unlink(temporary.c_str());
    return why;
  }
  sync_folder(folder);
  return 0;
}

}  // namespace

std::string read_whole_file(const std::string& path) {
  const auto refuse = [&](int error) {
    throw InputError(fmt::format("cannot read {}: {}", path, reason(error)));
  };
  const File file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.fd() < 0) refuse(errno);
  std::string out;
  char buffer[1 << 16];
  for (;;) {
    const ssize_t n = ::read(file.fd(), buffer, sizeof buffer);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) refuse(errno);
    if (n == 0) return out;
    if (out.size() > kMostBytes) refuse(EFBIG);
    out.append(buffer, static_cast<std::size_t>(n));
  }
}

std::string file_behind(const std::string& path) {
  std::filesystem::path file = path;
  for (int i = 0; i < kMostLinks; ++i) {
    std::error_code none;
    const std::filesystem::path to = std::filesystem::read_symlink(file, none);
    if (none) break;
    file = file.parent_path() / to;
  }
  return file.string();
}

std::string write_whole_file(const std::string& path, std::string_view bytes) {
  struct stat there {};
  const bool in_place = ::stat(path.c_str(), &there) == 0 && !S_ISREG(there.st_mode);
  const int error = in_place ? write_into(path, bytes) : replace_file(file_behind(path), bytes);
  return error == 0 ? "" : fmt::format("cannot write {}: {}", path, reason(error));
}

}  // namespace flowlog
