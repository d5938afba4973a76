// What a scene sees of an endpoint that shows things late, or not at the first time of asking.
#include "engine/check_context.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/strangers.h"
#include "suites/catalog.h"
#include "tests/engine/bench_lab.h"

namespace flowlog {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using namespace std::chrono_literals;

static_assert(!std::is_convertible_v<Reply, AnsweredReply>);
static_assert(!std::is_constructible_v<AnsweredReply, Reply>);
static_assert(!std::is_constructible_v<Assessment, Verdict>);
static_assert(!std::is_constructible_v<Assessment, Verdict, Reply>);

class SceneTest : public testing::Test, protected test::BenchLab {
 protected:
  SceneTest() {
    check.id = "scene";
    check.resources = {{"vpc", "", "", false}};
  }

  std::unique_ptr<CheckContext> scene_of(const Check& of) {
    return std::make_unique<CheckContext>(run_context, of, *session,
                                          *lease_pool.acquire("default", of.resources));
  }

  Check check;
};

TEST_F(SceneTest, WaitsForWhatIsShownLate) {
  fake.shown_after = 300ms;
  const auto context = scene_of(check);
  const Reply reply = context->create(context->smallest());
  const Lookup lookup = context->await(reply.id());
  EXPECT_TRUE(lookup.read);
  ASSERT_TRUE(lookup.flow_log);
  EXPECT_EQ(lookup.flow_log->id, reply.id());
  EXPECT_GE(tracker.lag(), 300ms);
  EXPECT_THAT(context->notes(), Contains(HasSubstr("only 0.3 s after the answer")));
}

TEST_F(SceneTest, LearnsHowFarOneOfTwoReplicasIsBehind) {
  fake.second_is_late = 400ms;
  const auto context = scene_of(check);
  const Reply reply = context->create(context->smallest());
  context->learn_lag(reply);
  EXPECT_GE(tracker.lag(), 400ms);
  EXPECT_LE(tracker.lag(), 600ms);
  EXPECT_THAT(context->notes(), Contains(HasSubstr("after it had shown it")));
}

TEST_F(SceneTest, DoesNotWaitForWhatIsThere) {
  const auto context = scene_of(check);
  const Reply reply = context->create(context->smallest());
  EXPECT_TRUE(context->await(reply.id()).flow_log);
  EXPECT_EQ(fake.sent("DescribeFlowLogs"), 1);
  EXPECT_EQ(tracker.lag(), 0ms);
  EXPECT_THAT(context->notes(), IsEmpty());
}

TEST_F(SceneTest, DoesNotWaitForEverForWhatIsNeverShown) {
  fake.shown_after = 1h;
  const auto context = scene_of(check);
  const Reply reply = context->create(context->smallest());
  const Lookup lookup = context->await(reply.id());
  EXPECT_TRUE(lookup.read);
  EXPECT_FALSE(lookup.flow_log);
  EXPECT_LT(clock.passed(), 10s);
  EXPECT_EQ(tracker.lag(), 0ms);
}

TEST_F(SceneTest, WaitsForAsManyOnAResourceAsMustStand) {
  fake.shown_after = 300ms;
  const auto context = scene_of(check);
  context->create(context->smallest());
  EXPECT_THAT(*context->standing(0, "", 1), SizeIs(1));
}

TEST_F(SceneTest, ReadsAgainAfterAPassingFault) {
  const auto context = scene_of(check);
  const Reply reply = context->create(context->smallest());
  fake.listing_faults = 2;
  EXPECT_TRUE(context->look_up(reply.id()).flow_log);
  EXPECT_THAT(context->assessments(), IsEmpty());
  fake.listing_faults = 3;
  EXPECT_FALSE(context->look_up(reply.id()).read);
  ASSERT_THAT(context->assessments(), SizeIs(1));
  EXPECT_EQ(context->assessments().front().verdict(), Verdict::inconclusive);
}

TEST_F(SceneTest, WhatStoodBeforeIsNotARefusalsDoing) {
  fake.put("vpc-1", "of somebody else", "key-of-default", clock.wall() - 1h);
  {
    const auto context = scene_of(check);
    context->nothing_left();
    EXPECT_THAT(context->assessments(), IsEmpty());
    EXPECT_THAT(fake.stored, SizeIs(1));
    context->finish();
  }
  EXPECT_TRUE(lease_pool.acquire("default", {{"vpc", "vpc-1", "", false}}));
}

TEST_F(SceneTest, SaysBoundOfWhatIsNotShownYetIsNoLie) {
  tracker.saw_lag(300ms);
  fake.shown_after = 300ms;
  fake.put("vpc-1", "still here", "key-of-default");
  on_create = [](const Params&) { return std::optional<Answered>(refusal("errors/12")); };
  const auto context = scene_of(check);
  const Reply reply = context->create(context->smallest());
  EXPECT_NE(context->answers(reply, context->situation()), Verdict::deviating);
}

TEST_F(SceneTest, RemembersWhatAnotherRunHadOnItsResource) {
  const auto context = scene_of(check);
  fake.put("vpc-1", marked_name("name", std::string(run_context.run.size(), 'z')), "key-of-default",
           clock.wall());
  EXPECT_THAT(*context->list({}), SizeIs(1));
  fake.stored.clear();
  ASSERT_THAT(context->strangers(), SizeIs(1));
  EXPECT_EQ(context->strangers().front().resource_id, "vpc-1");
}

TEST_F(SceneTest, TakesWhatItDidNotMakeForAnotherRunsOnceThatWasSeen) {
  const auto context = scene_of(check);
  fake.put("vpc-1", "unmarked", "key-of-default", clock.wall());
  context->list({});
  EXPECT_THAT(context->strangers(), IsEmpty());
  fake.put("vpc-1", marked_name("name", std::string(run_context.run.size(), 'z')), "key-of-default",
           clock.wall());
  context->list({});
  EXPECT_THAT(context->strangers(), SizeIs(2));
}

TEST_F(SceneTest, WaitsForWhatOneReplicaTookForGone) {
  const auto context = scene_of(check);
  const Reply first = context->create(context->smallest());
  const test::FakeApi::Stored there = fake.stored.at(0);
  ASSERT_TRUE(context->remove(first.id()));
  fake.stored.push_back(there);
  int refused = 0;
  on_create = [&](const Params&) -> std::optional<Answered> {
    if (++refused <= 2) return refusal("errors/12");
    fake.stored.clear();
    return std::nullopt;
  };
  EXPECT_TRUE(context->create(context->smallest()).created());
  EXPECT_GT(refused, 2);
}

TEST_F(SceneTest, DoesNotWaitForWhatStandsAndWasNeverDeleted) {
  const auto context = scene_of(check);
  ASSERT_TRUE(context->create(context->smallest()).created());
  on_create = [](const Params&) { return std::optional<Answered>(refusal("errors/12")); };
  EXPECT_FALSE(context->create(context->smallest()).created());
  EXPECT_EQ(fake.sent("DescribeFlowLogs"), 1);
}

std::vector<std::string> actions(const std::vector<Evidence>& steps) {
  std::vector<std::string> out;
  for (const Evidence& step : steps) {
    for (const auto& [name, value] : step.params) {
      if (name == "Action") out.push_back(value);
    }
  }
  return out;
}

TEST_F(SceneTest, WhatShowsADeviationIsEveryRequestInOrder) {
  const auto context = scene_of(check);
  const Reply reply = context->create(context->smallest());
  context->look_up(reply.id());
  const auto answered = context->answered(reply);
  ASSERT_TRUE(answered);
  context->claim(false, Standing::documented, *answered, "this", "that", "It is not so.");
  ASSERT_THAT(context->assessments(), SizeIs(1));
  const Assessment& assessment = context->assessments().front();
  EXPECT_THAT(actions(assessment.steps), ElementsAre("CreateFlowLog", "DescribeFlowLogs"));
  EXPECT_EQ(assessment.steps[0].request_id, assessment.example->request_id);
  EXPECT_EQ(assessment.steps[0].target, assessment.example->target);
}

TEST_F(SceneTest, OneRequestNeedsNoSteps) {
  const auto context = scene_of(check);
  const Reply reply = context->create(context->smallest());
  const auto answered = context->answered(reply);
  ASSERT_TRUE(answered);
  context->claim(false, Standing::documented, *answered, "this", "that", "It is not so.");
  EXPECT_THAT(context->assessments().front().steps, IsEmpty());
}

TEST_F(SceneTest, ACaseBeginsAnewAndDeletingItIsNoneOfItsSteps) {
  const auto context = scene_of(check);
  context->create(context->smallest());
  context->forget_created();
  context->begin_case();
  const Reply reply = context->create(context->smallest());
  context->look_up(reply.id());
  EXPECT_THAT(actions(context->steps()), ElementsAre("CreateFlowLog", "DescribeFlowLogs"));
}

TEST_F(SceneTest, ADeletionThatTheScriptAsksForIsAStep) {
  const auto context = scene_of(check);
  const Reply reply = context->create(context->smallest());
  EXPECT_TRUE(context->remove(reply.id()));
  EXPECT_THAT(actions(context->steps()), Contains("DeleteFlowLog"));
}

TEST_F(SceneTest, TwoRequestsAtOnceAreBothSteps) {
  const auto context = scene_of(check);
  context->create_both(context->smallest(), context->smallest());
  EXPECT_THAT(actions(context->steps()), ElementsAre("CreateFlowLog", "CreateFlowLog"));
}

TEST_F(SceneTest, OfALongScriptTheLastRequestsAreKept) {
  const auto context = scene_of(check);
  const Reply reply = context->create(context->smallest());
  for (int i = 0; i < 200; ++i) context->look_up(reply.id());
  EXPECT_THAT(context->steps(), SizeIs(50));
}

TEST_F(SceneTest, StepsHoldNoCredentials) {
  const auto context = scene_of(check);
  context->create(context->smallest());
  context->create(context->smallest());
  for (const Evidence& step : context->steps()) {
    for (const auto& [name, value] : step.request_headers) {
      if (name == "Authorization") {
        EXPECT_EQ(value, "(removed)");
      }
    }
  }
}

// A check that reads back what it made says nothing of an endpoint whose listings fail.
TEST_F(SceneTest, WhatCannotBeReadIsNoDeviation) {
  profile.resources.free = {{"vpc", {"vpc-1", "vpc-2", "vpc-3", "vpc-4", "vpc-5"}}};
  LeasePool larger(profile, 10);
  int looked_at = 0;
  for (const Check& one : catalog({&service, &profile, 1, 1})) {
    if (!one.id.starts_with("lifecycle.") || !one.script || one.account != "default") continue;
    auto leases = larger.acquire("default", one.resources);
    if (!leases || std::ranges::find(one.needs, "account.other") != one.needs.end()) continue;
    CheckContext context(run_context, one, *session, std::move(*leases));
    fake.listing_faults = 1 << 30;
    one.script(context);
    fake.listing_faults = 0;
    context.finish();
    ++looked_at;
    for (const Assessment& assessment : context.assessments()) {
      EXPECT_NE(assessment.verdict(), Verdict::deviating) << one.id << ": " << assessment.message;
    }
  }
  EXPECT_GT(looked_at, 10);
}

}  // namespace
}  // namespace flowlog
