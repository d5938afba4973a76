#include "engine/response_monitor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "specs/load.h"

namespace flowlog {
namespace {

using testing::HasSubstr;

class WatchTest : public testing::Test {
 protected:
  Call call(const std::string& token = "") const {
    Call call;
    call.query = {{"Action", "CreateFlowLog"}, {"Version", "2020-04-01"}};
    if (!token.empty()) call.query.emplace_back("ClientToken", token);
    call.credentials = &credentials;
    call.check = "some.check";
    return call;
  }
  static Exchange success(const std::string& request_id, const std::string& flow_log_id,
                          const std::string& region = "cn-beijing") {
    Exchange exchange;
    exchange.answer = WireResponse{
        200,
        {{"Content-Type", "application/json"}},
        R"({"ResponseMetadata":{"RequestId":")" + request_id +
            R"(","Action":"CreateFlowLog","Version":"2020-04-01","Service":"vpc","Region":")" +
            region + R"("},"Result":{"RequestId":")" + request_id + R"(","FlowLogId":")" +
            flow_log_id + R"("}})"};
    return exchange;
  }
  std::optional<Observation> fault(const std::string& row) const {
    return monitor.fault("CreateFlowLog", row);
  }

  const Credentials credentials{"AK", "SK", ""};
  const Redactor redactor{{}};
  ResponseMonitor monitor{built_in_service(), {"cn-beijing", "vpc"}, redactor};
};

TEST_F(WatchTest, FindsNothingInLawfulAnswers) {
  monitor.see(call(), success("r1", "fl-1"));
  monitor.see(call(), success("r2", "fl-2"));
  for (const Field& field : built_in_service().creator().contract.answer) {
    EXPECT_FALSE(fault(field.row())) << field.row();
    EXPECT_FALSE(fault(field.row() + "/unique")) << field.row();
  }
  EXPECT_EQ(monitor.looked_at("CreateFlowLog", Presence::success), 2);
  EXPECT_EQ(monitor.looked_at("CreateFlowLog", Presence::failure), 0);
}

TEST_F(WatchTest, FindsARepeatedRequestId) {
  monitor.see(call(), success("r1", "fl-1"));
  monitor.see(call(), success("r1", "fl-2"));
  const auto found = fault("answer/ResponseMetadata.RequestId/unique");
  ASSERT_TRUE(found);
  EXPECT_THAT(found->text, HasSubstr("r1"));
  EXPECT_EQ(found->check, "some.check");
}

TEST_F(WatchTest, FindsAFlowLogIdGivenTwice) {
  monitor.see(call("t1"), success("r1", "fl-1"));
  monitor.see(call("t2"), success("r2", "fl-1"));
  EXPECT_TRUE(fault("answer/Result.FlowLogId/unique"));
}

TEST_F(WatchTest, TakesAReplayedTokenForTheSameFlowLog) {
  monitor.see(call("t1"), success("r1", "fl-1"));
  monitor.see(call("t1"), success("r2", "fl-1"));
  EXPECT_FALSE(fault("answer/Result.FlowLogId/unique"));
}

TEST_F(WatchTest, FindsAWrongEchoAndCountsIt) {
  monitor.see(call(), success("r1", "fl-1", "cn-shanghai"));
  monitor.see(call(), success("r2", "fl-2", "cn-shanghai"));
  const auto found = fault("answer/ResponseMetadata.Region");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->count, 2);
}

TEST_F(WatchTest, IgnoresTamperedRequestsAndNoAnswers) {
  Call tampered = call();
  tampered.rewrite = [](WireRequest&) {};
  monitor.see(tampered, success("r1", "fl-1", "cn-shanghai"));
  Exchange none;
  none.answer = Failure{Failure::Kind::timeout, "late", true};
  EXPECT_EQ(monitor.see(call(), none), nullptr);
  EXPECT_EQ(monitor.looked_at("CreateFlowLog", Presence::always), 0);
}

}  // namespace
}  // namespace flowlog
