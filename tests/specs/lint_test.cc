#include "specs/lint.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

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
  Rule& rule(std::string_view address) {
    return const_cast<Rule&>(*service.contract_to_change().rule(address));
  }
  Parameter& parameter(std::string_view name) {
    return const_cast<Parameter&>(*service.contract_to_change().parameter(name));
  }

  Contract& contract(Effect effect) {
    return std::ranges::find(service.actions, effect, &Action::effect)->contract;
  }

  Service service = built_in_service();
};

TEST_F(LintTest, TellsWhatTheContractItselfNames) {
  std::vector<Remark> remarks = lint(service);
  EXPECT_THAT(remarks, Contains(remark(Kind::contradiction, "parameters/AggregationInterval",
                                       "official SDKs mark it as required")));
  EXPECT_THAT(remarks, Contains(remark(Kind::gap, "gaps/order-of-checks", "several faults")));
}

// Contradictions of the documentation, as its pages have them, and whether lint finds them by
// itself
// ("declared": the contract names them, since the other page is no contract here).
struct Known {
  const char* topic;
  const char* row;
  const char* words;
};

TEST_F(LintTest, FindsTheContradictionsOfThePages) {
  const std::vector<Known> known = {
      // required, and yet defaulted to the flow log's id
      {"required-default", "parameters/FlowLogName", "defaults to the flow log's id"},
      {"declared", "parameters/AggregationInterval", "official SDKs mark it as required"},
      {"declared", "answer/Result.FlowLogId", "fl-123456****"},
      {"http-codes", "common/InvalidTimestamp", "400, 403"},
      {"limit-twice", "parameters/Tags.N.Value", "is 256 in one place and 255"},
      {"declared", "parameters/Tags.N.Key, parameters/Tags.N.Value", "removed by the system"},
      {"declared", "parameters/LogTopicName, errors/14", "existing topic name is refused"},
      {"repeated-code", "errors/2, errors/3", "InvalidDescription.Malformed"},
      {"repeated-code", "errors/7, errors/8", "InvalidName.Malformed"},
      {"repeated-code", "errors/25, errors/26", "UnsupportedOperation"},
      // the eleventh flow log
      {"uncovered", "notes/quota", "10"},
      {"uncovered", "parameters/LogProjectName", "length, characters, first, last"},
      {"uncovered", "parameters/LogTopicName", "length, characters, first, last"},
      {"uncovered", "parameters/Tags.N.Value", "needs"},
      {"limit-twice", "parameters/Tags.N.Key", "is 20 in one place and 50"},
      {"other-words", "parameters/Tags.N.Key", "is volc:, sys: on one page and volc:, sys on"},
      {"http-codes", "errors/32, UntagResources:errors/4", "400, 404"},
      {"http-codes", "UntagResources:errors/4", "CreateFlowLog gives it 404"},
      {"declared", "DescribeFlowLogs:parameters/VpcId", "lists VpcId twice"},
      {"declared", "DescribeFlowLogs:answer/Result.FlowLogs", "null or an empty list"},
      {"repeated-code", "ModifyFlowLogAttribute:errors/2, ModifyFlowLogAttribute:errors/3",
       "InvalidDescription.Malformed"},
      {"declared", "ModifyFlowLogAttribute:notes/kept", "default values are retained"},
      {"repeated-code", "ActiveFlowLog:errors/2, ActiveFlowLog:errors/3",
       "InvalidFlowLog.InvalidStatus"},
      {"declared", "DeactiveFlowLog:parameters/FlowLogId", "which states permit the action"},
      {"declared", "DeleteFlowLog:parameters/FlowLogId", "which states permit the action"},
      // pages and SDKs without flowlog among the types of resources
      {"declared", "TagResources:parameters/ResourceType", "have flowlog among the types"},
      {"declared", "UntagResources:parameters/ResourceType", "have flowlog among the types"},
      {"declared", "ListTagsForResources:parameters/ResourceType", "have flowlog among the types"},
      {"declared", "TagResources:parameters/Tags.N.Key", "keys that start with sys"},
      {"declared", "TagResources:parameters/Tags.N.Key", "the English page does not"},
      {"declared", "TagResources:parameters/Tags.N.Key, TagResources:parameters/Tags.N.Value",
       "sister pages refuse them"},
      {"limit-twice", "TagResources:parameters/Tags.N.Value", "is 256 in one place and 255"},
  };
  const std::vector<Remark> remarks = lint(service);
  for (const Known& one : known) {
    EXPECT_THAT(remarks,
                Contains(AllOf(Field(&Remark::topic, one.topic), Field(&Remark::row, one.row),
                               Field(&Remark::text, HasSubstr(one.words)))))
        << one.topic << " " << one.row;
  }
}

