#include "client/client.h"

#include <algorithm>
#include <charconv>

#include "base/trace.h"
#include "client/error_code.h"
#include "client/pause.h"
#include "client/skew.h"

namespace flowlog {
namespace {

constexpr Duration first_backoff = std::chrono::milliseconds(200);
constexpr int kMostResets = 2;     // of one call that is safe to send again
constexpr int kMostUnreached = 3;  // times that a call tries to connect again
constexpr Duration kLongestUnreached = std::chrono::seconds(1);
constexpr int cleanup_patience = 3;  // times that of other calls

Failure cancelled_failure() {
  return {Failure::Kind::cancelled, "the run is being stopped"};
}

Failure gone_failure() {
  return {Failure::Kind::cancelled,
          "nothing is sent any more: the endpoint does not take connections"};
}

// Visible ASCII and spaces only.
std::string header_safe(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return c < ' ' || c >= 0x7f; }, '?');
  return text;
}

// Seconds or a date, counted from the server's own Date where it gives one.
std::optional<Duration> retry_after(const WireResponse& response, WallTime now) {
  const std::string text = header(response.headers, "Retry-After");
  if (const auto date = parse_http_date(text)) {
    const auto from = parse_http_date(header(response.headers, "Date")).value_or(now);
    return std::max<Duration>(Duration{0}, std::chrono::duration_cast<Duration>(*date - from));
  }
  unsigned seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (text.empty() || end != text.data() + text.size()) return std::nullopt;
  if (error == std::errc::result_out_of_range) return Duration::max();
  return std::chrono::seconds(seconds);
}

Duration doubled(int times, Duration limit) {
  Duration wait = first_backoff;
  for (int i = 1; i < times && wait < limit; ++i) wait *= 2;
  return wait;
}

// Neither created nor possibly created: not sent, or refused by the service itself.
bool surely_refused(const Exchange& exchange) {
  if (const Failure* failure = exchange.failure()) return !failure->maybe_sent;
  const WireResponse& response = *exchange.response();
  return response.status >= 400 && response.status < 500 && !error_code(response.body).empty();
}

void tell(const Exchange& exchange, Span& span) {
  if (Trace::on() == nullptr) return;
  span.tell("check", exchange.check);
  span.tell("attempts", exchange.attempts);
  if (const Failure* failure = exchange.failure()) span.tell("failure", failure->text);
  if (const WireResponse* response = exchange.response()) span.tell("status", response->status);
}

// Tells the budget what became of a creation, also where its sender throws: others may wait for its
// place.
class Settlement {
 public:
  explicit Settlement(Budget& budget) : budget_(budget) {}
  ~Settlement() { settle(!sent_); }
  Settlement(const Settlement&) = delete;
  Settlement& operator=(const Settlement&) = delete;
  void take() { open_ = true; }
  void sent() { sent_ = true; }
  void settle(bool refused) {
    if (open_) budget_.settle(refused);
    open_ = false;
  }

 private:
  Budget& budget_;
  bool open_ = false;
  bool sent_ = false;
};

}  // namespace

Client::Client(ClientOptions options, TransportFactory factory, Clock& clock, Pacer& pacer,
               Budget& budget)
    : options_(std::move(options)),
      factory_(std::move(factory)),
      clock_(clock),
      pacer_(pacer),
      budget_(budget) {}

std::unique_ptr<Client::Session> Client::open() {
  auto session = std::unique_ptr<Session>(new Session(*this, factory_()));
  const std::lock_guard lock(sessions_mutex_);
  sessions_.insert(session.get());
  return session;
}

void Client::cancel(Instant clean_up_until) {
  clean_up_until_ = std::min(clean_up_until_.load(), clean_up_until);
  cancelled_ = true;
  const std::lock_guard lock(sessions_mutex_);
  for (Session* session : sessions_) session->interrupt();
}

Traffic Client::traffic() const {
  return {budget_.requests(), budget_.creates(), throttled_, pacer_.slowest()};
}

// Waits for the call's turn and takes it out of the budget; returns why that is refused.
std::optional<Failure> Client::admit(const Call& call, bool first) {
  if (!call.cleanup && cancelled_) return cancelled_failure();
  if (!call.cleanup && gone()) return gone_failure();
  const bool creates = call.may_create && first;
  if (!call.cleanup) {
    if (auto reason = budget_.spent(creates)) return Failure{Failure::Kind::exhausted, *reason};
  }
  if (!pacer_.wait(call.cleanup ? nullptr : &cancelled_)) return cancelled_failure();
  if (auto reason = budget_.take(creates, call.cleanup)) {
    return Failure{Failure::Kind::exhausted, *reason};
  }
  return std::nullopt;
}

WireRequest Client::build(const Call& call) const {
  static const Credentials nobody;
  const Scope scope{call.scope.region.empty() ? options_.scope.region : call.scope.region,
                    call.scope.service.empty() ? options_.scope.service : call.scope.service};
  std::string agent = options_.user_agent;
  if (!call.check.empty()) agent += ' ' + call.check;
  WireRequest request =
      sign("GET", options_.endpoint.host_header, options_.endpoint.path, call.query, "",
           {{"User-Agent", header_safe(agent)}}, call.credentials ? *call.credentials : nobody,
           scope, clock_.wall() + call.skew, &keys_);
  if (!call.credentials) {
    std::erase_if(request.headers, [](const auto& pair) { return pair.first == "Authorization"; });
  }
  if (call.rewrite) call.rewrite(request);
  return request;
}

