#include <csignal>
#include <mutex>
#include <optional>

#include "base/text.h"
#include "client/channel.h"
#include "client/dial.h"
#include "client/proxy.h"
#include "client/tls.h"
#include "client/transport.h"
#include "client/wire_stream.h"

namespace flowlog {
namespace {

// A write to a TLS connection that the server closed must not end the process.
void ignore_sigpipe() {
  static std::once_flag once;
  std::call_once(once, [] {
    struct sigaction current {};
    sigaction(SIGPIPE, nullptr, &current);
    if (current.sa_handler == SIG_DFL) std::signal(SIGPIPE, SIG_IGN);
  });
}

// The library's client on sockets that we open: connecting and TLS keep the request's deadline, can
// be cancelled, and say why they failed.
class KeptClient final : public httplib::ClientImpl {
 public:
  KeptClient(const Endpoint& endpoint, const TransportOptions& options, const Interrupt& interrupt)
      : httplib::ClientImpl(endpoint.host, endpoint.port),
        endpoint_(endpoint),
        options_(options),
        interrupt_(interrupt) {
    if (endpoint.tls) tls_.emplace(options.ca_file, options.insecure);
    if (!options.proxy.empty()) proxy_ = parse_proxy(options.proxy);
    set_keep_alive(true);
    set_follow_location(false);
    set_decompress(false);
    set_url_encode(false);
  }
  ~KeptClient() override { stop(); }

  // One attempt on the kept connection, or on a new one.
  Answered exchange(const WireRequest& request, Instant deadline);
  // Closes a kept connection that the server closed, or on which it said something unasked.
  void drop_unless_quiet() {
    if (channel_ && channel_->state() != Channel::State::quiet) stop();
  }
  bool connected() const { return channel_.has_value(); }

 private:
  bool create_and_connect_socket(Socket& socket, httplib::Error& error) override;
  void shutdown_ssl(Socket&, bool) override { channel_.reset(); }
  bool process_socket(const Socket&, std::function<bool(httplib::Stream& strm)> callback) override {
    return callback(*stream_);
  }

  std::optional<Failure> open(Socket& socket);
  std::optional<Failure> tunnel(Instant deadline);
  std::string target(const WireRequest& request) const;
  Answered answer(const httplib::Result& result, std::string body, bool too_large);

