#include "engine/parts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/engine/bench_lab.h"

namespace flowlog {
namespace {

using testing::ElementsAre;

Noted saying(const std::string& message) {
  Noted noted;
  noted.log.add(Assessment::inconclusive(message));
  noted.requests = 1;
  return noted;
}

std::vector<std::string> messages(const Noted& noted) {
  std::vector<std::string> out;
  for (const Assessment& one : noted.log.kept()) out.push_back(one.message);
  return out;
}

Case labelled(const std::string& label) {
  Case one;
  one.label = label;
  return one;
}

TEST(Parts, CoverEveryCaseOnce) {
  Parts parts(2 * Parts::kCases + 3);
  std::size_t next = 0;
  while (const auto part = parts.take()) {
    EXPECT_EQ(part->first, next);
    next = part->last;
  }
  EXPECT_EQ(next, 2 * Parts::kCases + 3);
  EXPECT_TRUE(parts.all_taken());
}

TEST(Parts, AreJoinedInTheirOrder) {
  Parts parts(3 * Parts::kCases);
  const auto a = parts.take();
  const auto b = parts.take();
  const auto c = parts.take();
  parts.ended(*c, saying("c"), true);
  EXPECT_THAT(messages(parts.joined()), ElementsAre());
  parts.ended(*a, saying("a"), true);
  EXPECT_TRUE(parts.under_way());
  parts.ended(*b, saying("b"), true);
  EXPECT_FALSE(parts.under_way());
  EXPECT_THAT(messages(parts.joined()), ElementsAre("a", "b", "c"));
  EXPECT_EQ(parts.joined().requests, 3);
}

TEST(Parts, TellNothingThatCameAfterTheFirstThatEndedEarly) {
  Parts parts(4 * Parts::kCases);
  const auto a = parts.take();
  const auto b = parts.take();
  const auto c = parts.take();
  parts.ended(*b, saying("b"), false);
  EXPECT_TRUE(parts.superseded(*c));
  EXPECT_FALSE(parts.superseded(*a));
  EXPECT_FALSE(parts.take());
  parts.ended(*c, saying("c"), true);
  parts.ended(*a, saying("a"), true);
  EXPECT_THAT(messages(parts.joined()), ElementsAre("a", "b"));
}

TEST(Cases, AreMadeWhenTheyAreAskedFor) {
  Cases cases;
  cases.push_back(labelled("kept"));
  int made = 0;
  cases.add_more(1'000'000, [&](std::size_t i) {
    ++made;
    return labelled(std::to_string(i));
  });
  EXPECT_EQ(cases.size(), 1'000'001u);
  EXPECT_EQ(made, 0);
  EXPECT_EQ(cases[0].label, "kept");
  EXPECT_EQ(cases[1'000'000].label, "999999");
  EXPECT_EQ(made, 1);
}

TEST(Cases, KeepThoseThatAreWanted) {
  Cases cases;
  cases.push_back(labelled("kept"));
  cases.add_more(4, [](std::size_t i) { return labelled(std::to_string(i)); });
  cases.keep_only([](const Case& one) { return one.label != "kept" && one.label != "2"; });
  ASSERT_EQ(cases.size(), 3u);
  EXPECT_EQ(cases[2].label, "3");
}

class AssessmentLogTest : public testing::Test, protected test::BenchLab {
 protected:
  void note(Verdict verdict, const std::string& message) {
    Check check;
    CheckContext context(run_context, check, *session, {});
    const auto answered = context.answered(context.call({{"Action", "DescribeFlowLogs"}}));
    Assessment assessment(verdict, *answered);
    assessment.message = message;
    log.add(std::move(assessment));
  }
  std::vector<std::string> kept() const {
    std::vector<std::string> out;
    for (const Assessment& one : log.kept()) out.push_back(one.message);
    return out;
  }

  AssessmentLog log;
};

TEST_F(AssessmentLogTest, KeepsOfConformantAnswersTheFirstAndTheLast) {
  for (int i = 0; i < 1000; ++i) note(Verdict::conformant, std::to_string(i));
  EXPECT_THAT(kept(), ElementsAre("0", "999"));
  EXPECT_EQ(log.count(), 1000);
}

TEST_F(AssessmentLogTest, KeepsWhatRepeatsOnceAndCountsIt) {
  note(Verdict::conformant, "");
  for (int i = 0; i < 5; ++i) note(Verdict::finding, "odd");
  note(Verdict::finding, "odder");
  note(Verdict::finding, "odd");
  EXPECT_THAT(kept(), ElementsAre("", "odd", "odder"));
  EXPECT_EQ(log.kept()[1].times, 6);
  EXPECT_EQ(log.count(), 8);
}

TEST_F(AssessmentLogTest, KeepsWhatDecidesHoweverMuchThereIs) {
  for (int i = 0; i < 1000; ++i) note(Verdict::finding, std::to_string(i));
  note(Verdict::deviating, "decides");
  EXPECT_LT(log.kept().size(), 200u);
  EXPECT_EQ(kept().back(), "decides");
}

}  // namespace
}  // namespace flowlog
