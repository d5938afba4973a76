#include "engine/case_runner.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/result.h"
#include "generators/gen_util.h"
#include "generators/requests.h"
#include "tests/engine/bench_lab.h"

namespace flowlog {
namespace {

using testing::Each;
using testing::Ge;
using testing::HasSubstr;
using testing::SizeIs;
using testing::StartsWith;

// FlowLogName takes 128 characters.
class TrialTest : public testing::Test, protected test::BenchLab {
 protected:
  TrialTest() {
    check.id = "param.FlowLogName.length/over-max";
    check.resources = {{"vpc", "", "", false}};
    on_create = [this](const Params& params) {
      lengths.push_back(find(params, "FlowLogName").value_or("").size());
      return answer(lengths.back());
    };
  }

  // A name of `length`, which shrinks as far as one character.
  void send_name_of(std::size_t length) {
    const auto name_of = [](std::size_t n) {
      return Edit{{{"FlowLogName", std::string(n, 'a')}}, {}};
    };
    Case one;
    one.base = smallest_request(service.creator().contract, "vpc");
    one.params = flowlog::apply(name_of(length), one.base);
    one.origin = rc::shrinkable::map(number_down_to(1, length), name_of);
    check.cases.push_back(std::move(one));
  }

  CheckResult result() {
    auto leases = lease_pool.acquire("default", check.resources);
    CheckContext context(run_context, check, *session, std::move(*leases));
    try_cases(context);
    context.finish();
    std::string symptom;
    return result_of(context, symptom);
  }

  static std::size_t length_in(const std::optional<Evidence>& evidence) {
    return evidence ? find(evidence->params, "FlowLogName").value_or("").size() : 0;
  }

