#include "client/client.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>
#include <thread>

#include "tests/client/client_lab.h"
#include "tests/support/fake_transport.h"

namespace flowlog {
namespace {

using namespace std::chrono_literals;
using test::FakeNetwork;
using test::fine;
using testing::HasSubstr;
using Kind = Failure::Kind;

class ClientTest : public testing::Test, protected test::ClientLab {};

TEST_F(ClientTest, SendsASignedRequest) {
  const Exchange exchange = send();
  EXPECT_EQ(exchange.response()->status, 200);
  EXPECT_EQ(exchange.attempts, 1);
  EXPECT_EQ(exchange.throttled, 0);
  EXPECT_EQ(exchange.check, "param.X/over-max");
  const WireRequest request = network_->requests().at(0);
  EXPECT_EQ(request.method, "GET");
  EXPECT_EQ(request.target, "/base?Action=A&Version=V");
  EXPECT_EQ(header(request.headers, "Host"), "127.0.0.1:18080");
  EXPECT_EQ(header(request.headers, "X-Date"), "20260102T030405Z");
  EXPECT_EQ(header(request.headers, "X-Security-Token"), "TOKEN");
  EXPECT_THAT(header(request.headers, "Authorization"),
              HasSubstr("Credential=AK/20260102/cn-beijing/vpc/request, "
                        "SignedHeaders=host;x-date;x-security-token, "));
}

TEST_F(ClientTest, NamesTheCheckInTheUserAgent) {
  send();
  EXPECT_EQ(header(network_->requests().at(0).headers, "User-Agent"),
            "flowlog-conformance param.X/over-max");
}

TEST_F(ClientTest, KeepsTheUserAgentOnOneLine) {
  call_.check = "a\r\nX: 流";
  send();
  EXPECT_EQ(header(network_->requests().at(0).headers, "User-Agent"),
            "flowlog-conformance a??X: ???");
}

TEST_F(ClientTest, SendsWithoutAuthorizationWhenThereAreNoCredentials) {
  call_.credentials = nullptr;
  send();
  EXPECT_EQ(header(network_->requests().at(0).headers, "Authorization"), "");
}

TEST_F(ClientTest, SignsForAnotherScopeAndTimeWhenAsked) {
  call_.scope = {"", "ecs"};
  call_.skew = -24h;
  send();
  const WireRequest request = network_->requests().at(0);
  EXPECT_EQ(header(request.headers, "X-Date"), "20260101T030405Z");
  EXPECT_THAT(header(request.headers, "Authorization"), HasSubstr("/20260101/cn-beijing/ecs/"));
}

TEST_F(ClientTest, LetsTheCallTamperWithTheSignedRequest) {
  call_.rewrite = [](WireRequest& request) { request.target += "&Extra=1"; };
  const Exchange exchange = send();
  EXPECT_EQ(network_->requests().at(0).target, "/base?Action=A&Version=V&Extra=1");
  EXPECT_EQ(exchange.request.target, "/base?Action=A&Version=V&Extra=1");
}

TEST_F(ClientTest, SendsNothingBeyondItsBudget) {
  budget_ = std::make_unique<Budget>(Limits{2, 0, {}}, clock_);
  send();
  send();
  const Exchange exchange = send();
  EXPECT_EQ(exchange.failure()->kind, Kind::exhausted);
  EXPECT_THAT(exchange.failure()->text, HasSubstr("2 requests"));
  EXPECT_FALSE(exchange.failure()->maybe_sent);
  EXPECT_EQ(exchange.attempts, 0);
  EXPECT_EQ(sent(), 2u);
}

TEST_F(ClientTest, CleansUpBeyondItsBudget) {
  budget_ = std::make_unique<Budget>(Limits{1, 0, {}}, clock_);
  send();
  call_.cleanup = true;
  EXPECT_NE(send().response(), nullptr);
}

TEST_F(ClientTest, RefusesCallsAfterCancellationExceptCleanUp) {
  client().cancel();
  EXPECT_EQ(send().failure()->kind, Kind::cancelled);
  call_.cleanup = true;
  EXPECT_EQ(send().response()->status, 200);
  EXPECT_EQ(sent(), 1u);
}

TEST_F(ClientTest, EndsARunningSendAndCleansUpOnAFreshConnection) {
  network_->hang();
  session_ = client().open();
  Exchange ended;
  std::thread sender([&] { ended = session_->send(call_); });
  network_->await_hanging(1);
  client().cancel();
  sender.join();
  EXPECT_EQ(ended.failure()->kind, Kind::cancelled);
  EXPECT_TRUE(ended.failure()->maybe_sent);
  network_->hang(false);
  call_.cleanup = true;
  EXPECT_EQ(send().response()->status, 200);
  EXPECT_EQ(network_->opened(), 2);
}

TEST_F(ClientTest, DoesNotEndARunningCleanUp) {
  network_ =
      std::make_unique<FakeNetwork>(FakeNetwork::Handler([&](const WireRequest&) -> Answered {
        client().cancel();
        return fine;
      }));
  call_.cleanup = true;
  EXPECT_EQ(send().response()->status, 200);
  EXPECT_EQ(send().response()->status, 200);
  EXPECT_EQ(network_->opened(), 1);
}

TEST_F(ClientTest, TellsItsObserverOfWhatWasSent) {
  std::vector<std::string> heard;
  client().observer = [&](const Exchange& exchange, const Call& call) {
    heard.push_back(call.check + ' ' + std::to_string(exchange.attempts));
  };
  send();
  client().cancel();
  send();
  EXPECT_THAT(heard, testing::ElementsAre("param.X/over-max 1"));
}

TEST_F(ClientTest, ServesManySessionsAtOnce) {
  std::vector<std::thread> threads;
  Client& shared = client();
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      const auto session = shared.open();
      for (int n = 0; n < 100; ++n) EXPECT_NE(session->send(call_).response(), nullptr);
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(shared.traffic().requests, 800);
  EXPECT_EQ(network_->opened(), 8);
}

TEST_F(ClientTest, IsCancelledWhileManySessionsSend) {
  network_->hang();
  std::vector<std::thread> threads;
  Client& shared = client();
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      const auto session = shared.open();
      for (int n = 0; n < 3; ++n) EXPECT_EQ(session->send(call_).failure()->kind, Kind::cancelled);
    });
  }
  network_->await_hanging(8);
  shared.cancel();
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(sent(), 8u);
}

