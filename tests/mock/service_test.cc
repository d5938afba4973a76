#include "mock/service.h"

#include <gtest/gtest.h>

#include "tests/mock/harness.h"

namespace flowlog::mock {
namespace {

using std::chrono::milliseconds;

// A service that allows `max_rps`, asked without a signature: throttling comes first.
class Throttled {
 public:
  explicit Throttled(double max_rps)
      : service_(served_, honest_, {}, clock, seed_accounts(served_, 1), "cn-beijing", max_rps) {}
  int status() { return service_.answer({"GET", "/", {}, ""}).status; }

  StillClock clock;

 private:
  const flowlog::Service& served_ = built_in_service();
  const Behaviour honest_;
  Service service_;
};

TEST(Service, AllowsOneRequestInTwoSecondsAtHalfARequestASecond) {
  Throttled service(0.5);
  EXPECT_EQ(service.status(), 401);
  EXPECT_EQ(service.status(), 429);
  service.clock.move(milliseconds(1999));
  EXPECT_EQ(service.status(), 429);
  service.clock.move(milliseconds(1));
  EXPECT_EQ(service.status(), 401);
  EXPECT_EQ(service.status(), 429);
}

TEST(Service, AllowsARateWhoseInverseIsNotExact) {
  for (const double rate : {0.1, 0.3, 0.7, 0.9}) EXPECT_EQ(Throttled(rate).status(), 401) << rate;
}

TEST(Service, AllowsThreeRequestsInASecondAtThree) {
  Throttled service(3);
  for (const int expected : {401, 401, 401, 429}) EXPECT_EQ(service.status(), expected);
  service.clock.move(milliseconds(1000));
  EXPECT_EQ(service.status(), 401);
}

TEST(Service, DelaysEveryAnswerByTheLatency) {
  const flowlog::Service& served = built_in_service();
  const Behaviour honest;
  StillClock clock;
  Timing timing;
  timing.latency = milliseconds(120);
  Service service(served, honest, timing, clock, seed_accounts(served, 1), "cn-beijing", 0);
  EXPECT_EQ(service.answer({"GET", "/", {}, ""}).delay_ms, 120);
}

}  // namespace
}  // namespace flowlog::mock