TEST_F(LintTest, ANoteAtTheSameRowsIsTakenUpAndNotToldTwice) {
  std::size_t count = 0;
  for (const Remark& remark : lint(service)) {
    count += remark.row == "parameters/FlowLogName" && remark.kind == Kind::contradiction;
  }
  EXPECT_EQ(count, 1U);
}

TEST_F(LintTest, CitesRowsAndSpeaksBothLanguages) {
  for (const Remark& remark : lint(service)) {
    EXPECT_FALSE(remark.row.empty());
    EXPECT_FALSE(remark.topic.empty());
    EXPECT_FALSE(remark.text.empty());
    EXPECT_FALSE(remark.text_zh.empty());
    EXPECT_NE(remark.text, remark.text_zh);
  }
}

TEST_F(LintTest, FindsARuleThatNoRowAnswers) {
  service.contract_to_change().errors[9].triggers.clear();
  std::vector<Remark> remarks = lint(service);
  EXPECT_THAT(remarks, Contains(remark(Kind::oddity, "errors/10", "Nothing is known to cause")));
  EXPECT_THAT(remarks, Contains(AllOf(Field(&Remark::topic, "uncovered"),
                                      Field(&Remark::row, "parameters/AggregationInterval"),
                                      Field(&Remark::text, HasSubstr("values")))));
}

TEST_F(LintTest, AQuotaWithARowIsCovered) {
  service.contract_to_change().errors[9].triggers[0] = Trigger{};
  service.contract_to_change().errors[9].triggers[0].condition = "account.quota";
  EXPECT_THAT(lint(service), testing::Not(Contains(AllOf(Field(&Remark::topic, "uncovered"),
                                                         Field(&Remark::row, "notes/quota")))));
}

TEST_F(LintTest, FindsACodeOnTwoHttpCodes) {
  service.contract_to_change().errors[6].http = {422};
  EXPECT_THAT(lint(service), Contains(remark(Kind::contradiction, "errors/7, errors/8",
                                             "InvalidName.Malformed stands on 2 HTTP codes")));
  service.contract_to_change().errors[0].http = {400, 409};
  EXPECT_THAT(lint(service), Contains(remark(Kind::contradiction, "errors/1", "2 HTTP codes")));
}

TEST_F(LintTest, FindsACodeOnAnotherHttpCodeOnASisterPage) {
  ErrorRow row = *service.row("errors/31");
  row.id = "errors/99";
  row.http = {400};
  row.triggers.clear();
  contract(Effect::remove).errors.push_back(row);
  EXPECT_THAT(lint(service),
              Contains(AllOf(Field(&Remark::topic, "http-codes"),
                             Field(&Remark::row, "errors/31, DeleteFlowLog:errors/99"),
                             Field(&Remark::text, HasSubstr("400, 404")))));
  contract(Effect::remove).errors.back().http = {404};
  EXPECT_THAT(lint(service),
              testing::Not(Contains(Field(&Remark::row, "errors/31, DeleteFlowLog:errors/99"))));
}

