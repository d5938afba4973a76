#include "engine/common_cause.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/check.h"
#include "engine/check_context.h"
#include "specs/load.h"

namespace flowlog {
namespace {

using testing::HasSubstr;

CheckResult deviating(const std::string& id, int http, const std::string& code,
                      const std::string& resource = "vpc-1") {
  CheckResult result;
  result.id = id;
  result.verdict = Verdict::deviating;
  result.message = "It was refused.";
  Evidence shown;
  shown.status = http;
  shown.params = {{"ResourceId", resource}};
  shown.body = R"({"ResponseMetadata":{"Error":{"Code":")" + code + R"(","Message":"m"}}})";
  result.example = shown;
  return result;
}

std::vector<std::string> accused(std::vector<CheckResult> results, bool never_accepted = false) {
  name_common_causes(
      built_in_service(), [&](const std::string&) { return never_accepted; }, results);
  std::vector<std::string> ids;
  for (const CheckResult& result : results) {
    if (result.verdict == Verdict::deviating) ids.push_back(result.id);
    if (result.verdict == Verdict::inconclusive) {
      EXPECT_THAT(result.message, HasSubstr("Not judged")) << result.id;
    }
  }
  return ids;
}

TEST(CommonCause, WhereTheSmallestRequestIsRefusedWhatIsRefusedAlikeIsNotAccused) {
  EXPECT_THAT(accused({deviating(kAcceptedControl, 400, "MissingParameter"),
                       deviating("param.A/x", 400, "MissingParameter"),
                       deviating("param.A/y", 400, "InvalidName.Malformed"),
                       deviating("DeleteFlowLog:param.A/x", 400, "MissingParameter")}),
              testing::ElementsAre(kAcceptedControl, "param.A/y", "DeleteFlowLog:param.A/x"));
}

TEST(CommonCause, WithoutARefusedControlEachIsAccused) {
  EXPECT_EQ(accused({deviating("param.A/x", 400, "X"), deviating("param.A/y", 400, "X")}).size(),
            2u);
}

TEST(CommonCause, OneResourceThatRefusesEverythingIsAccusedOnce) {
  EXPECT_THAT(accused({deviating("param.A/x", 400, "X"), deviating("param.A/y", 400, "Y"),
                       deviating("param.A/z", 400, "X", "vpc-2")},
                      true),
              testing::ElementsAre("param.A/x", "param.A/z"));
}

TEST(CommonCause, ABindingThatStaysIsAccusedOnceAndWhereItIsTheMatter) {
  std::vector<CheckResult> results{deviating("param.A/x", 400, "B"),
                                   deviating("lifecycle.deletion/free-again", 400, "B"),
                                   deviating("param.A/y", 400, "B")};
  for (CheckResult& result : results) result.message = kSaidToBeBound;
  EXPECT_THAT(accused(results), testing::ElementsAre("lifecycle.deletion/free-again"));
}

}  // namespace
}  // namespace flowlog
