// Random sequences against the embedded endpoint, honest and lying.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "engine/run.h"
#include "mock/mock.h"
#include "specs/load.h"
#include "suites/catalog.h"

namespace flowlog {
namespace {

using std::chrono::milliseconds;

// Two sequences for each of `cases`.
CheckResult sequences_on(const std::vector<std::string>& deviations, int cases) {
  mock::Options mock_options;
  mock_options.creating = milliseconds(1);
  mock_options.deleting = milliseconds(1);
  mock_options.deviations = deviations;
  mock::Mock server(built_in_service(), mock_options);
  RunOptions options;
  options.service = built_in_service();
  options.catalog = catalog;
  options.profile = load_profile(server.profile().dump(), "profile");
  options.seed = 3;
  options.random_cases = cases;
  options.embedded = true;
  options.plan.only = {"model.*"};
  flowlog::Run run(std::move(options));
  EXPECT_EQ(run.begin([](const CheckResult&) {}), "");
  for (CheckResult& check : run.finish().checks) {
    if (check.id.starts_with("model.")) return check;
  }
  ADD_FAILURE() << "no such check";
  return {};
}

TEST(Model, FiveHundredSequencesPassOnAnEndpointThatKeepsTheContract) {
  const CheckResult check = sequences_on({}, 250);
  EXPECT_EQ(name(check.verdict), name(Verdict::conformant)) << check.message;
  EXPECT_EQ(check.observed, "so in 500 sequences");
}

TEST(Model, ShrinksToTheTwoStepsThatShowASecondFlowLogOnOneResource) {
  const CheckResult check = sequences_on({"bound.ignored"}, 20);
  EXPECT_EQ(name(check.verdict), name(Verdict::deviating)) << check.message;
  EXPECT_EQ(check.message.find("create on"), std::string::npos) << check.message;
  const std::size_t at = check.observed.find(", by these steps: ");
  ASSERT_NE(at, std::string::npos) << check.observed;
  const std::string steps = check.observed.substr(at);
  EXPECT_EQ(std::count(steps.begin(), steps.end(), ';'), 1) << steps;
  EXPECT_EQ(steps.find("describe"), std::string::npos) << steps;
}

}  // namespace
}  // namespace flowlog