TEST_F(LintTest, FindsADefaultAndAnExampleThatBreakTheirRule) {
  parameter("AggregationInterval").default_value = "7";
  parameter("TrafficType").example = "all";
  parameter("FlowLogName").example = "_log";
  parameter("LogProjectName").example = "project-";
  parameter("Tags.N.Key").example = "Tags.1.Key=ok&Tags.2.Key=SYS:x";
  parameter("Description").example = std::string(256, 'a');
  std::vector<Remark> remarks = lint(service);
  for (const auto& [row, text] : std::vector<std::pair<std::string, std::string>>{
           {"parameters/AggregationInterval", "default \"7\" breaks AggregationInterval/values"},
           {"parameters/TrafficType", "example \"all\" breaks TrafficType/values"},
           {"parameters/FlowLogName", "breaks FlowLogName/first"},
           {"parameters/LogProjectName", "breaks LogProjectName/last"},
           {"parameters/Tags.N.Key", "example \"SYS:x\" breaks Tags.N.Key/prefix"},
           {"parameters/Description", "breaks Description/length"}}) {
    EXPECT_THAT(remarks, Contains(remark(Kind::oddity, row, text)));
  }
}

TEST_F(LintTest, ExamplesOfThePagesBreakNoRuleAndTheHiddenEndOfAnIdIsNotJudged) {
  EXPECT_THAT(lint(service), testing::Not(Contains(Field(&Remark::topic, "broken-example"))));
  parameter("LogProjectName").example = "fc69****";
  EXPECT_THAT(lint(service), testing::Not(Contains(Field(&Remark::topic, "broken-example"))));
}

TEST_F(LintTest, FindsIdsOfAnotherForm) {
  auto& answer = service.contract_to_change().answer;
  const auto id = std::find_if(answer.begin(), answer.end(), [](const flowlog::Field& field) {
    return field.path == "Result.FlowLogId";
  });
  ASSERT_NE(id, answer.end());
  id->example = "2021062415303301022514515207C4****";
  const std::vector<Remark> remarks = lint(service);
  EXPECT_THAT(remarks, Contains(AllOf(Field(&Remark::topic, "id-form"),
                                      Field(&Remark::row, "answer/Result.FlowLogId"))));
  EXPECT_THAT(remarks, Contains(AllOf(Field(&Remark::topic, "id-form"),
                                      Field(&Remark::row, HasSubstr(":parameters/FlowLogId")))));
}

TEST_F(LintTest, FindsARequiredParameterWithADefault) {
  parameter("TrafficType").default_value = "All";
  EXPECT_THAT(lint(service), Contains(remark(Kind::contradiction, "parameters/TrafficType",
                                             "is required and has a default")));
}

TEST_F(LintTest, FindsOneLimitWithTwoNumbers) {
  rule("Tags.N.Key/count").text.en = "At most 20 tags; the newest page says 50.";
  EXPECT_THAT(lint(service), Contains(remark(Kind::contradiction, "parameters/Tags.N.Key",
                                             "is 20 in one place and 50 in another")));
  rule("FlowLogName/length").max = 127;
  rule("FlowLogName/length").text = {"1 to 127 characters.", "长度为1~127个字符。"};
  EXPECT_THAT(lint(service),
              Contains(remark(Kind::contradiction, "parameters/FlowLogName, errors/7",
                              "is 127 in one place and 128 in another")));
}

TEST_F(LintTest, FindsANumberThatTheChineseSentencesAloneSay) {
  rule("FlowLogName/length").text.zh = "长度为1~100个字符。";
  service.contract_to_change().errors[2].message.zh = "描述长度不能超过200个字符。";
  const std::vector<Remark> remarks = lint(service);
  EXPECT_THAT(remarks, Contains(remark(Kind::contradiction, "parameters/FlowLogName",
                                       "is 128 in one place and 100 in another")));
  EXPECT_THAT(remarks, Contains(remark(Kind::contradiction, "parameters/Description, errors/3",
                                       "is 255 in one place and 200 in another")));
  rule("FlowLogName/length").text.zh = "长度为1~128个UTF8字符。";
  EXPECT_THAT(lint(service), testing::Not(Contains(Field(&Remark::text, HasSubstr("and 8 in")))));
}