  const Endpoint endpoint_;
  const TransportOptions options_;
  const Interrupt& interrupt_;
  std::optional<TlsContext> tls_;
  std::optional<Proxy> proxy_;
  std::optional<Channel> channel_;    // over the library's socket, while that is open
  std::optional<WireStream> stream_;  // of the request in progress
  std::optional<Failure> unopened_;
  const WireRequest* request_ = nullptr;
  Instant deadline_{};
};

Answered KeptClient::exchange(const WireRequest& request, Instant deadline) {
  request_ = &request;
  deadline_ = deadline;
  unopened_.reset();
  stream_.reset();
  if (channel_) stream_.emplace(*channel_, request, target(request), deadline);

  std::string body;
  bool too_large = false;
  httplib::Request sent;
  sent.method = request.method;
  sent.path = "/";
  sent.content_receiver = [&](const char* data, size_t size, std::uint64_t, std::uint64_t) {
    too_large = body.size() + size > options_.max_body;
    if (!too_large) body.append(data, size);
    return !too_large;
  };
  sent.response_handler = [&](const httplib::Response&) {
    too_large = stream_->head().body == AnswerHead::Body::sized &&
                stream_->head().length > options_.max_body;
    return !too_large;
  };
  const httplib::Result result = send(sent);
  Answered answered = answer(result, std::move(body), too_large);
  if (std::holds_alternative<Failure>(answered) || !stream_->head().keep_alive ||
      !stream_->wrote_all()) {
    stop();
  }
  stream_.reset();
  return answered;
}

Answered KeptClient::answer(const httplib::Result& result, std::string body, bool too_large) {
  if (unopened_) return *unopened_;
  if (!stream_) return Failure{Failure::Kind::unreachable, "the connection could not be used"};
  if (stream_->failure()) return *stream_->failure();
  if (too_large) {
    return stream_->fail(
        Failure::Kind::too_large,
        "the body of the answer is larger than " + std::to_string(options_.max_body) + " bytes");
  }
  if (!result) {
    return stream_->fail(Failure::Kind::malformed,
                         "the answer cannot be read: " + httplib::to_string(result.error()));
  }
  const AnswerHead& head = stream_->head();
  if (head.body == AnswerHead::Body::sized && channel_ &&
      channel_->state() == Channel::State::readable) {
    return stream_->fail(Failure::Kind::malformed, "more bytes follow than the Content-Length of " +
                                                       std::to_string(head.length));
  }
  return WireResponse{head.status, head.headers, std::move(body)};
}

bool KeptClient::create_and_connect_socket(Socket& socket, httplib::Error& error) {
  unopened_ = open(socket);
  if (unopened_) {
    channel_.reset();
    error = httplib::Error::Connection;
    return false;
  }
  stream_.emplace(*channel_, *request_, target(*request_), deadline_);
  return true;
}

std::optional<Failure> KeptClient::open(Socket& socket) {
  const Instant limit =
      std::min(deadline_, std::chrono::steady_clock::now() + options_.connect_timeout);
  auto dialed = proxy_ ? dial(proxy_->host, proxy_->port, limit, interrupt_)
                       : dial(endpoint_.host, endpoint_.port, limit, interrupt_);
  if (auto* failure = std::get_if<Failure>(&dialed)) {
    if (proxy_) failure->text = "through the proxy: " + failure->text;
    return std::move(*failure);
  }
  Fd fd = std::get<Fd>(std::move(dialed));
  channel_.emplace(fd.get(), interrupt_);
  if (tls_) {
    if (proxy_) {
      if (auto failure = tunnel(limit)) return failure;
    }
    auto secured = tls_->connect(fd.get(), endpoint_.host, limit, interrupt_);
    if (auto* failure = std::get_if<Failure>(&secured)) return std::move(*failure);
    channel_->secure(std::get<SslPtr>(std::move(secured)));
  }
  socket.sock = fd.release();
  return std::nullopt;
}

// Asks the proxy for a tunnel to the endpoint.
std::optional<Failure> KeptClient::tunnel(Instant deadline) {
  const std::string place = authority(endpoint_);
  WireRequest request{"CONNECT", place, {{"Host", place}}, ""};
  if (!proxy_->authorization.empty()) {
    request.headers.emplace_back("Proxy-Authorization", proxy_->authorization);
  }
  const auto refused = [&](const std::string& why) {
    return Failure{Failure::Kind::unreachable,
                   "the proxy " + proxy_->host + " opens no tunnel to " + place + ": " + why};
  };
  if (!channel_->write(wire_bytes(request, place), deadline)) return refused("it does not listen");
  std::string text;
  constexpr std::size_t most = std::size_t{16} * 1024;  // bytes of a head
  while (text.size() < most) {
    const std::string line = channel_->read_line(most - text.size(), deadline);
    text += line;
    if (line == "\r\n" || line == "\n" || !line.ends_with('\n')) break;
  }
  if (channel_->end() == Channel::End::cancelled) {
    return Failure{Failure::Kind::cancelled, "cancelled while the proxy opened a tunnel"};
  }
  if (text.empty()) return refused("it does not answer");
  const auto parsed = parse_head(text, "HEAD");
  if (auto* sentence = std::get_if<std::string>(&parsed)) return refused(*sentence);
  const int status = std::get<AnswerHead>(parsed).status;
  if (status / 100 != 2) return refused("HTTP " + std::to_string(status));
  return std::nullopt;
}

std::string KeptClient::target(const WireRequest& request) const {
  if (!proxy_ || tls_) return request.target;
  return "http://" + endpoint_.host_header + request.target;
}

class HttpTransport final : public Transport {
 public:
  HttpTransport(const Endpoint& endpoint, const TransportOptions& options)
      : client_(endpoint, options, interrupt_) {}

  Answered send(const WireRequest& request, Instant deadline) override {
    if (interrupt_.raised()) return Failure{Failure::Kind::cancelled, "cancelled before sending"};
    if (const std::string name = unwritable(request); !name.empty()) {
      return Failure{Failure::Kind::unreachable,
                     "nothing was sent: a line break or NUL stands in the header " + name};
    }
    client_.drop_unless_quiet();
    const bool kept = client_.connected();
    Answered answered = client_.exchange(request, deadline);
    const auto* failure = std::get_if<Failure>(&answered);
    if (kept && failure && failure->kind == Failure::Kind::reset && !failure->maybe_sent) {
      return client_.exchange(request, deadline);
    }
    return answered;
  }

  void cancel() override { interrupt_.raise(); }

 private:
  Interrupt interrupt_;
  KeptClient client_;
};

}  // namespace

std::unique_ptr<Transport> make_http_transport(const Endpoint& endpoint,
                                               const TransportOptions& options) {
  ignore_sigpipe();
  return std::make_unique<HttpTransport>(endpoint, options);
}

}  // namespace flowlog
