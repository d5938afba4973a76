// The mock as a server: whatever bytes come, it goes on answering.
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <rapidcheck/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "client/signing.h"
#include "client/transport.h"
#include "mock/mock.h"
#include "specs/load.h"

namespace flowlog {
namespace {

using mock::Mock;

class Connection {
 public:
  explicit Connection(int port) : fd_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in place{};
    place.sin_family = AF_INET;
    place.sin_port = htons(static_cast<std::uint16_t>(port));
    place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const timeval patience{0, 200'000};
    setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    open_ = connect(fd_, reinterpret_cast<sockaddr*>(&place), sizeof place) == 0;
  }
  ~Connection() { close(fd_); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  bool say(const std::string& bytes) const {
    std::size_t sent = 0;
    while (open_ && sent < bytes.size()) {
      const auto count = send(fd_, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
      if (count <= 0) return false;
      sent += static_cast<std::size_t>(count);
    }
    return open_;
  }
  // What comes until the server closes or says nothing for a while.
  std::string hear() const {
    shutdown(fd_, SHUT_WR);
    std::string heard;
    char bytes[4096];
    for (long got; (got = recv(fd_, bytes, sizeof bytes, 0)) > 0;) {
      heard.append(bytes, static_cast<std::size_t>(got));
    }
    return heard;
  }

 private:
  int fd_;
  bool open_ = false;
};

WireRequest listing(const Mock& mock) {
  const nlohmann::json account = mock.profile()["accounts"]["default"];
  return sign("GET", parse_endpoint(mock.url()).host_header, "/",
              {{"Action", "DescribeFlowLogs"}, {"Version", "2020-04-01"}}, "", {},
              {account["access_key"], account["secret_key"], ""}, {"cn-beijing", "vpc"},
              system_clock().wall());
}

std::string bytes_of(const WireRequest& request) {
  std::string bytes = request.method + ' ' + request.target + " HTTP/1.1\r\n";
  for (const auto& [name, value] : request.headers) bytes += name + ": " + value + "\r\n";
  return bytes + "\r\n" + request.body;
}

bool still_answers(const Mock& mock) {
  const auto transport = make_http_transport(parse_endpoint(mock.url()), {});
  const Answered answered =
      transport->send(listing(mock), system_clock().now() + std::chrono::seconds(20));
  const auto* response = std::get_if<WireResponse>(&answered);
  return response != nullptr && response->status == 200;
}

std::string mutated(std::string bytes) {
  const int changes = *rc::gen::inRange(1, 6);
  for (int i = 0; i < changes; ++i) {
    const auto at = *rc::gen::inRange<std::size_t>(0, bytes.size() + 1);
    const auto length = *rc::gen::inRange<std::size_t>(0, 60);
    switch (*rc::gen::inRange(0, 7)) {
      case 0:
        bytes.insert(at, 1, *rc::gen::arbitrary<char>());
        break;
      case 1:
        bytes.erase(at, length);
        break;
      case 2:
        bytes.insert(at, bytes.substr(at, length));
        break;
      case 3:
        bytes.insert(at, *rc::gen::element<std::string>(
                             "\r\n", "\r\n\r\n", "\n", ": ", "Content-Length: 99999999999\r\n",
                             "Content-Length: -1\r\n", "Transfer-Encoding: chunked\r\n",
                             "Expect: 100-continue\r\n", "Connection: upgrade\r\n", "%", "%zz", "&",
                             "HTTP/9.9", std::string(1, '\0')));
        break;
      case 4:
        bytes.resize(at);
        break;
      case 5:
        bytes.insert(at, *rc::gen::inRange<std::size_t>(1, 100'000), 'x');
        break;
      default:
        if (at < bytes.size()) bytes[at] = *rc::gen::arbitrary<char>();
    }
  }
  return bytes;
}

class Garbage : public testing::Test {
 protected:
  static const Mock& mock() {
    static const Mock one(built_in_service(), {});
    return one;
  }
};

RC_GTEST_FIXTURE_PROP(Garbage, NeverKeepsTheMockFromAnsweringTheNextRequest, ()) {
  const std::string request = bytes_of(listing(mock()));
  for (int i = 0; i < 3; ++i) {
    const Connection connection(mock().port());
    connection.say(mutated(request));
    const std::string heard = connection.hear();
    RC_ASSERT(heard.empty() || heard.starts_with("HTTP/1."));
  }
  RC_ASSERT(still_answers(mock()));
}

TEST_F(Garbage, WithoutEndIsRefusedAtALimit) {
  const std::string start = "GET /?A=b HTTP/1.1\r\nHost: h\r\n";
  for (const std::string& bytes :
       {start + "X-A: " + std::string(4u << 20, 'v'), "GET /" + std::string(4u << 20, 'v')}) {
    const Connection connection(mock().port());
    connection.say(bytes);
    const std::string heard = connection.hear();
    EXPECT_TRUE(heard.empty() || heard.starts_with("HTTP/1.1 4")) << heard.substr(0, 100);
  }
  const Connection connection(mock().port());
  connection.say("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 8000000\r\n\r\n" +
                 std::string(8'000'000, 'x'));
  EXPECT_TRUE(connection.hear().starts_with("HTTP/1.1 413")) << "too large a body";
  EXPECT_TRUE(still_answers(mock()));
}

TEST_F(Garbage, OnManyConnectionsAtOnceIsForgottenWithThem) {
  {
    std::vector<std::unique_ptr<Connection>> many;
    for (int i = 0; i < 600; ++i) {
      many.push_back(std::make_unique<Connection>(mock().port()));
      many.back()->say("GET / HT");
    }
  }
  EXPECT_TRUE(still_answers(mock()));
}

TEST(MockServer, IsBoundToLoopbackUnlessToldOtherwise) {
  const Mock mock(built_in_service(), {});
  EXPECT_TRUE(parse_endpoint(mock.url()).loopback());
  EXPECT_EQ(mock::Options{}.bind, "127.0.0.1");
}

}  // namespace
}  // namespace flowlog