  Check check;
  std::function<std::optional<Answered>(std::size_t)> answer = [](std::size_t) {
    return std::optional<Answered>{};  // takes everything
  };
  std::vector<std::size_t> lengths;  // of the names that were sent
};

TEST_F(TrialTest, RefusalThatIsDocumentedConforms) {
  answer = [](std::size_t) { return refusal("errors/7"); };
  send_name_of(129);
  EXPECT_EQ(result().verdict, Verdict::conformant);
  EXPECT_THAT(lengths, SizeIs(1));
}

TEST_F(TrialTest, BoundIsNoExcuseWhereNothingStands) {
  answer = [](std::size_t) { return refusal("errors/12"); };
  send_name_of(128);
  const CheckResult told = result();
  EXPECT_EQ(told.verdict, Verdict::deviating);
  EXPECT_THAT(told.message, HasSubstr("no flow log stands on it"));
}

TEST_F(TrialTest, QuotaIsNoExcuseWhereFewerStand) {
  answer = [](std::size_t) { return refusal("QuotaExceeded.FlowLog", "Too many."); };
  send_name_of(128);
  const CheckResult told = result();
  EXPECT_EQ(told.verdict, Verdict::deviating);
  EXPECT_THAT(told.message, HasSubstr("fewer flow logs stand"));
}

TEST_F(TrialTest, LooksOnceWhetherRefusalsLeftSomething) {
  answer = [](std::size_t) { return refusal("errors/7"); };
  send_name_of(129);
  send_name_of(200);
  EXPECT_EQ(result().cases, 2);
  EXPECT_EQ(fake.sent("DescribeFlowLogs"), 1);
}

TEST_F(TrialTest, LooksForNothingWhereTheDocumentationLeavesTheAnswerOpen) {
  answer = [](std::size_t) { return refusal("errors/7"); };
  check.grey = true;
  send_name_of(129);
  result();
  EXPECT_EQ(fake.sent("DescribeFlowLogs"), 0);
}

TEST_F(TrialTest, FindsWhatARefusalLeft) {
  answer = [this](std::size_t length) {
    fake.put("vpc-1", std::string(length, 'a'), "key-of-default");
    return refusal("errors/7");
  };
  send_name_of(129);
  const CheckResult found = result();
  EXPECT_EQ(found.verdict, Verdict::deviating);
  EXPECT_THAT(found.message, HasSubstr("yet a flow log was created"));
  EXPECT_TRUE(fake.stored.empty());
}

TEST_F(TrialTest, WhatIsForbiddenAndAcceptedOnceDeviates) {
  answer = [this](std::size_t) {
    return lengths.size() == 1 ? std::nullopt : std::optional<Answered>(refusal("errors/7"));
  };
  send_name_of(129);
  const CheckResult found = result();
  EXPECT_EQ(found.verdict, Verdict::deviating);
  EXPECT_THAT(found.message, StartsWith("Not repeatable: it came 1 of 3 times."));
}

TEST_F(TrialTest, WhatDoesNotComeBackIsAFindingNotADeviation) {
  answer = [this](std::size_t) {
    return std::optional<Answered>(lengths.size() == 1 ? refusal("Foo", "bar")
                                                       : refusal("errors/7"));
  };
  send_name_of(129);
  const CheckResult found = result();
  EXPECT_EQ(found.verdict, Verdict::finding);
  EXPECT_THAT(found.message, StartsWith("Not repeatable: it came 1 of 3 times."));
  EXPECT_THAT(lengths, SizeIs(3));
}

TEST_F(TrialTest, OneOfTwoMoreTriesIsEnoughToComeBack) {
  answer = [this](std::size_t) {
    return lengths.size() == 2 ? std::optional<Answered>(refusal("errors/7")) : std::nullopt;
  };
  run_context.max_shrinks = 0;
  send_name_of(129);
  EXPECT_EQ(result().verdict, Verdict::deviating);
  EXPECT_THAT(lengths, SizeIs(3));
}

TEST_F(TrialTest, AnotherWayOfDeviatingIsNotTheSameComingBack) {
  answer = [this](std::size_t) {
    return std::optional<Answered>(lengths.size() == 1 ? refusal("Bar", "bar")
                                                       : refusal("Foo", "bar"));
  };
  send_name_of(129);
  EXPECT_EQ(result().verdict, Verdict::finding);
}

TEST_F(TrialTest, EndsAtTheFirstDeviation) {
  run_context.max_shrinks = 0;
  send_name_of(129);
  send_name_of(200);
  EXPECT_EQ(result().cases, 1);
  EXPECT_THAT(lengths, Each(129));
}

TEST_F(TrialTest, ShrinksToTheSmallestThatBreaksTheSameRule) {
  send_name_of(200);
  const CheckResult found = result();
  EXPECT_EQ(found.verdict, Verdict::deviating);
  EXPECT_EQ(length_in(found.example), 129U);
  EXPECT_EQ(length_in(found.original), 200U);
  EXPECT_THAT(lengths, Each(Ge(129U)));
}

TEST_F(TrialTest, ShrinksOnlyWhileItDeviatesInTheSameWay) {
  answer = [](std::size_t length) {
    return length < 150 ? std::optional<Answered>(refusal("Foo", "bar")) : std::nullopt;
  };
  send_name_of(200);
  EXPECT_EQ(length_in(result().example), 150U);
}

TEST_F(TrialTest, SpendsNoMoreOnShrinkingThanAllowed) {
  run_context.max_shrinks = 2;
  send_name_of(2000);
  EXPECT_EQ(result().verdict, Verdict::deviating);
  EXPECT_THAT(lengths, SizeIs(4));  // the case, the confirmation, two smaller ones
}

TEST_F(TrialTest, DeletesEverythingThatWasCreated) {
  send_name_of(200);
  const CheckResult found = result();
  EXPECT_GT(found.created, 2);
  EXPECT_TRUE(fake.stored.empty());
  EXPECT_THAT(lease_pool.acquire("default", std::vector<Wanted>(3, check.resources[0])),
              testing::Optional(SizeIs(3)));
}

TEST_F(TrialTest, WithoutCasesIsInconclusive) {
  check.resources.clear();
  check.script = [](CheckContext&) {};
  std::string symptom = "x";
  CheckContext context(run_context, check, *session, {});
  const CheckResult found = result_of(context, symptom);
  EXPECT_EQ(found.verdict, Verdict::inconclusive);
  EXPECT_NE(found.message, "");
  EXPECT_EQ(symptom, "");
}

TEST(Repeat, TriesTwiceMoreAtMost) {
  const auto never = repeat("w", [] { return std::string("v"); });
  EXPECT_EQ(never.tried, 3);
  EXPECT_EQ(never.seen, 1);
  // Twice of three may be chance on the way.
  int times = 0;
  const auto now_and_then = repeat("502 a page", [&] { return ++times == 1 ? "502 a page" : ""; });
  EXPECT_FALSE(now_and_then.repeats());
  EXPECT_EQ(now_and_then.seen, 2);
  EXPECT_EQ(now_and_then.tried, 3);
  EXPECT_TRUE(repeat("502 a page", [] { return "502 a page"; }).repeats());
  const auto at_once = repeat("w", [] { return std::string("w"); });
  EXPECT_EQ(at_once.tried, 2);
  EXPECT_TRUE(at_once.repeats());
}

// Where what was made cannot be deleted, no resource is free for another try.
TEST(Repeat, ADeviationThatCouldNotBeTriedAgainStands) {
  const auto untried = repeat("w", []() -> std::optional<std::string> { return std::nullopt; });
  EXPECT_EQ(untried.tried, 1);
  EXPECT_TRUE(untried.repeats());
  EXPECT_FALSE(repeat("502 a page", []() -> std::optional<std::string> { return {}; }).repeats());
  int tries = 0;
  const auto other_way = repeat("w", [&]() -> std::optional<std::string> {
    if (++tries == 1) return std::nullopt;
    return "v";
  });
  EXPECT_EQ(other_way.tried, 2);
  EXPECT_FALSE(other_way.repeats());
}

TEST_F(TrialTest, CaseWhoseAnswerWasLostIsLookedUpAndSentAgain) {
  fake.creates = {test::FakeApi::Create::lost, test::FakeApi::Create::lost_unmade};
  send_name_of(100);
  const CheckResult found = result();
  EXPECT_EQ(found.verdict, Verdict::conformant) << found.message;
  EXPECT_THAT(lengths, SizeIs(3));
  EXPECT_TRUE(fake.stored.empty());
}

std::optional<Answered> reset() {
  return Failure{Failure::Kind::reset, "made to fail", true};
}

// The smallest request is answered: it is this one that the connection does not survive.
TEST_F(TrialTest, CaseThatEndsTheConnectionEveryTimeDeviates) {
  answer = [](std::size_t length) { return length == 200 ? reset() : std::nullopt; };
  send_name_of(200);
  const CheckResult told = result();
  EXPECT_EQ(told.verdict, Verdict::deviating);
  EXPECT_THAT(told.message, HasSubstr("ends the connection"));
}

// Something in front of the endpoint may be why: no input is at fault.
TEST_F(TrialTest, CaseIsInconclusiveWhereEveryCreationEndsTheConnection) {
  answer = [](std::size_t) { return reset(); };
  send_name_of(200);
  EXPECT_EQ(result().verdict, Verdict::inconclusive);
}

TEST_F(TrialTest, CaseWhoseAnswerComesTooLateEveryTimeIsInconclusive) {
  answer = [](std::size_t) {
    return std::optional<Answered>(Failure{Failure::Kind::timeout, "made to fail", true});
  };
  send_name_of(200);
  EXPECT_EQ(result().verdict, Verdict::inconclusive);
}

}  // namespace
}  // namespace flowlog