TEST_F(LintTest, SaysNothingOfRowsThatStandOnNoPage) {
  for (const Remark& remark : lint(service)) {
    if (remark.topic == "declared") continue;
    EXPECT_THAT(remark.row, testing::Not(HasSubstr("likely"))) << remark.text;
  }
  ErrorRow row = *service.row("errors/31");
  row.http = {400};
  row.standing = Standing::inferred;
  row.triggers.clear();
  contract(Effect::remove).errors.push_back(row);
  EXPECT_THAT(lint(service), testing::Not(Contains(Field(&Remark::row, HasSubstr("errors/31")))));
}

TEST_F(LintTest, SaysNothingOfWhatATableThatWasNotReadToItsEndLacks) {
  service.contract_to_change().errors_complete = false;
  EXPECT_THAT(lint(service),
              testing::Not(Contains(AllOf(Field(&Remark::topic, "uncovered"),
                                          Field(&Remark::row, "parameters/LogProjectName")))));
}

TEST_F(LintTest, FindsRowsThatNothingTellsApart) {
  auto& errors = service.contract_to_change().errors;
  errors[1].message = errors[2].message;
  const std::vector<Remark> remarks = lint(service);
  EXPECT_THAT(remarks, Contains(remark(Kind::oddity, "errors/2, errors/3", "word for word")));
  EXPECT_THAT(
      remarks,
      testing::Not(Contains(remark(Kind::oddity, "errors/2, errors/3", "tells them apart"))));
}

TEST_F(LintTest, IdsAndWordsOfOtherKindsOfThingsDoNotContradict) {
  parameter("ResourceId").example = "eni-123456****";
  for (const Remark& remark : lint(service)) {
    EXPECT_NE(remark.topic, "id-form") << remark.text;
    EXPECT_THAT(remark.text, testing::Not(HasSubstr("ResourceType/values"))) << remark.row;
  }
}

TEST_F(LintTest, NamesKindsOfRulesInChinese) {
  parameter("TrafficType").example = "all";
  const std::vector<Remark> remarks = lint(service);
  for (const char* said :
       {"违反规则（长度、字符、首字符、末字符）", "示例值\"all\"违反规则：TrafficType的取值",
        "Tags.N.Key的数量上限", "Tags.N.Key的前缀"}) {
    EXPECT_THAT(remarks, Contains(Field(&Remark::text_zh, HasSubstr(said)))) << said;
  }
}

TEST_F(LintTest, FindsOneLimitWithTwoNumbersOnSisterPages) {
  Parameter tags = *service.contract_to_change().parameter("Tags.N.Key");
  for (Rule& rule : tags.rules) {
    if (rule.kind == RuleKind::count) rule.max = 50;
    if (rule.kind == RuleKind::count) rule.text.en = "At most 50 tags in one call.";
    if (rule.kind == RuleKind::prefix) rule.words = {"volc:", "sys"};
  }
  contract(Effect::remove).parameters.push_back(tags);
  const std::vector<Remark> remarks = lint(service);
  const std::string rows = "parameters/Tags.N.Key, DeleteFlowLog:parameters/Tags.N.Key";
  EXPECT_THAT(remarks, Contains(remark(Kind::contradiction, rows, "is 20 in one place and 50")));
  EXPECT_THAT(remarks,
              Contains(AllOf(Field(&Remark::topic, "other-words"), Field(&Remark::row, rows),
                             Field(&Remark::text, HasSubstr("volc:, sys")))));
}

TEST_F(LintTest, FindsAStateThatNothingElseNames) {
  EXPECT_THAT(lint(service), testing::Not(Contains(Field(&Remark::text, HasSubstr("Frozen")))));
  service.contract_to_change().states.push_back("Frozen");
  EXPECT_THAT(lint(service), Contains(AllOf(Field(&Remark::topic, "lonely-state"),
                                            Field(&Remark::text, HasSubstr("Frozen")))));
  contract(Effect::read).states.push_back("Frozen");
  EXPECT_THAT(lint(service), testing::Not(Contains(Field(&Remark::text, HasSubstr("Frozen")))));
}

}  // namespace
}  // namespace flowlog
