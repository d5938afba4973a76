// What a failure is made smaller to.
#include <gtest/gtest.h>

#include "mutation/mutants.h"
#include "specs/load.h"
#include "tests/mutation/plans.h"

namespace flowlog::mutation {
namespace {

constexpr int kBudget = 60;

CheckResult smallest_of(const Plan& plan, const Service& served, SimulationOptions options) {
  options.max_shrinks = kBudget;
  EXPECT_EQ(plan.checks.size(), 1u);
  return Simulation(served, options).run(plan.checks.front());
}

struct Minimum {
  const char* deviation;
  const char* check;
  const char* parameter;
  std::string value;
};

void PrintTo(const Minimum& minimum, std::ostream* out) {
  *out << minimum.deviation;
}

class Smallest : public testing::TestWithParam<Minimum> {};

// From a random start, whose boundary cases are left out.
TEST_P(Smallest, IsJustBeyondTheRule) {
  const auto& [deviation, check, parameter, value] = GetParam();
  SimulationOptions options;
  options.random_cases = 10;
  options.deviation = deviation;
  const CheckResult result =
      smallest_of(random_part_of(check, options), built_in_service(), options);
  ASSERT_EQ(result.verdict, Verdict::deviating) << result.message;
  EXPECT_EQ(sent(result.example)[parameter], value);
  ASSERT_TRUE(result.original) << "the first request is kept beside it";
  EXPECT_NE(sent(result.original), sent(result.example));
}

const Minimum kMinima[] = {
    {"length.FlowLogName.cut-silently", "param.FlowLogName.length/over-max", "FlowLogName",
     std::string(129, 'a')},
    {"length.Description.cut-silently", "param.Description.length/over-max", "Description",
     std::string(256, 'a')},
    {"length.LogProjectName.cut-silently", "param.LogProjectName.length/over-max", "LogProjectName",
     std::string(64, 'a')},
    {"length.LogTopicName.cut-silently", "param.LogTopicName.length/over-max", "LogTopicName",
     std::string(64, 'a')},
    {"length.Tags.N.Key.cut-silently", "param.Tags.N.Key.length/over-max", "Tags.1.Key",
     std::string(129, 'a')},
    {"length.Tags.N.Value.cut-silently", "param.Tags.N.Value.length/over-max", "Tags.1.Value",
     std::string(257, 'a')},
};
INSTANTIATE_TEST_SUITE_P(Lengths, Smallest, testing::ValuesIn(kMinima));

// A boundary is made smaller as well: four times the limit ends one above it.
TEST(SmallestBoundary, OfANameFarTooLongIsOneTooLong) {
  for (const char* check :
       {"param.FlowLogName.length/far-over", "error.InvalidName.Malformed/FlowLogName.length"}) {
    SimulationOptions options;
    options.random_cases = 0;
    options.deviation = "length.FlowLogName.cut-silently";
    const CheckResult result = smallest_of(part_of(check, options), built_in_service(), options);
    ASSERT_EQ(result.verdict, Verdict::deviating) << check << result.message;
    EXPECT_EQ(sent(result.example)["FlowLogName"], std::string(129, 'a')) << check;
  }
}

// One letter is at fault, and one is left.
TEST(SmallestBoundary, OfAForbiddenCharacterIsThatCharacter) {
  SimulationOptions options;
  options.random_cases = 0;
  options.deviation = "characters.FlowLogName.newline-at-end";
  const CheckResult result =
      smallest_of(part_of("param.FlowLogName.characters/trailing-newline", options),
                  built_in_service(), options);
  ASSERT_EQ(result.verdict, Verdict::deviating) << result.message;
  EXPECT_LE(sent(result.example)["FlowLogName"].size(), 2u);
  EXPECT_TRUE(sent(result.example)["FlowLogName"].ends_with('\n'));
}

TEST(SmallestToken, IsOneCharacterTooLong) {
  SimulationOptions options;
  options.random_cases = 10;
  options.deviation = "length.ClientToken.cut-silently";
  const CheckResult result = smallest_of(
      random_part_of("param.ClientToken.length/over-max", options), built_in_service(), options);
  ASSERT_EQ(result.verdict, Verdict::deviating);
  const std::string token = sent(result.example)["ClientToken"];
  ASSERT_EQ(token.size(), 65u);
  // A token is used once only: it begins with what tells it from all others.
  EXPECT_EQ(token.substr(8), std::string(57, 'a'));
}

TEST(SmallestTags, AreFiftyOne) {
  SimulationOptions options;
  options.random_cases = 10;
  options.deviation = "tags.surplus-ignored";
  const CheckResult result = smallest_of(random_part_of("param.Tags.N.Key.count/over-max", options),
                                         built_in_service(), options);
  ASSERT_EQ(result.verdict, Verdict::deviating) << result.message;
  Sent params = sent(result.example);
  EXPECT_TRUE(params.contains("Tags.51.Key"));
  EXPECT_FALSE(params.contains("Tags.52.Key"));
}

TEST(SmallestNumber, IsTheFirstThatIsNotListed) {
  SimulationOptions options;
  options.deviation = "values.AggregationInterval.next-above";
  const CheckResult result = smallest_of(part_of("param.AggregationInterval.values/neighbour"),
                                         built_in_service(), options);
  ASSERT_EQ(result.verdict, Verdict::deviating) << result.message;
  EXPECT_EQ(sent(result.example)["AggregationInterval"], "2");
}

TEST(SmallestRequest, HoldsOnlyTheParametersThatAreNeeded) {
  Service served = built_in_service();
  for (const Mutant& mutant : mutants(built_in_service())) {
    if (mutant.id == "AggregationInterval/values.without 5") mutant.change(served);
  }
  SimulationOptions options;
  options.random_cases = 30;
  const CheckResult result =
      smallest_of(part_of("request.random/accepted", options), served, options);
  ASSERT_EQ(result.verdict, Verdict::deviating) << result.message;
  Sent params = sent(result.example);
  EXPECT_EQ(params["AggregationInterval"], "5");
  for (const Parameter& parameter : built_in_service().creator().contract.parameters) {
    const bool needed = parameter.required || parameter.name == "AggregationInterval";
    EXPECT_EQ(params.contains(parameter.name), needed) << parameter.name;
  }
  EXPECT_FALSE(params.contains("Tags.1.Key"));
  EXPECT_LE(result.requests, options.random_cases * 4 + (kBudget + 3) * 4) << "beyond its budget";
}

TEST(Smallest, StaysWithinItsBudgetOfRequests) {
  SimulationOptions options;
  options.random_cases = 10;
  options.deviation = "length.FlowLogName.cut-silently";
  const Plan plan = random_part_of("param.FlowLogName.length/over-max", options);
  Simulation without(built_in_service(), options);
  const int before = without.run(plan.checks.front()).requests;
  options.max_shrinks = 1;
  Simulation with(built_in_service(), options);
  const CheckResult one = with.run(plan.checks.front());
  EXPECT_GT(one.requests, before);
  EXPECT_LE(one.created, 4) << "the first, once more, and one smaller";
}

}  // namespace
}  // namespace flowlog::mutation