// By a code; status 429 says it too.
bool Client::says_throttled(const WireResponse& response) const {
  if (response.status == 429) return true;
  const auto& codes = options_.throttle_codes;
  const auto mentioned = [&](const std::string& code) {
    return response.body.find(code) != std::string::npos;
  };
  if (std::none_of(codes.begin(), codes.end(), mentioned)) return false;
  return std::find(codes.begin(), codes.end(), error_code(response.body)) != codes.end();
}

bool Client::try_again(const Call& call, Exchange& exchange, Tries& tries) {
  if (const Failure* failure = exchange.failure()) {
    if (failure->kind == Failure::Kind::unreachable) return reach_again(call, tries);
    const bool safe = !call.may_create || !failure->maybe_sent;
    return failure->kind == Failure::Kind::reset && safe && ++tries.resets <= kMostResets;
  }
  answered_ = true;
  unreached_ = 0;
  const WireResponse& response = *exchange.response();
  if (says_throttled(response) || response.status == 503)
    return wait_out(call, response, exchange, tries);
  pacer_.answered();
  return false;
}

// An endpoint that answered before may be back in a moment.
bool Client::reach_again(const Call& call, Tries& tries) {
  ++unreached_;
  if (!answered_ || call.cleanup || gone() || ++tries.unreached > kMostUnreached) return false;
  const Instant again = clock_.now() + doubled(tries.unreached, kLongestUnreached);
  return pause(clock_, again, &cancelled_) && !gone();
}

// Slows the run down until the server may be asked again; false when the call is to end here.
bool Client::wait_out(const Call& call, const WireResponse& response, Exchange& exchange,
                      Tries& tries) {
  ++exchange.throttled;
  ++throttled_;
  const int patience = call.cleanup ? cleanup_patience : 1;
  const auto asked = retry_after(response, clock_.wall());
  const Duration wait = std::min(options_.max_backoff,
                                 asked.value_or(doubled(exchange.throttled, options_.max_backoff)));
  // What is left of the time is for clean-up: nothing waits beyond its end.
  const Instant now = clock_.now();
  const Instant again = now + wait;
  const Instant end = clean_up_until_;
  // The whole run waits as long as the server asks for; a pause of our own is this call's alone.
  pacer_.slow_down(tries.sent, std::min(asked ? again : now, end));
  tries.waited += wait;

  const bool acts_once = !find(call.query, options_.idempotency_parameter).value_or("").empty();
  const bool safe = !call.may_create || acts_once || says_throttled(response);
  return exchange.throttled <= options_.max_throttled * patience &&
         tries.waited <= 2 * options_.max_backoff * patience && again < end && safe &&
         pause(clock_, again, call.cleanup ? nullptr : &cancelled_);
}

Client::Session::Session(Client& client, std::unique_ptr<Transport> transport)
    : client_(client), transport_(std::move(transport)) {}

Client::Session::~Session() {
  const std::lock_guard lock(client_.sessions_mutex_);
  client_.sessions_.erase(this);
}

Exchange Client::Session::send(const Call& call) {
  Span span("request", Trace::on() == nullptr ? "" : find(call.query, "Action").value_or(""));
  Exchange exchange;
  exchange.check = call.check;
  exchange.attempts = 0;
  exchange.started = client_.clock_.wall();
  Instant begin = client_.clock_.now();
  Tries tries;
  Settlement settlement(client_.budget_);
  do {
    if (auto refusal = client_.admit(call, exchange.attempts == 0)) {
      if (exchange.attempts == 0) exchange.answer = *refusal;
      break;
    }
    if (exchange.attempts++ == 0) {
      if (call.may_create) settlement.take();
      exchange.started = client_.clock_.wall();
      begin = client_.clock_.now();
    }
    exchange.request = client_.build(call);
    tries.sent = client_.clock_.now();
    settlement.sent();
    exchange.answer = attempt(exchange.request, call);
  } while (client_.try_again(call, exchange, tries));
  if (call.may_create) settlement.settle(surely_refused(exchange));
  exchange.seconds = std::chrono::duration<double>(client_.clock_.now() - begin).count();
  tell(exchange, span);
  if (exchange.attempts > 0 && client_.observer) client_.observer(exchange, call);
  if (exchange.attempts > 0 && observer) observer(exchange);
  return exchange;
}

Answered Client::Session::attempt(const WireRequest& request, const Call& call) {
  Transport* transport = nullptr;
  {
    const std::lock_guard lock(mutex_);
    if (!call.cleanup && client_.cancelled_) return cancelled_failure();
    if (interrupted_) {
      transport_ = client_.factory_();
      interrupted_ = false;
    }
    interruptible_ = !call.cleanup;
    transport = transport_.get();
  }
  Answered answer = transport->send(request, client_.clock_.now() + client_.options_.timeout);
  const std::lock_guard lock(mutex_);
  interruptible_ = false;
  return answer;
}

void Client::Session::interrupt() {
  const std::lock_guard lock(mutex_);
  if (!interruptible_) return;
  interrupted_ = true;
  transport_->cancel();
}

}  // namespace flowlog
