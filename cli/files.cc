#include "cli/files.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

#include "base/json_node.h"

namespace flowlog::cli {
namespace {

[[noreturn]] void fail(const std::string& path, const char* what) {
  throw InputError(path + ": " + what + ": " + std::strerror(errno));
}

}  // namespace

std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) fail(path, "cannot be read");
  std::ostringstream text;
  text << in.rdbuf();
  if (in.bad() || text.bad()) fail(path, "cannot be read");
  return std::move(text).str();
}

void write_file(const std::string& path, std::string_view text, bool secret) {
  const std::string temporary = path + ".new";
  const int fd = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC,
                        secret ? 0600 : 0644);
  if (fd < 0) fail(path, "cannot be written");
  while (!text.empty()) {
    const ssize_t n = ::write(fd, text.data(), text.size());
    if (n < 0) {
      ::close(fd);
      fail(path, "cannot be written");
    }
    text.remove_prefix(static_cast<std::size_t>(n));
  }
  if (::close(fd) != 0 || std::rename(temporary.c_str(), path.c_str()) != 0) {
    fail(path, "cannot be written");
  }
}

}  // namespace flowlog::cli
