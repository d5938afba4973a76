#include "specs/lint.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "specs/load.h"

namespace flowlog {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::Field;
using testing::HasSubstr;
using Kind = Remark::Kind;

auto remark(Kind kind, const std::string& row, const std::string& text) {
  return AllOf(Field(&Remark::kind, kind), Field(&Remark::row, row),
               Field(&Remark::text, HasSubstr(text)));
}

class LintTest : public testing::Test {
 protected:
  Rule& rule(std::string_view address) { return const_cast<Rule&>(*api.create.rule(address)); }
  Parameter& parameter(std::string_view name) {
    return const_cast<Parameter&>(*api.create.parameter(name));
  }

  Api api = built_in_api();
};

TEST_F(LintTest, TellsWhatTheContractItselfNames) {
  std::vector<Remark> remarks = lint(api);
  EXPECT_THAT(remarks, Contains(remark(Kind::contradiction, "parameters/FlowLogName",
                                       "defaults to the flow log's id")));
  EXPECT_THAT(remarks, Contains(remark(Kind::contradiction, "common/InvalidTimestamp", "403")));
  EXPECT_THAT(remarks, Contains(remark(Kind::gap, "gaps/order-of-checks", "several faults")));
}

TEST_F(LintTest, TellsTheRowsThatOnlyTheMessageTellsApart) {
  std::vector<Remark> remarks = lint(api);
  for (const char* rows : {"errors/2, errors/3", "errors/7, errors/8", "errors/25, errors/26"}) {
    EXPECT_THAT(remarks, Contains(remark(Kind::oddity, rows, "only the message")));
  }
  EXPECT_THAT(remarks, testing::Not(Contains(Field(&Remark::row, HasSubstr("errors/9,")))));
}

TEST_F(LintTest, FindsNothingMoreInTheBuiltInContracts) {
  std::size_t named = 0;
  for (const Contract* contract : {&api.create, &api.describe, &api.remove}) {
    named += contract->contradictions.size() + contract->gaps.size();
  }
  EXPECT_EQ(lint(api).size(), named + 3);  // and the three pairs of rows that share a code
}

TEST_F(LintTest, SpeaksBothLanguages) {
  for (const Remark& remark : lint(api)) {
    EXPECT_FALSE(remark.text.empty());
    EXPECT_FALSE(remark.text_zh.empty());
  }
}

TEST_F(LintTest, FindsARuleThatNoRowAnswers) {
  api.create.errors[9].triggers.clear();
  std::vector<Remark> remarks = lint(api);
  EXPECT_THAT(remarks, Contains(remark(Kind::oddity, "errors/10", "Nothing is known to cause")));
  // gaps/integer-forms is about another thing, but about this parameter.
  std::erase_if(api.create.gaps, [](const Note& gap) { return gap.id == "gaps/integer-forms"; });
  EXPECT_THAT(lint(api), Contains(remark(Kind::gap, "parameters/AggregationInterval",
                                         "AggregationInterval/values")));
}

TEST_F(LintTest, CountsAnAnswerNamedByTheRuleAsAnswered) {
  std::erase_if(api.create.gaps, [](const Note& gap) { return gap.id == "gaps/tag-without-key"; });
  EXPECT_THAT(lint(api), testing::Not(Contains(Field(&Remark::text, HasSubstr("/needs")))));
}

TEST_F(LintTest, DoesNotCountSuccessAsAnError) {
  api.create.gaps.clear();
  rule("FlowLogName/length").id = "size";
  rule("FlowLogName/size").address = "FlowLogName/size";
  rule("FlowLogName/size").also = {"success"};
  EXPECT_THAT(lint(api), Contains(remark(Kind::gap, "parameters/FlowLogName", "FlowLogName/size")));
}

TEST_F(LintTest, FindsACodeOnTwoHttpCodes) {
  api.create.errors[6].http = {422};
  EXPECT_THAT(lint(api), Contains(remark(Kind::contradiction, "errors/7, errors/8",
                                         "InvalidName.Malformed stands on 2 HTTP codes")));
  api.create.errors[0].http = {400, 409};
  EXPECT_THAT(lint(api), Contains(remark(Kind::contradiction, "errors/1", "2 HTTP codes")));
}

TEST_F(LintTest, FindsADefaultAndAnExampleThatBreakTheirRule) {
  parameter("AggregationInterval").default_value = "7";
  parameter("TrafficType").example = "all";
  std::vector<Remark> remarks = lint(api);
  EXPECT_THAT(remarks,
              Contains(remark(Kind::oddity, "parameters/AggregationInterval", "default \"7\"")));
  EXPECT_THAT(remarks, Contains(remark(Kind::oddity, "parameters/TrafficType", "example \"all\"")));
}

TEST_F(LintTest, FindsARequiredParameterWithADefault) {
  parameter("TrafficType").default_value = "All";
  EXPECT_THAT(lint(api), Contains(remark(Kind::contradiction, "parameters/TrafficType",
                                         "is required and has a default")));
}

}  // namespace
}  // namespace flowlog
