#include <fcntl.h>
#include <fmt/format.h>
#include <httplib.h>
#include <pthread.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <mutex>
#include <optional>

#include "base/text.h"
#include "client/answer_head.h"
#include "client/lookup.h"
#include "client/proxy.h"
#include "client/raw_request.h"
#include "client/socket_guard.h"
#include "client/tls.h"
#include "client/transport.h"

namespace flowlog {
namespace {

constexpr auto kForever = std::chrono::hours(24);          // the guard keeps the time
constexpr auto kRounding = std::chrono::milliseconds(10);  // the library may give up so much early
constexpr int kReceiveBuffer = 256 * 1024;
constexpr std::size_t kStack = std::size_t{256} << 20;

// What the library needs of the process. A write to a connection that the server closed must not
// end it. The first line of an answer is matched by std::regex, which takes some 300 bytes of stack
// for each character; versions before 0.18.7 know no longest line, and the guard acts a little
// late.
void prepare_process() {
  static std::once_flag once;
  std::call_once(once, [] {
    struct sigaction current {};
    sigaction(SIGPIPE, nullptr, &current);
    if (current.sa_handler == SIG_DFL) std::signal(SIGPIPE, SIG_IGN);
    rlimit limit{};
    if (getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur != RLIM_INFINITY) return;
    if (getrlimit(RLIMIT_STACK, &limit) == 0 && limit.rlim_cur < kStack) {
      limit.rlim_cur = std::min<rlim_t>(kStack, limit.rlim_max);
      setrlimit(RLIMIT_STACK, &limit);
    }
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, kStack);
    pthread_setattr_default_np(&attributes);
    pthread_attr_destroy(&attributes);
  });
}

// The library decodes percent signs in values: what comes of it stays one line.
Headers headers_of(const httplib::Response& response) {
  Headers headers;
  for (const auto& [name, value] : response.headers) {
    std::string line = value;
    for (char& c : line) {
      if ((c >= 0 && c < ' ' && c != '\t') || c == 0x7f) c = '?';
    }
    headers.emplace_back(name, std::move(line));
  }
  return headers;
}

class HttpTransport final : public Transport {
 public:
  HttpTransport(const Endpoint& endpoint, const TransportOptions& options);
  ~HttpTransport() override { client_->stop(); }

  Answered send(const WireRequest& request, Instant deadline) override;
  void cancel() override { guard_.cancel(); }

 private:
  // A request in progress.
  struct Reading {
    const WireRequest* request = nullptr;
    Instant deadline{};
    Instant connect_by{};
    std::string place;   // what is connected to
    bool begun = false;  // the library wrote the request's head
    bool sent = false;   // and all of it
    bool reset = false;
    bool no_descriptor = false;  // left in this process or machine
    std::optional<AnswerHead> head;
    std::string body;
    bool too_large = false;
  };

  Answered exchange(const WireRequest& request, Instant deadline);
  Answered open();
  void hang_up();
  Answered attempt();
  void adopt(int fd);
  bool take_head(const httplib::Response& response);
  bool take_body(const char* data, std::size_t size);
  Answered answer(const httplib::Result& result);
  Failure unopened(httplib::Error error) const;
  Failure no_tunnel(const httplib::Result& result) const;
  Failure unread() const;
  Failure failed(Failure::Kind kind, std::string text) const;
  std::string where() const;
  bool more_came() const;

