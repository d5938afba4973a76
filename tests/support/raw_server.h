// A server of raw bytes: it says what its script says, lawful HTTP or not.
#pragma once

#include <openssl/ssl.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <list>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace flowlog::test {

// What happens on one connection, step by step; after the last step it is closed.
class Script {
 public:
  // Reads one request: its head, and the body that its Content-Length names.
  Script& read();
  // Reads one request. One without `text` in its head is answered by the server on that port of
  // loopback, and the connection closed; any other goes on with the script.
  Script& relay_unless(std::string text, int port);
  Script& send(std::string bytes);
  // An error of the API that gives the whole request back, in its message and in a header.
  Script& echo();
  // One byte at a time.
  Script& drip(std::string bytes, std::chrono::milliseconds between);
  // The same bytes again and again, until the client has had enough (or `times`, when not 0).
  Script& flood(std::string bytes, std::size_t times = 0);
  Script& pause(std::chrono::milliseconds span);
  // Until the client closes.
  Script& hold();
  // Closes with a reset instead of an orderly end.
  Script& reset();
  // Starts again with the first step.
  Script& repeat();

 private:
  friend class RawServer;
  enum class Kind { read, relay, send, echo, drip, flood, pause, hold, reset, repeat };
  struct Step {
    Kind kind;
    std::string bytes;
    std::chrono::milliseconds span{0};
    std::size_t times = 1;
  };
  std::vector<Step> steps_;
};

// "HTTP/1.1 200 OK" with JSON content type and the right length.
std::string ok(const std::string& body, const std::string& extra_headers = "");

// Listens on loopback from construction to destruction, which ends every script and joins every
// thread. Connection i gets script i, those after the last one the last. At most 64 connections
// at a time.
class RawServer {
 public:
  explicit RawServer(std::vector<Script> scripts, SSL_CTX* tls = nullptr,
                     const std::string& address = "127.0.0.1");
  explicit RawServer(Script script) : RawServer(std::vector<Script>{std::move(script)}) {}
  ~RawServer();
  RawServer(const RawServer&) = delete;
  RawServer& operator=(const RawServer&) = delete;

  int port() const { return port_; }
  std::string url() const;
  // Requests read so far, raw, over all connections.
  std::vector<std::string> requests() const;
  // When each of them had been read.
  std::vector<std::chrono::steady_clock::time_point> arrivals() const;
  int connections() const { return connections_; }
  // Written so far, over all connections, relayed answers not counted.
  std::size_t bytes_sent() const { return bytes_sent_; }

 private:
  struct Connection {
    int fd = -1;
    SSL* ssl = nullptr;
    std::string buffer;
    std::string request;  // the last one read
    std::atomic<bool> done{false};
    std::thread thread;
  };
  void listen_on(const std::string& address);
  void accept_all();
  void serve(Connection& connection, const Script& script);
  bool run(Connection& connection, const Script::Step& step);
  bool read_request(Connection& connection);
  bool relay_unless(Connection& connection, const Script::Step& step);
  bool send_all(Connection& connection, const std::string& bytes);
  bool pause(std::chrono::milliseconds span);
  bool hold(Connection& connection);
  void reap(bool all);

  const std::vector<Script> scripts_;
  SSL_CTX* const tls_;
  std::string host_;
  int listener_ = -1;
  int port_ = 0;
  std::atomic<int> connections_{0};
  std::atomic<std::size_t> bytes_sent_{0};
  std::atomic<bool> stopping_{false};
  mutable std::mutex mutex_;
  std::condition_variable stopped_;
  std::vector<std::string> requests_;
  std::vector<std::chrono::steady_clock::time_point> arrivals_;
  std::list<Connection> open_;
  std::thread acceptor_;
};

}  // namespace flowlog::test