class ThrowingWire final : public Transport {
 public:
  Answered send(const WireRequest&, Instant) override { throw std::runtime_error("made to fail"); }
  void cancel() override {}
};

// Those who wait for the last place would wait for ever.
TEST_F(ClientTest, ThatThrowsSettlesTheCreationItTook) {
  budget_ = std::make_unique<Budget>(Limits{0, 1, {}}, clock_);
  client_ = std::make_unique<Client>(
      options_, [] { return std::make_unique<ThrowingWire>(); }, clock_, pacer_, *budget_);
  call_.may_create = true;
  EXPECT_THROW(send(), std::runtime_error);
  EXPECT_EQ(budget_->creates(), 1);   // it may have arrived
  EXPECT_TRUE(budget_->spent(true));  // and nobody waits to hear of it
}

TEST_F(ClientTest, ThatThrowsBeforeSendingGivesThePlaceBack) {
  budget_ = std::make_unique<Budget>(Limits{0, 1, {}}, clock_);
  call_.may_create = true;
  call_.rewrite = [](WireRequest&) { throw std::runtime_error("made to fail"); };
  EXPECT_THROW(send(), std::runtime_error);
  EXPECT_EQ(budget_->creates(), 0);
  call_.rewrite = {};
  EXPECT_TRUE(send().response());
}

TEST_F(ClientTest, SendsNothingButCleanUpToAnEndpointThatIsGone) {
  answers({fine, FakeNetwork::failing(Kind::unreachable, false)});
  EXPECT_TRUE(send().response());
  for (int i = 0; i < 10; ++i) EXPECT_TRUE(send().failure());
  EXPECT_TRUE(client().gone());
  EXPECT_EQ(sent(), 1u + Client::kUnreachedUntilGone);
  EXPECT_EQ(send().attempts, 0);
  call_.cleanup = true;
  EXPECT_EQ(send().attempts, 1);
}

TEST_F(ClientTest, AnAnswerInBetweenKeepsAnEndpointFromBeingGone) {
  std::vector<Answered> list;
  for (int i = 0; i < 10; ++i) {
    list.insert(list.end(), 3, FakeNetwork::failing(Kind::unreachable, false));
    list.push_back(fine);
  }
  answers(list);
  for (int i = 0; i < 12; ++i) send();
  EXPECT_FALSE(client().gone());
}

}  // namespace
}  // namespace flowlog