  const Endpoint endpoint_;
  const TransportOptions options_;
  const std::string host_;
  std::optional<Proxy> proxy_;
  std::string through_;  // how a sentence about the way begins where there is a proxy
  SocketGuard guard_;
  std::unique_ptr<httplib::ClientImpl> client_;
  std::optional<TlsPeer> peer_;
  Reading reading_;
};

HttpTransport::HttpTransport(const Endpoint& endpoint, const TransportOptions& options)
    : endpoint_(endpoint), options_(options), host_(endpoint.name()) {
  if (endpoint.tls) {
    auto client = std::make_unique<httplib::SSLClient>(host_, endpoint.port);
    // The peer's own verification ends the handshake before anything is sent.
    client->enable_server_certificate_verification(false);
    peer_.emplace(client->ssl_context(), host_, options.ca_file, options.insecure);
    peer_->on_done = [this] { guard_.set_deadline(reading_.deadline); };
    client_ = std::move(client);
  } else {
    client_ = std::make_unique<httplib::ClientImpl>(host_, endpoint.port);
  }
  if (!options.proxy.empty()) {
    proxy_ = parse_proxy(options.proxy, options.proxy_variable);
    through_ = "through " + proxy_->shown + ": ";
    if (!proxy_->user.empty()) client_->set_proxy_basic_auth(proxy_->user, proxy_->password);
  }
  client_->set_keep_alive(true);
  client_->set_tcp_nodelay(true);
  client_->set_follow_location(false);
  client_->set_decompress(false);
  client_->set_read_timeout(kForever);
  client_->set_write_timeout(kForever);
  client_->set_socket_options([this](socket_t fd) { adopt(fd); });
  send_raw(*client_, reading_.request, reading_.begun);
}

Answered HttpTransport::send(const WireRequest& request, Instant deadline) {
  if (guard_.cancelled()) return Failure{Failure::Kind::cancelled, "cancelled before sending"};
  if (const std::string name = unwritable(request); !name.empty()) {
    return Failure{Failure::Kind::unreachable,
                   "nothing was sent: a line break or NUL stands in the header " + name};
  }
  if (client_->is_socket_open() && (guard_.state() != SocketGuard::State::quiet || more_came())) {
    hang_up();
  }
  const bool kept = client_->is_socket_open();
  Answered answered = exchange(request, deadline);
  const auto* failure = std::get_if<Failure>(&answered);
  if (kept && failure && failure->kind == Failure::Kind::reset && !failure->maybe_sent) {
    return exchange(request, deadline);
  }
  return answered;
}

Answered HttpTransport::exchange(const WireRequest& request, Instant deadline) {
  reading_ = {};
  reading_.request = &request;
  reading_.deadline = deadline;
  reading_.connect_by =
      std::min(deadline, std::chrono::steady_clock::now() + options_.connect_timeout);
  guard_.begin(deadline);
  Answered answered = client_->is_socket_open() ? attempt() : open();
  guard_.finish();
  if (std::holds_alternative<Failure>(answered) || !reading_.head->keep_alive) hang_up();
  return answered;
}

void HttpTransport::hang_up() {
  client_->stop();
  guard_.release();
}

// Sends the request on a new connection, to the first address of the host that takes it.
Answered HttpTransport::open() {
  if (peer_) peer_->begin();
  auto found = look_up(proxy_ ? proxy_->host : host_, reading_.connect_by,
                       [this] { return guard_.end() != SocketGuard::End::none; });
  if (auto* failure = std::get_if<Failure>(&found)) {
    if (guard_.end() == SocketGuard::End::cancelled) return unopened(httplib::Error::Connection);
    failure->text = through_ + failure->text;
    return *failure;
  }
  const auto& addresses = std::get<0>(found);
  Answered answered;
  for (std::size_t i = 0; i < addresses.size(); ++i) {
    const auto left = reading_.connect_by - std::chrono::steady_clock::now();
    const auto share = std::max<Duration>(left / static_cast<long>(addresses.size() - i),
                                          std::chrono::milliseconds(1));
    client_->set_connection_timeout(share);
    Endpoint place{false, addresses[i], proxy_ ? proxy_->port : endpoint_.port, "", ""};
    reading_.place = authority(place);
    if (proxy_) {
      client_->set_proxy(place.host, place.port);
    } else {
      client_->set_hostname_addr_map({{host_, place.host}});
    }
    answered = attempt();
    const auto* failure = std::get_if<Failure>(&answered);
    if (!failure || failure->kind != Failure::Kind::unreachable) break;
  }
  return answered;
}

Answered HttpTransport::attempt() {
  httplib::Request sent = library_request(*reading_.request);
  sent.response_handler = [this](const httplib::Response& response) { return take_head(response); };
  sent.content_receiver = [this](const char* data, std::size_t size, auto, auto) {
    return take_body(data, size);
  };
  errno = 0;
  const httplib::Result result = client_->send(sent);
  reading_.no_descriptor = errno == EMFILE || errno == ENFILE;
  // The library closed the socket: what the peer had reset could no longer be shut down.
  reading_.reset = errno == ENOTCONN || errno == ECONNRESET || errno == EPIPE;
  return answer(result);
}

// The library's socket before it connects. A request that was begun never goes out on another one,
// though some versions would send it again where TLS ended.
void HttpTransport::adopt(int fd) {
  if (reading_.begun || guard_.end() != SocketGuard::End::none) {
    const int nothing = ::open("/dev/null", O_RDWR | O_CLOEXEC);
    dup3(nothing, fd, O_CLOEXEC);
    close(nothing);
    return;
  }
  setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &kReceiveBuffer, sizeof kReceiveBuffer);
  guard_.adopt(fd);
  if (peer_) guard_.set_deadline(reading_.connect_by);
}

