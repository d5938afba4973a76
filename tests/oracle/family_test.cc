// What the other actions of the service make lawful: each is judged by its own contract.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "oracle/judge.h"
#include "specs/load.h"

namespace flowlog {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

Inventory with_thing() {
  Inventory inventory;
  inventory.instances = {"fl-1"};
  return inventory;
}

Expectation expected(const std::string& action, Params params, const Situation& situation = {}) {
  params.insert(params.begin(), {{"Action", action}, {"Version", "2020-04-01"}});
  return expect(built_in_service().view(action), params, with_thing(), situation);
}

std::vector<std::string> codes(const Expectation& expectation) {
  std::vector<std::string> codes;
  for (const Outcome& outcome : expectation.outcomes) {
    codes.push_back(outcome.success ? "success" : outcome.code);
  }
  return codes;
}

Response refusal(int http, const std::string& code) {
  Response answer;
  answer.kind = Response::Kind::error;
  answer.http = http;
  answer.code = code;
  answer.message = "Whatever.";
  return answer;
}

TEST(Family, AThingThatExistsMayBeDeletedAndAnotherMayNot) {
  EXPECT_THAT(codes(expected("DeleteFlowLog", {{"FlowLogId", "fl-1"}})), ElementsAre("success"));
  const Expectation unknown = expected("DeleteFlowLog", {{"FlowLogId", "fl-2"}});
  EXPECT_FALSE(unknown.valid);
  EXPECT_THAT(codes(unknown), Contains("InvalidFlowLog.NotFound"));
  EXPECT_THAT(unknown.broken, ElementsAre("FlowLogId/exists"));
}

// What becomes of one beyond it no page says.
TEST(Family, APageSizeHasARange) {
  const auto size = [](const std::string& text) {
    return expected("DescribeFlowLogs", {{"MaxResults", text}});
  };
  EXPECT_THAT(size("1").broken, IsEmpty());
  EXPECT_THAT(size("100").broken, IsEmpty());
  for (const char* text : {"0", "101", "-1", "1.5", "a", "99999999999999999999"}) {
    EXPECT_THAT(size(text).broken, ElementsAre("MaxResults/range")) << text;
    EXPECT_NE(size(text).success(), nullptr) << text;
    EXPECT_GT(size(text).outcomes.size(), 1u) << text;
  }
  EXPECT_TRUE(size("0100").grey);
}

TEST(Family, ValuesAreCountedForEachKeyAlone) {
  const auto filters = [](int first, int second) {
    Params params = {{"TagFilters.1.Key", "a"}, {"TagFilters.2.Key", "b"}};
    for (int i = 1; i <= first; ++i) {
      params.emplace_back("TagFilters.1.Values." + std::to_string(i), "v");
    }
    for (int i = 1; i <= second; ++i) {
      params.emplace_back("TagFilters.2.Values." + std::to_string(i), "v");
    }
    return expected("DescribeFlowLogs", params).broken;
  };
  EXPECT_THAT(filters(3, 3), IsEmpty());
  EXPECT_THAT(filters(0, 4), ElementsAre("TagFilters.N.Values.N/count"));
}

TEST(Family, AStateThatNoPageDecidesIsOpen) {
  Situation situation;
  situation.state = "not-permitted";
  const Expectation open = expected("ActiveFlowLog", {{"FlowLogId", "fl-1"}}, situation);
  EXPECT_THAT(codes(open), ElementsAre("success", "InvalidFlowLog.InvalidStatus"));
  EXPECT_TRUE(open.grey);
  EXPECT_EQ(judge(open, refusal(400, "InvalidFlowLog.InvalidStatus")).verdict, Verdict::finding);
  const Expectation certain = expected("ActiveFlowLog", {{"FlowLogId", "fl-1"}});
  EXPECT_NE(judge(certain, refusal(400, "InvalidFlowLog.InvalidStatus")).verdict,
            Verdict::conformant);
}

// CreateFlowLog's table was read whole, DeleteFlowLog's was not.
TEST(Family, ACodeBeyondACutTableIsAFindingAndElsewhereADeviation) {
  const Expectation cut = expected("DeleteFlowLog", {{"FlowLogId", "fl-2"}});
  EXPECT_EQ(judge(cut, refusal(400, "Never.Seen")).verdict, Verdict::finding);
  const Params sent = {{"Action", "CreateFlowLog"},
                       {"Version", "2020-04-01"},
                       {"FlowLogName", std::string(129, 'a')}};
  const Expectation whole = expect(built_in_service(), sent, {});
  EXPECT_EQ(judge(whole, refusal(400, "Never.Seen")).verdict, Verdict::deviating);
}

}  // namespace
}  // namespace flowlog
