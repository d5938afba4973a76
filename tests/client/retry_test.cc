// What a client sends again, and how long it waits before.
#include <gtest/gtest.h>

#include "client/client.h"
#include "tests/client/client_lab.h"
#include "tests/support/fake_transport.h"

namespace flowlog {
namespace {

using namespace std::chrono_literals;
using test::FakeNetwork;
using test::fine;
using Kind = Failure::Kind;

const WireResponse busy{503, {}, ""};
const WireResponse throttled{429, {}, "<html>"};

WireResponse retry_after(const std::string& value) {
  return {429, {{"Retry-After", value}}, ""};
}

WireResponse with_code(int status, const std::string& code) {
  return {status, {}, R"({"ResponseMetadata":{"Error":{"Code":")" + code + R"("}}})"};
}

class RetryTest : public testing::Test, protected test::ClientLab {};

TEST_F(RetryTest, SendsAgainAfterEachKindOfThrottling) {
  answers({throttled, busy, with_code(400, "FlowLimitExceeded"),
           with_code(200, "FlowLimitExceeded"), fine});
  const Exchange exchange = send();
  EXPECT_EQ(exchange.response()->status, 200);
  EXPECT_EQ(exchange.attempts, 5);
  EXPECT_EQ(exchange.throttled, 4);
  EXPECT_EQ(client().traffic().throttled, 4);
  EXPECT_EQ(client().traffic().requests, 5);
  EXPECT_GT(client().traffic().paced_to, 0);
}

TEST_F(RetryTest, SignsEachAttemptAnew) {
  answers({retry_after("3"), fine});
  send();
  EXPECT_EQ(header(network_->requests().at(0).headers, "X-Date"), "20260102T030405Z");
  EXPECT_EQ(header(network_->requests().at(1).headers, "X-Date"), "20260102T030408Z");
}

TEST_F(RetryTest, DoesNotTakeOtherErrorsForThrottling) {
  answers({with_code(400, "InvalidName.Malformed"), with_code(500, "InternalError"),
           WireResponse{400, {}, "FlowLimitExceeded"}});
  for (const int status : {400, 500, 400}) {
    const Exchange exchange = send();
    EXPECT_EQ(exchange.response()->status, status);
    EXPECT_EQ(exchange.attempts, 1);
  }
}

TEST_F(RetryTest, WaitsAsLongAsRetryAfterSays) {
  answers({retry_after("7"), fine});
  send();
  EXPECT_GE(clock_.passed(), 7s);
  EXPECT_LT(clock_.passed(), 8s);
}

TEST_F(RetryTest, WaitsUntilTheDateOfRetryAfterByTheServersClock) {
  WireResponse response = retry_after("Sun, 06 Nov 1994 08:49:42 GMT");
  response.headers.emplace_back("Date", "Sun, 06 Nov 1994 08:49:37 GMT");
  answers({response, fine});
  send();
  EXPECT_GE(clock_.passed(), 5s);
  EXPECT_LT(clock_.passed(), 6s);
}

TEST_F(RetryTest, WaitsNoLongerThanItsLimitForRetryAfter) {
  for (const char* value : {"3600", "99999999999999999999"}) {
    FakeNetwork network({retry_after(value), fine});
    Client client(options_, network.factory(), clock_, pacer_, *budget_);
    const Instant before = clock_.now();
    EXPECT_EQ(client.open()->send(call_).response()->status, 200);
    EXPECT_GE(clock_.now() - before, 20s);
    EXPECT_LT(clock_.now() - before, 23s);
  }
}

TEST_F(RetryTest, GivesUpWithTheThrottledAnswer) {
  answers({throttled});
  const Exchange exchange = send();
  EXPECT_EQ(exchange.response()->status, 429);
  EXPECT_EQ(exchange.attempts, 7);
  EXPECT_EQ(exchange.throttled, 7);
}

TEST_F(RetryTest, GivesUpWhenTheWaitsAddUp) {
  answers({retry_after("3600")});
  const Exchange exchange = send();
  EXPECT_EQ(exchange.attempts, 3);
  EXPECT_LT(clock_.passed(), 50s);
}

TEST_F(RetryTest, TriesLongerToCleanUp) {
  answers({throttled});
  call_.cleanup = true;
  // 0.2 + 0.4 + … + 12.8 s, then 20 s each, until more than 120 s have been waited.
  EXPECT_EQ(send().attempts, 12);
}

TEST_F(RetryTest, TriesOnceMoreAfterAReset) {
  answers({FakeNetwork::failing(Kind::reset, true), fine});
  const Exchange exchange = send();
  EXPECT_EQ(exchange.response()->status, 200);
  EXPECT_EQ(exchange.attempts, 2);
}

TEST_F(RetryTest, DoesNotTryAFourthTimeAfterResets) {
  answers({FakeNetwork::failing(Kind::reset, true)});
  const Exchange exchange = send();
  EXPECT_EQ(exchange.failure()->kind, Kind::reset);
  EXPECT_EQ(sent(), 3u);
}

TEST_F(RetryTest, NeverRepeatsACreationThatMayHaveArrived) {
  answers({FakeNetwork::failing(Kind::reset, true), fine});
  call_.may_create = true;
  call_.query.emplace_back("ClientToken", "t");
  EXPECT_EQ(send().failure()->kind, Kind::reset);
  EXPECT_EQ(sent(), 1u);
}

TEST_F(RetryTest, RepeatsACreationThatDidNotArrive) {
  answers({FakeNetwork::failing(Kind::reset, false), fine});
  call_.may_create = true;
  EXPECT_EQ(send().attempts, 2);
}

TEST_F(RetryTest, RepeatsACreationThatWasThrottled) {
  answers({throttled, with_code(503, "FlowLimitExceeded"), fine});
  call_.may_create = true;
  EXPECT_EQ(send().attempts, 3);
  EXPECT_EQ(client().traffic().creates, 1);
}

TEST_F(RetryTest, RepeatsACreationAfter503OnlyWithItsToken) {
  answers({busy, busy, fine});
  call_.may_create = true;
  EXPECT_EQ(send().response()->status, 503);
  EXPECT_EQ(sent(), 1u);
  call_.query.emplace_back("ClientToken", "t");
  EXPECT_EQ(send().response()->status, 200);
  EXPECT_EQ(network_->requests().at(1).target, network_->requests().at(2).target);
}

TEST_F(RetryTest, DoesNotRepeatOtherFailures) {
  for (const Kind kind :
       {Kind::unreachable, Kind::tls, Kind::timeout, Kind::malformed, Kind::too_large}) {
    FakeNetwork network({FakeNetwork::failing(kind, true), fine});
    Client client(options_, network.factory(), clock_, pacer_, *budget_);
    EXPECT_EQ(client.open()->send(call_).failure()->kind, kind);
    EXPECT_EQ(network.requests().size(), 1u);
  }
}

TEST_F(RetryTest, CountsEveryAttemptInTheBudget) {
  budget_ = std::make_unique<Budget>(Limits{3, 0, {}}, clock_);
  answers({throttled});
  const Exchange exchange = send();
  EXPECT_EQ(exchange.response()->status, 429);
  EXPECT_EQ(sent(), 3u);
}

TEST_F(RetryTest, StopsWaitingForAThrottlingServerWhenCancelled) {
  network_ =
      std::make_unique<FakeNetwork>(FakeNetwork::Handler([&](const WireRequest&) -> Answered {
        client().cancel();
        return retry_after("10");
      }));
  const Exchange exchange = send();
  EXPECT_EQ(exchange.attempts, 1);
  EXPECT_EQ(exchange.response()->status, 429);
}

TEST_F(RetryTest, ConnectsAgainToAnEndpointThatAnsweredBefore) {
  const Answered nobody = FakeNetwork::failing(Kind::unreachable, false);
  answers({fine, nobody, nobody, nobody, fine});
  EXPECT_TRUE(send().response());
  const Exchange exchange = send();
  EXPECT_TRUE(exchange.response());
  EXPECT_EQ(exchange.attempts, 4);
}

}  // namespace
}  // namespace flowlog