bool HttpTransport::take_head(const httplib::Response& response) {
  guard_.progressed();
  reading_.head = read_head(response.status, headers_of(response));
  reading_.too_large = reading_.head->length.value_or(0) > options_.max_body;
  // Of an answer without a body some versions would read one until the close.
  return reading_.head->fault.empty() && !reading_.too_large && !reading_.head->no_body;
}

bool HttpTransport::take_body(const char* data, std::size_t size) {
  guard_.progressed();
  reading_.too_large = reading_.body.size() + size > options_.max_body;
  if (!reading_.too_large) reading_.body.append(data, size);
  return !reading_.too_large;
}

Answered HttpTransport::answer(const httplib::Result& result) {
  using httplib::Error;
  if (proxy_ && peer_ && !peer_->begun() && result.error() != Error::Connection &&
      result.error() != Error::ConnectionTimeout) {
    return no_tunnel(result);
  }
  if (result && !reading_.head) take_head(*result);
  if (!reading_.head &&
      (result.error() == Error::Connection || result.error() == Error::ConnectionTimeout ||
       result.error() == Error::SSLConnection)) {
    return unopened(result.error());
  }
  reading_.sent = result || result.error() != Error::Write;
  if (!reading_.head) return unread();
  AnswerHead& head = *reading_.head;
  if (!head.fault.empty()) return failed(Failure::Kind::malformed, head.fault);
  if (reading_.too_large) {
    return failed(Failure::Kind::too_large, fmt::format("the body of the answer is larger than {} "
                                                        "bytes",
                                                        options_.max_body));
  }
  // A body without end ends for the library also where the guard closed the connection.
  const bool endless = !head.length && !head.chunked && !head.no_body;
  const bool cut = endless && guard_.end() != SocketGuard::End::none;
  if (cut || (!result && !head.no_body)) return unread();
  if (head.length && more_came()) {
    return failed(Failure::Kind::malformed,
                  fmt::format("more bytes follow than the Content-Length of {}", *head.length));
  }
  return WireResponse{head.status, head.headers, std::move(reading_.body)};
}

