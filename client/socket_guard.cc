#include "client/socket_guard.h"

#include <fcntl.h>
#include <linux/tcp.h>
#include <netinet/in.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <condition_variable>
#include <mutex>
#include <set>
#include <thread>

namespace flowlog {
namespace {

// 64 KiB, and what a library or a TLS record reads ahead.
constexpr std::uint64_t kMostUnused = std::uint64_t{80} * 1024;
constexpr Duration kInterval = std::chrono::milliseconds(5);

// Bytes of the peer that arrived in order on this connection.
std::uint64_t received(int fd) {
  tcp_info info{};
  socklen_t size = sizeof info;
  if (fd < 0 || getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &size) != 0) return 0;
  return info.tcpi_bytes_received;
}

Instant now() {
  return std::chrono::steady_clock::now();
}

}  // namespace

// The thread, and the lock of all guards.
class RequestTimer {
 public:
  static RequestTimer& one() {
    static RequestTimer timer;
    return timer;
  }
  ~RequestTimer() {
    {
      const std::lock_guard lock(mutex);
      stopping_ = true;
    }
    changed_.notify_one();
    thread_.join();
  }

  // Both: under the lock.
  void add(SocketGuard* guard) {
    guards_.insert(guard);
    look_by(now() + kInterval);
  }
  void remove(SocketGuard* guard) { guards_.erase(guard); }
  void look_by(Instant time) {
    if (time < next_) changed_.notify_one();
  }

  std::mutex mutex;

 private:
  RequestTimer() : thread_([this] { run(); }) {}

  void run() {
    std::unique_lock lock(mutex);
    while (!stopping_) {
      next_ = Instant::max();
      for (SocketGuard* guard : guards_) next_ = std::min(next_, guard->check(now()));
      if (guards_.empty()) {
        changed_.wait(lock);
      } else {
        changed_.wait_until(lock, next_);
      }
    }
  }

  std::condition_variable changed_;
  std::set<SocketGuard*> guards_;
  Instant next_ = Instant::max();
  bool stopping_ = false;
  std::thread thread_;
};

SocketGuard::SocketGuard() {
  RequestTimer::one();
}

SocketGuard::~SocketGuard() {
  finish();
  if (fd_ >= 0) close(fd_);
}

void SocketGuard::begin(Instant deadline) {
  const std::lock_guard lock(RequestTimer::one().mutex);
  deadline_ = deadline;
  end_ = End::none;
  in_progress_ = true;
  progressed_ = false;
  received_before_ = received(fd_);
  read_before_ = read();
  RequestTimer::one().add(this);
}

void SocketGuard::finish() {
  const std::lock_guard lock(RequestTimer::one().mutex);
  in_progress_ = false;
  RequestTimer::one().remove(this);
}

void SocketGuard::set_deadline(Instant deadline) {
  const std::lock_guard lock(RequestTimer::one().mutex);
  deadline_ = deadline;
}

void SocketGuard::progressed() {
  const std::lock_guard lock(RequestTimer::one().mutex);
  progressed_ = true;
}

SocketGuard::End SocketGuard::end() const {
  const std::lock_guard lock(RequestTimer::one().mutex);
  return cancelled_ ? End::cancelled : end_;
}

void SocketGuard::cancel() {
  const std::lock_guard lock(RequestTimer::one().mutex);
  cancelled_ = true;
  RequestTimer::one().look_by(now());
}

bool SocketGuard::cancelled() const {
  const std::lock_guard lock(RequestTimer::one().mutex);
  return cancelled_;
}

void SocketGuard::adopt(int fd) {
  const std::lock_guard lock(RequestTimer::one().mutex);
  if (fd_ >= 0) close(fd_);
  fd_ = fcntl(fd, F_DUPFD_CLOEXEC, 0);
  received_before_ = 0;
  read_before_ = 0;
}

void SocketGuard::release() {
  const std::lock_guard lock(RequestTimer::one().mutex);
  if (fd_ >= 0) close(fd_);
  fd_ = -1;
}

SocketGuard::State SocketGuard::state() const {
  const std::lock_guard lock(RequestTimer::one().mutex);
  char byte = 0;
  const auto count = recv(fd_, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
  if (count > 0) return State::readable;
  return count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK) ? State::quiet : State::closed;
}

bool SocketGuard::heard() const {
  const std::lock_guard lock(RequestTimer::one().mutex);
  return received(fd_) > received_before_ + 1;
}

// Under the lock, as are cut() and read().
Instant SocketGuard::check(Instant time) {
  if (progressed_) read_before_ = read();
  progressed_ = false;
  if (end_ == End::none && time >= deadline_) end_ = End::timeout;
  if (end_ == End::none && read() > read_before_ + kMostUnused) end_ = End::too_long;
  // Again until the request ends: before it connects, a socket cannot be shut down.
  if (end_ != End::none || cancelled_) cut();
  return time + kInterval;
}

// Ends the connection, with what has come and was not read.
void SocketGuard::cut() const {
  if (fd_ < 0) return;
  shutdown(fd_, SHUT_RDWR);
  char bytes[16 * 1024];
  for (int i = 0; i < 64 && recv(fd_, bytes, sizeof bytes, MSG_DONTWAIT) > 0;) ++i;
}

// Bytes that the library has taken from the connection.
std::uint64_t SocketGuard::read() const {
  int unread = 0;
  if (fd_ < 0 || ioctl(fd_, FIONREAD, &unread) != 0) return 0;
  const std::uint64_t all = received(fd_);
  return all - std::min<std::uint64_t>(all, static_cast<unsigned>(unread));
}

}  // namespace flowlog
