#include "client/socket_guard.h"

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <string>
#include <thread>

namespace flowlog {
namespace {

using namespace std::chrono_literals;
using End = SocketGuard::End;
using State = SocketGuard::State;

// Two ends of a TCP connection over loopback.
class Pair {
 public:
  Pair() {
    const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in place{};
    place.sin_family = AF_INET;
    place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof place;
    auto* address = reinterpret_cast<sockaddr*>(&place);
    EXPECT_EQ(bind(listener, address, size), 0);
    EXPECT_EQ(listen(listener, 1), 0);
    EXPECT_EQ(getsockname(listener, address, &size), 0);
    near = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    EXPECT_EQ(connect(near, address, size), 0);
    far = accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
    close(listener);
  }
  ~Pair() {
    close(near);
    if (far >= 0) close(far);
  }
  Pair(const Pair&) = delete;
  Pair& operator=(const Pair&) = delete;

  void send_all(const std::string& bytes) const {
    EXPECT_EQ(write(far, bytes.data(), bytes.size()), static_cast<ssize_t>(bytes.size()));
  }
  // Until it has arrived.
  void say(const std::string& bytes) const {
    send_all(bytes);
    pollfd polled{near, POLLIN, 0};
    poll(&polled, 1, 10'000);
  }
  void hang_up() {
    close(far);
    far = -1;
    pollfd polled{near, POLLIN, 0};
    poll(&polled, 1, 10'000);
  }

  int near = -1;
  int far = -1;
};

TEST(SocketGuard, SeesBytesAndAClose) {
  Pair pair;
  SocketGuard guard;
  guard.adopt(pair.near);
  EXPECT_EQ(guard.state(), State::quiet);
  pair.say("x");
  EXPECT_EQ(guard.state(), State::readable);
  Pair other;
  guard.adopt(other.near);
  other.hang_up();
  EXPECT_EQ(guard.state(), State::closed);
}

TEST(SocketGuard, KnowsWhetherAnythingCameSinceTheRequestBegan) {
  Pair pair;
  SocketGuard guard;
  guard.adopt(pair.near);
  pair.say("before");
  guard.begin(std::chrono::steady_clock::now() + 1h);
  EXPECT_FALSE(guard.heard());
  pair.say("xy");
  EXPECT_TRUE(guard.heard());
  guard.finish();
}

TEST(SocketGuard, DoesNotTakeACloseForSomethingHeard) {
  Pair pair;
  SocketGuard guard;
  guard.begin(std::chrono::steady_clock::now() + 1h);
  guard.adopt(pair.near);
  pair.hang_up();
  EXPECT_FALSE(guard.heard());
  guard.finish();
}

TEST(SocketGuard, EndsAReadAtTheDeadline) {
  Pair pair;
  SocketGuard guard;
  guard.begin(std::chrono::steady_clock::now() + 30ms);
  guard.adopt(pair.near);
  char byte = 0;
  EXPECT_EQ(read(pair.near, &byte, 1), 0);
  EXPECT_EQ(guard.end(), End::timeout);
  guard.finish();
  EXPECT_EQ(guard.end(), End::timeout);
}

TEST(SocketGuard, EndsAReadWhenItIsCancelledFromAnotherThread) {
  Pair pair;
  SocketGuard guard;
  guard.begin(std::chrono::steady_clock::now() + 1h);
  guard.adopt(pair.near);
  std::thread other([&] { guard.cancel(); });
  char byte = 0;
  EXPECT_EQ(read(pair.near, &byte, 1), 0);
  other.join();
  EXPECT_EQ(guard.end(), End::cancelled);
  EXPECT_TRUE(guard.cancelled());
  guard.finish();
}

TEST(SocketGuard, CountsWhatWasReadAndNotWhatWaits) {
  Pair pair;
  SocketGuard guard;
  guard.begin(std::chrono::steady_clock::now() + 1h);
  guard.adopt(pair.near);
  std::thread far([&] { pair.send_all(std::string(100 * 1024, 'x')); });
  std::this_thread::sleep_for(60ms);
  EXPECT_EQ(guard.end(), End::none) << "nothing was read yet";
  std::string bytes(100 * 1024, ' ');
  EXPECT_EQ(recv(pair.near, bytes.data(), bytes.size(), MSG_WAITALL),
            static_cast<ssize_t>(bytes.size()));
  far.join();
  char byte = 0;
  EXPECT_EQ(read(pair.near, &byte, 1), 0);
  EXPECT_EQ(guard.end(), End::too_long);
  guard.finish();
}

TEST(SocketGuard, LetsABodyBeLong) {
  Pair pair;
  SocketGuard guard;
  guard.begin(std::chrono::steady_clock::now() + 1h);
  guard.adopt(pair.near);
  std::string bytes(60 * 1024, ' ');
  for (int i = 0; i < 3; ++i) {
    std::thread far([&] { pair.send_all(bytes); });
    EXPECT_EQ(recv(pair.near, bytes.data(), bytes.size(), MSG_WAITALL),
              static_cast<ssize_t>(bytes.size()));
    far.join();
    guard.progressed();
    std::this_thread::sleep_for(60ms);
  }
  EXPECT_EQ(guard.end(), End::none);
  EXPECT_EQ(guard.state(), State::quiet);
  guard.finish();
}

}  // namespace
}  // namespace flowlog