Failure HttpTransport::unopened(httplib::Error error) const {
  if (guard_.end() == SocketGuard::End::cancelled) {
    return {Failure::Kind::cancelled, "cancelled while connecting"};
  }
  const bool late = guard_.end() == SocketGuard::End::timeout ||
                    std::chrono::steady_clock::now() + kRounding >= reading_.connect_by;
  if (reading_.begun) {
    return {Failure::Kind::reset, "the server closed the connection before the answer", true};
  }
  if (peer_ && peer_->begun()) {
    Failure failure =
        late ? Failure{Failure::Kind::timeout, host_ + " does not finish the TLS handshake in time"}
             : peer_->failure();
    failure.text = through_ + failure.text;
    return failure;
  }
  if (reading_.no_descriptor) {
    return {
        Failure::Kind::unreachable,
        fmt::format("{}no connection to {}: no more files can be opened here: fewer connections "
                    "(--concurrency), or a higher limit (ulimit -n)",
                    through_, reading_.place)};
  }
  return {Failure::Kind::unreachable,
          fmt::format("{}no connection to {}: {}", through_, reading_.place,
                      late || error == httplib::Error::ConnectionTimeout
                          ? "it does not answer"
                          : "the connection is refused, or no route leads there")};
}

Failure HttpTransport::no_tunnel(const httplib::Result& result) const {
  if (guard_.end() == SocketGuard::End::cancelled) {
    return {Failure::Kind::cancelled, "cancelled while the proxy opened a tunnel"};
  }
  return {
      Failure::Kind::unreachable,
      fmt::format("{} opens no tunnel to {}: {}", proxy_->shown, authority(endpoint_),
                  result ? fmt::format("HTTP {}", result->status) : "no answer of it can be read")};
}

// Why the library read no whole answer.
Failure HttpTransport::unread() const {
  switch (guard_.end()) {
    case SocketGuard::End::timeout:
      return failed(Failure::Kind::timeout, "the time for the answer ran out " + where());
    case SocketGuard::End::cancelled:
      return failed(Failure::Kind::cancelled, "cancelled " + where());
    case SocketGuard::End::too_long:
      return failed(Failure::Kind::too_large,
                    reading_.head ? "more than 64 KiB of the answer are framing of its body"
                                  : "the head of the answer is longer than 64 KiB");
    case SocketGuard::End::none:
      break;
  }
  if (reading_.reset || !reading_.sent) {
    return failed(Failure::Kind::reset, "the connection was reset " + where());
  }
  if (reading_.head) {
    return failed(Failure::Kind::malformed,
                  reading_.head->length
                      ? fmt::format("the body ends after {} bytes, Content-Length says {}",
                                    reading_.body.size(), *reading_.head->length)
                      : fmt::format("the chunked body cannot be read to its end, after {} bytes",
                                    reading_.body.size()));
  }
  // What came through TLS may be its own.
  if (!peer_ && guard_.heard()) {
    return failed(Failure::Kind::malformed,
                  "the head of the answer cannot be read: its status line or a header is none of "
                  "HTTP, or longer than 8 KiB");
  }
  return failed(Failure::Kind::reset, "the server closed the connection before the answer");
}

Failure HttpTransport::failed(Failure::Kind kind, std::string text) const {
  return {kind, std::move(text), reading_.sent || reading_.head || (!peer_ && guard_.heard())};
}

std::string HttpTransport::where() const {
  if (!reading_.sent) return "while the request was being sent";
  if (!reading_.head) {
    return !peer_ && guard_.heard() ? "within the head of the answer" : "before the answer";
  }
  return reading_.head->length ? fmt::format("after {} of {} bytes of the body",
                                             reading_.body.size(), *reading_.head->length)
                               : fmt::format("after {} bytes of the body", reading_.body.size());
}

// Bytes beyond the answer. What a plain connection brought together with the answer the library
// has dropped.
bool HttpTransport::more_came() const {
  if (!client_->is_socket_open()) return false;
  return peer_ ? peer_->pending() : guard_.state() == SocketGuard::State::readable;
}

}  // namespace

std::unique_ptr<Transport> make_http_transport(const Endpoint& endpoint,
                                               const TransportOptions& options) {
  prepare_process();
  return std::make_unique<HttpTransport>(endpoint, options);
}

}  // namespace flowlog
