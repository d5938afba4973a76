#include "specs/pages/draft.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "base/json_node.h"
#include "specs/load.h"
#include "specs/save.h"
#include "tests/specs/files.h"

namespace flowlog {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using Strings = std::vector<std::string>;

Draft drafted(const std::string& path) {
  return draft_contract(read_page(tree_file(path), path), path);
}

Draft lantern() {
  return drafted("tests/specs/data/CreateLantern.en.md");
}

Draft modified_lantern() {
  return drafted("tests/specs/data/ModifyLantern.zh.md");
}

Draft flow_log() {
  return drafted("specs/volcengine/vpc/2020-04-01/CreateFlowLog.zh.txt");
}

Strings addresses(const Contract& contract) {
  Strings all;
  for (const Parameter& parameter : contract.parameters) {
    for (const Rule& rule : parameter.rules) all.push_back(rule.address);
  }
  return all;
}

Strings members(const Contract& contract, const std::string& address) {
  const Rule* rule = contract.rule(address);
  return rule ? rule->allowed.members() : Strings{"no such rule"};
}

Strings causes(const ErrorRow& row) {
  Strings all;
  for (const Trigger& trigger : row.triggers) {
    all.push_back(trigger.rule + trigger.condition + trigger.race + trigger.replay);
  }
  return all;
}

// "parameters/X: quote", one each.
Strings places(const Draft& draft) {
  Strings all;
  for (const Unread& one : draft.unread) all.push_back(one.row);
  return all;
}

TEST(Draft, OfTheProjectsPageHoldsTheRulesThatThePageStates) {
  const Draft draft = flow_log();
  EXPECT_THAT(addresses(draft.contract),
              ElementsAre("Action/required", "Action/values", "Version/required", "Version/values",
                          "FlowLogName/required", "FlowLogName/length", "Description/length",
                          "ResourceType/required", "ResourceId/required", "ResourceId/exists",
                          "TrafficType/required", "LogProjectName/required",
                          "LogTopicName/required", "ProjectName/exists", "Tags.N.Key/unique",
                          "ClientToken/length", "ClientToken/characters"));
  EXPECT_EQ(draft.contract.rule("FlowLogName/length")->max, 128U);
  EXPECT_EQ(draft.contract.rule("Description/length")->max, 255U);
  EXPECT_EQ(draft.contract.rule("ClientToken/length")->max, 64U);
  EXPECT_THAT(draft.open_below,
              ElementsAre("ClientToken/length", "Description/length", "FlowLogName/length"));
  EXPECT_EQ(draft.contract.parameter("ProjectName")->default_value, "default");
  EXPECT_EQ(draft.contract.parameters.size(), 14U);
  EXPECT_EQ(draft.contract.errors.size(), 34U);
}

TEST(Draft, OfTheProjectsPageNamesTheListsThatItLost) {
  const Draft draft = flow_log();
  for (const char* name : {"ResourceType", "TrafficType", "AggregationInterval"}) {
    EXPECT_TRUE(draft.unread_at(std::string("parameters/") + name, RuleKind::values)) << name;
    EXPECT_EQ(draft.contract.rule(std::string(name) + "/values"), nullptr);
  }
  EXPECT_TRUE(draft.unread_at("parameters/Tags.N.Value", RuleKind::needs));
  EXPECT_FALSE(draft.unread_at("parameters/FlowLogName", RuleKind::length));
  EXPECT_THAT(places(draft), testing::Contains("parameters/LogTopicName"));
}

TEST(Draft, OfTheProjectsPageFindsThatTheExampleIdHasAnotherForm) {
  const Draft draft = flow_log();
  ASSERT_EQ(draft.contract.contradictions.size(), 1U);
  EXPECT_THAT(draft.contract.contradictions[0].rows, ElementsAre("answer/Result.FlowLogId"));
  EXPECT_THAT(draft.contract.contradictions[0].text.en, HasSubstr("fl-123456****"));
  EXPECT_THAT(draft.contract.contradictions[0].text.en,
              HasSubstr("2021062415303301022514515207C4****"));
}

TEST(Draft, ReadsBackAsItWasWritten) {
  for (const Draft& draft : {flow_log(), lantern(), modified_lantern()}) {
    const std::string text = dump_contract(draft.contract);
    EXPECT_EQ(load_contract(text, "draft", built_in_service().common), draft.contract);
  }
}

TEST(Draft, OfAnEnglishPageHoldsItsRequestAndText) {
  const Contract contract = lantern().contract;
  EXPECT_EQ(contract.action, "CreateLantern");
  EXPECT_EQ(contract.version, "2024-05-01");
  EXPECT_EQ(contract.service, "light");
  EXPECT_EQ(contract.method, "POST");
  EXPECT_EQ(contract.state_while_creating, "Lighting");
  EXPECT_EQ(contract.state_when_ready, "Lit");
  EXPECT_EQ(contract.quota, 12);
}

TEST(Draft, OfAnEnglishPageHoldsItsBullets) {
  const Contract contract = lantern().contract;
  EXPECT_EQ(contract.rule("LanternName/length")->min, 2U);
  EXPECT_EQ(contract.rule("LanternName/length")->max, 40U);
  EXPECT_THAT(members(contract, "LanternName/first"), ElementsAre("[A-Za-z]", "[0-9]"));
  EXPECT_THAT(members(contract, "LanternName/characters"),
              ElementsAre("[A-Za-z]", "[0-9]", ".", "_", "-"));
  EXPECT_THAT(contract.rule("Shade/values")->words, ElementsAre("Amber", "Jade", "Pearl"));
  EXPECT_EQ(contract.parameter("Shade")->default_value, "Amber");
  EXPECT_THAT(contract.rule("Minutes/values")->words, ElementsAre("15", "30", "60"));
  EXPECT_EQ(contract.parameter("Minutes")->default_value, "30");
  EXPECT_EQ(contract.parameter("Minutes")->type, Type::integer);
  EXPECT_EQ(contract.parameter("Slot")->example, "left|right");
  EXPECT_THAT(members(contract, "Folder/characters"), ElementsAre("[a-z]", "[0-9]", "-"));
  EXPECT_THAT(members(contract, "Folder/last"), ElementsAre("[a-z]", "[0-9]"));
  EXPECT_THAT(contract.rule("Labels.N.Key/prefix")->words, ElementsAre("sys:", "lan:"));
  EXPECT_EQ(contract.rule("Labels.N.Key/count")->max, 5U);
  EXPECT_NE(contract.rule("Labels.N.Key/unique"), nullptr);
  EXPECT_NE(contract.rule("Labels.N.Key/index"), nullptr);
  EXPECT_EQ(contract.rule("Labels.N.Value/needs")->target, "Labels.N.Key");
}

TEST(Draft, OfAnEnglishPageHoldsErrorsOfThreeColumns) {
  const Contract contract = lantern().contract;
  ASSERT_EQ(contract.errors.size(), 5U);
  EXPECT_THAT(causes(contract.errors[0]), ElementsAre("LanternName/length"));
  EXPECT_THAT(causes(contract.errors[1]),
              ElementsAre("LanternName/first", "LanternName/characters"));
  EXPECT_THAT(causes(contract.errors[2]), ElementsAre("Shade/values"));
  EXPECT_THAT(causes(contract.errors[3]), ElementsAre());
  EXPECT_THAT(causes(contract.errors[4]), ElementsAre("resource.busy"));
  EXPECT_EQ(contract.errors[0].message.zh, "");
}

TEST(Draft, OfAnEnglishPageListsWhatItCouldNotRead) {
  EXPECT_THAT(places(lantern()), ElementsAre("tables/4", "parameters/Shade",
                                             "parameters/Labels.N.Key", "parameters/Labels.N.Value",
                                             "answer/Result.Oil", "errors/4", "errors/6"));
}

TEST(Draft, OfAChinesePageWithBulletsHoldsThem) {
  const Contract contract = modified_lantern().contract;
  EXPECT_THAT(members(contract, "LanternName/first"),
              ElementsAre("[A-Za-z]", "[\\u4E00-\\u9FA5]", "[0-9]"));
  EXPECT_THAT(members(contract, "LanternName/characters"),
              ElementsAre("[A-Za-z]", "[\\u4E00-\\u9FA5]", "[0-9]", ",", ".", "_", " ", "=", "-",
                          "，", "。"));
  EXPECT_THAT(contract.rule("Shade/values")->words, ElementsAre("Amber", "Jade", "Pearl"));
  EXPECT_EQ(contract.parameter("Shade")->default_value, "Amber");
  EXPECT_EQ(contract.parameter("Folder")->default_value, "");
  EXPECT_THAT(members(contract, "Folder/first"), ElementsAre("[a-z]", "[0-9]"));
  EXPECT_EQ(contract.parameter("LanternId")->required, true);
  EXPECT_EQ(contract.parameter("LanternName")->required, false);
}

TEST(Draft, OfAChinesePageListsWhatItCouldNotRead) {
  const Draft draft = modified_lantern();
  EXPECT_TRUE(draft.unread_at("parameters/Topic", RuleKind::required));
  EXPECT_TRUE(draft.unread_at("parameters/Topic", RuleKind::first));
  EXPECT_TRUE(draft.unread_at("parameters/Note", RuleKind::length));
  EXPECT_TRUE(draft.unread_at("parameters/Note", RuleKind::characters));
  EXPECT_THAT(places(draft), testing::IsSupersetOf({"tables/3", "tables/4"}));
  EXPECT_EQ(draft.contract.rule("Note/length"), nullptr);
}

TEST(Draft, FindsALimitThatIsSaidTwiceWithTwoNumbers) {
  const Contract contract = modified_lantern().contract;
  ASSERT_EQ(contract.contradictions.size(), 1U);
  EXPECT_THAT(contract.contradictions[0].rows, ElementsAre("parameters/LanternName", "errors/1"));
  EXPECT_THAT(contract.contradictions[0].text.en, HasSubstr("128"));
  EXPECT_THAT(contract.contradictions[0].text.zh, HasSubstr("64"));
}

TEST(Draft, RefusesAPageThatNamesNoActionOrAParameterTwice) {
  const std::string head = "| Name | Type | Required | Example |\n|---|---|---|---|\n";
  const auto draft = [&](const std::string& rows) {
    return draft_contract(read_page(head + rows, "page.md"), "page.md");
  };
  const std::string version = "| Version | String | Yes | 1 |\n";
  EXPECT_THROW(draft(version), InputError);
  EXPECT_THROW(draft("| Action | String | Yes | A |\n" + version + version), InputError);
  EXPECT_NO_THROW(draft("| Action | String | Yes | A |\n" + version));
}

}  // namespace
}  // namespace flowlog
