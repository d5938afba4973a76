// What a scene sees of an endpoint that shows things late, or not at the first time of asking.
#include "suites/scene.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "suites/catalog.h"
#include "tests/suites/bench_lab.h"

namespace flowlog {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using namespace std::chrono_literals;

class SceneTest : public testing::Test, protected test::BenchLab {
 protected:
  SceneTest() {
    check.id = "scene";
    check.resources = {{"vpc", "", "", false}};
  }

  std::unique_ptr<Scene> scene_of(const Check& of) {
    return std::make_unique<Scene>(bench, of, *session, *pool.acquire("default", of.resources));
  }

  Check check;
};

TEST_F(SceneTest, WaitsForWhatIsShownLate) {
  fake.shown_after = 300ms;
  const auto scene = scene_of(check);
  const Reply reply = scene->create(scene->smallest());
  const Sight sight = scene->await(reply.id());
  EXPECT_TRUE(sight.read);
  ASSERT_TRUE(sight.flow_log);
  EXPECT_EQ(sight.flow_log->id, reply.id());
  EXPECT_GE(keeper.lag(), 300ms);
  EXPECT_THAT(scene->notes(), Contains(HasSubstr("only 0.3 s after the answer")));
}

TEST_F(SceneTest, DoesNotWaitForWhatIsThere) {
  const auto scene = scene_of(check);
  const Reply reply = scene->create(scene->smallest());
  EXPECT_TRUE(scene->await(reply.id()).flow_log);
  EXPECT_EQ(fake.sent("DescribeFlowLogs"), 1);
  EXPECT_EQ(keeper.lag(), 0ms);
  EXPECT_THAT(scene->notes(), IsEmpty());
}

TEST_F(SceneTest, DoesNotWaitForEverForWhatIsNeverShown) {
  fake.shown_after = 1h;
  const auto scene = scene_of(check);
  const Reply reply = scene->create(scene->smallest());
  const Sight sight = scene->await(reply.id());
  EXPECT_TRUE(sight.read);
  EXPECT_FALSE(sight.flow_log);
  EXPECT_LT(clock.passed(), 10s);
  EXPECT_EQ(keeper.lag(), 0ms);
}

TEST_F(SceneTest, WaitsForAsManyOnAResourceAsMustStand) {
  fake.shown_after = 300ms;
  const auto scene = scene_of(check);
  scene->create(scene->smallest());
  EXPECT_THAT(*scene->standing(0, "", 1), SizeIs(1));
}

TEST_F(SceneTest, ReadsAgainAfterAPassingFault) {
  const auto scene = scene_of(check);
  const Reply reply = scene->create(scene->smallest());
  fake.listing_faults = 2;
  EXPECT_TRUE(scene->look_up(reply.id()).flow_log);
  EXPECT_THAT(scene->rulings(), IsEmpty());
  fake.listing_faults = 3;
  EXPECT_FALSE(scene->look_up(reply.id()).read);
  ASSERT_THAT(scene->rulings(), SizeIs(1));
  EXPECT_EQ(scene->rulings().front().verdict, Verdict::inconclusive);
}

TEST_F(SceneTest, WhatStoodBeforeIsNotARefusalsDoing) {
  fake.put("vpc-1", "of somebody else", "key-of-default", clock.wall() - 1h);
  {
    const auto scene = scene_of(check);
    scene->nothing_left();
    EXPECT_THAT(scene->rulings(), IsEmpty());
    EXPECT_THAT(fake.stored, SizeIs(1));
    scene->finish();
  }
  EXPECT_TRUE(pool.acquire("default", {{"vpc", "vpc-1", "", false}}));
}

TEST_F(SceneTest, SaysBoundOfWhatIsNotShownYetIsNoLie) {
  keeper.saw_lag(300ms);
  fake.shown_after = 300ms;
  fake.put("vpc-1", "still here", "key-of-default");
  on_create = [](const Params&) { return std::optional<Answered>(refusal("errors/12")); };
  const auto scene = scene_of(check);
  const Reply reply = scene->create(scene->smallest());
  EXPECT_NE(scene->answers(reply, scene->situation()), Verdict::deviating);
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
  const auto scene = scene_of(check);
  const Reply reply = scene->create(scene->smallest());
  scene->look_up(reply.id());
  scene->claim(false, Standing::documented, reply, "this", "that", "It is not so.");
  ASSERT_THAT(scene->rulings(), SizeIs(1));
  const Ruling& ruling = scene->rulings().front();
  EXPECT_THAT(actions(ruling.steps), ElementsAre("CreateFlowLog", "DescribeFlowLogs"));
  EXPECT_EQ(ruling.steps[0].request_id, ruling.example->request_id);
  EXPECT_EQ(ruling.steps[0].target, ruling.example->target);
}

TEST_F(SceneTest, OneRequestNeedsNoSteps) {
  const auto scene = scene_of(check);
  const Reply reply = scene->create(scene->smallest());
  scene->claim(false, Standing::documented, reply, "this", "that", "It is not so.");
  EXPECT_THAT(scene->rulings().front().steps, IsEmpty());
}

TEST_F(SceneTest, ACaseBeginsAnewAndDeletingItIsNoneOfItsSteps) {
  const auto scene = scene_of(check);
  scene->create(scene->smallest());
  scene->forget_created();
  scene->begin_case();
  const Reply reply = scene->create(scene->smallest());
  scene->look_up(reply.id());
  EXPECT_THAT(actions(scene->steps()), ElementsAre("CreateFlowLog", "DescribeFlowLogs"));
}

TEST_F(SceneTest, ADeletionThatTheScriptAsksForIsAStep) {
  const auto scene = scene_of(check);
  const Reply reply = scene->create(scene->smallest());
  EXPECT_TRUE(scene->remove(reply.id()));
  EXPECT_THAT(actions(scene->steps()), Contains("DeleteFlowLog"));
}

TEST_F(SceneTest, TwoRequestsAtOnceAreBothSteps) {
  const auto scene = scene_of(check);
  scene->create_both(scene->smallest(), scene->smallest());
  EXPECT_THAT(actions(scene->steps()), ElementsAre("CreateFlowLog", "CreateFlowLog"));
}

TEST_F(SceneTest, OfALongScriptTheLastRequestsAreKept) {
  const auto scene = scene_of(check);
  const Reply reply = scene->create(scene->smallest());
  for (int i = 0; i < 200; ++i) scene->look_up(reply.id());
  EXPECT_THAT(scene->steps(), SizeIs(50));
}

TEST_F(SceneTest, StepsHoldNoCredentials) {
  const auto scene = scene_of(check);
  scene->create(scene->smallest());
  scene->create(scene->smallest());
  for (const Evidence& step : scene->steps()) {
    for (const auto& [name, value] : step.request_headers) {
      if (name == "Authorization") EXPECT_EQ(value, "(removed)");
    }
  }
}

// A check that reads back what it made says nothing of an endpoint whose listings fail.
TEST_F(SceneTest, WhatCannotBeReadIsNoDeviation) {
  profile.resources.free = {{"vpc", {"vpc-1", "vpc-2", "vpc-3", "vpc-4", "vpc-5"}}};
  Pool larger(profile, 10);
  int looked_at = 0;
  for (const Check& one : catalog({&api, &profile, 1, 1})) {
    if (!one.id.starts_with("lifecycle.") || !one.script || one.account != "default") continue;
    auto leases = larger.acquire("default", one.resources);
    if (!leases || std::ranges::find(one.needs, "account.other") != one.needs.end()) continue;
    Scene scene(bench, one, *session, std::move(*leases));
    fake.listing_faults = 1 << 30;
    one.script(scene);
    fake.listing_faults = 0;
    scene.finish();
    ++looked_at;
    for (const Ruling& ruling : scene.rulings()) {
      EXPECT_NE(ruling.verdict, Verdict::deviating) << one.id << ": " << ruling.message;
    }
  }
  EXPECT_GT(looked_at, 10);
}

}  // namespace
}  // namespace flowlog
