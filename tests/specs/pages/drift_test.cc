#include "specs/pages/drift.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <nlohmann/json.hpp>

#include "specs/load.h"
#include "specs/pages/page.h"
#include "tests/specs/files.h"

namespace flowlog {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Strings = std::vector<std::string>;

constexpr const char* kPage = "specs/volcengine/vpc/2020-04-01/CreateFlowLog.zh.txt";
constexpr const char* kContract = "specs/volcengine/vpc/2020-04-01/CreateFlowLog.json";

constexpr const char* kEnglish = "tests/specs/data/CreateLantern.en.md";

// "row what", one each.
Strings differences(const std::string& page_text, const Contract& contract) {
  const Page page = read_page(page_text, kPage);
  Strings all;
  for (const Difference& one : drift(draft_contract(page, kPage), contract, page.chinese())) {
    all.push_back(one.row + " " + one.what.en);
  }
  return all;
}

TEST(Drift, TheProjectsPageAndContractSayTheSame) {
  EXPECT_THAT(differences(tree_file(kPage), built_in_service().creator().contract), IsEmpty());
}

TEST(Drift, FindsEveryChangeOfThePage) {
  struct Change {
    const char* from;
    const char* to;
    Strings found;
  };
  for (const Change& change : {
           Change{"maximum length of name is 128.",
                  "maximum length of name is 127.",
                  {"errors/7 message"}},
           Change{"名称长度不能超过128个字符",
                  "名称长度不能超过127个字符",
                  {"parameters/FlowLogName rule length", "errors/7 description"}},
           Change{"| FlowLog-1 |", "| FlowLog-2 |", {"parameters/FlowLogName example"}},
           Change{"FlowLogName | String | 是",
                  "FlowLogName | String | 否",
                  {"parameters/FlowLogName required"}},
           Change{"FlowLogName | String | 是",
                  "FlowLogName | String | 条件必选",
                  {"parameters/FlowLogName required", "parameters/FlowLogName description"}},
           Change{"\nProjectName | String | 否",
                  "\nProjectName | String | 条件必选",
                  {"parameters/ProjectName description"}},
           Change{"ClientToken | String",
                  "ClientToken | UUID",
                  {"parameters/ClientToken description"}},
           Change{
               "FlowLogId | String |", "FlowLogId | Id |", {"answer/Result.FlowLogId description"}},
           Change{"AggregationInterval | Integer",
                  "AggregationInterval | String",
                  {"parameters/AggregationInterval type"}},
           Change{"流日志的描述信息", "流日志的说明信息", {"parameters/Description description"}},
           Change{"不填默认加入default项目",
                  "不填默认加入main项目",
                  {"parameters/ProjectName default", "parameters/ProjectName description"}},
           Change{"。不填默认加入default项目",
                  "",
                  {"parameters/ProjectName default", "parameters/ProjectName description"}},
           Change{"若没有,则新建日志项目",
                  "若没有,则返回错误",
                  {"parameters/LogProjectName description"}},
           Change{"用于保证请求幂等性", "不用于幂等", {"parameters/ClientToken description"}},
           Change{"流日志的描述信息。",
                  "流日志的描述信息。创建后不可修改。",
                  {"parameters/Description description"}},
           Change{"根据名称匹配是否为", "根据名称新建", {"parameters/LogTopicName description"}},
           Change{"\"Region\": \"cn-beijing\"",
                  "\"Region\": \"cn-shanghai\"",
                  {"answer/ResponseMetadata.Region example"}},
           Change{"Creating\n表示创建中,Active\n表示创建完成。",
                  "",
                  {"state_while_creating state", "state_when_ready state"}},
           Change{"要采集流量的资源类型,取值如下:",
                  "要采集流量的资源类型,取值为vpc、eni。",
                  {"parameters/ResourceType description", "parameters/ResourceType rule values"}},
           Change{"不允许重复",
                  "可以重复",
                  {"parameters/Tags.N.Key description", "parameters/Tags.N.Key rule unique"}},
           Change{"LogTopicName | String",
                  "TopicName | String",
                  {"parameters/TopicName parameter", "parameters/LogTopicName parameter"}},
           Change{"404 | InvalidProject.NotFound",
                  "400 | InvalidProject.NotFound",
                  {"errors/31 HTTP code"}},
           Change{"400 | OrderError",
                  "400 | OrderFault",
                  {"errors/24 error row", "errors/24 error row"}},
           Change{"创建订单并支付失败", "创建订单失败", {"errors/24 description"}},
           Change{"fl-123456**** |",
                  "log-123456**** |",
                  {"answer/Result.FlowLogId example", "answer/Result.FlowLogId form"}},
           Change{"FlowLogId | String |",
                  "LogId | String |",
                  {"answer/Result.FlowLogId example", "answer/Result.LogId member"}},
           Change{"\"Region\": \"cn-beijing\"",
                  "\"Zone\": \"cn-beijing\"",
                  {"answer/ResponseMetadata.Zone member", "answer/ResponseMetadata.Region member"}},
           Change{"Active\n表示创建完成", "Ready\n表示创建完成", {"state_when_ready state"}},
           Change{"GET /?Action", "POST /?Action", {"method method"}},
           Change{"Service: vpc", "Service: net", {"service service"}},
       }) {
    std::string text = tree_file(kPage);
    const auto at = text.find(change.from);
    ASSERT_NE(at, std::string::npos) << change.from;
    text.replace(at, std::string(change.from).size(), change.to);
    EXPECT_EQ(differences(text, built_in_service().creator().contract), change.found) << change.to;
  }
}

TEST(Drift, FindsARowThatThePageLostAndRowsThatChangedPlaces) {
  std::string text = tree_file(kPage);
  const auto at = text.find("400 | OrderError");
  const auto end = text.find('\n', at) + 1;
  const std::string row = text.substr(at, end - at);
  std::string lost = text;
  lost.erase(at, end - at);
  EXPECT_THAT(differences(lost, built_in_service().creator().contract),
              ElementsAre("errors/24 error row"));
  std::string moved = lost;
  moved.insert(moved.find("400 | IdempotentParameterMismatch"), row);
  EXPECT_THAT(differences(moved, built_in_service().creator().contract),
              ElementsAre("errors/2 order of the rows"));
}

Contract changed(const std::string& pointer, const nlohmann::json& value) {
  nlohmann::json document = nlohmann::json::parse(tree_file(kContract));
  document[nlohmann::json::json_pointer(pointer)] = value;
  return load_contract(document.dump(), kContract, built_in_service().common);
}

TEST(Drift, FindsChangesOfTheContract) {
  const std::string page = tree_file(kPage);
  EXPECT_THAT(differences(page, changed("/parameters/2/rules/1/max", 129)),
              ElementsAre("parameters/FlowLogName rule length"));
  EXPECT_THAT(differences(page, changed("/parameters/10/default_value", "main")),
              ElementsAre("parameters/ProjectName default"));
  EXPECT_THAT(differences(page, changed("/parameters/2/default_value", "log")),
              ElementsAre("parameters/FlowLogName default"));
  EXPECT_THAT(differences(page, changed("/parameters/2/text/zh", "流日志的名称。可不唯一。")),
              ElementsAre("parameters/FlowLogName description"));
  EXPECT_THAT(differences(page, changed("/errors/8/http", {404})),
              ElementsAre("errors/9 HTTP code"));
  EXPECT_THAT(differences(page, changed("/errors/8/http", {400, 404})),
              ElementsAre("errors/9 HTTP code"));
  EXPECT_THAT(differences(page, changed("/contradictions/2/rows", {"answer/Result"})),
              ElementsAre("answer/Result.FlowLogId contradiction"));
  EXPECT_THAT(
      differences(page, changed("/errors/3/triggers/0", {{"condition", "account.arrears"}})),
      ElementsAre("errors/4 cause"));
}

TEST(Drift, FindsWhatTheContractCallsDocumentedAndThePageLacks) {
  const nlohmann::json rule = {{"kind", "values"},
                               {"standing", "documented"},
                               {"source", "CreateFlowLog"},
                               {"text", {{"en", "One of two."}, {"zh", "二者之一。"}}},
                               {"words", {"a", "b"}}};
  EXPECT_THAT(differences(tree_file(kPage), changed("/parameters/3/rules/-", rule)),
              ElementsAre("parameters/Description rule values"));
  nlohmann::json related = rule;
  related["standing"] = "related";
  EXPECT_THAT(differences(tree_file(kPage), changed("/parameters/3/rules/-", related)), IsEmpty());
}

TEST(Drift, APageAndItsOwnDraftSayTheSame) {
  for (const char* path : {kPage, kEnglish, "tests/specs/data/ModifyLantern.zh.md"}) {
    const std::string page = tree_file(path);
    EXPECT_THAT(differences(page, draft_contract(read_page(page, path), path).contract), IsEmpty())
        << path;
  }
}

TEST(Drift, ComparesTheSentencesOfAnEnglishPage) {
  const std::string page = tree_file(kEnglish);
  const Contract contract = draft_contract(read_page(page, kEnglish), kEnglish).contract;
  for (const auto& [from, to, row] : std::vector<std::array<const char*, 3>>{
           {"How long it burns", "How long it glows", "parameters/Minutes"},
           {"a cool light", "a cold light", "parameters/Shade"},
           {"It needs no more power", "It needs more power", "parameters/Shade"},
           {"Up to 32 bytes", "Up to 64 bytes", "parameters/Labels.N.Value"},
           {"The id of the lantern", "The number of the lantern", "answer/Result.LanternId"}}) {
    std::string changed = page;
    ASSERT_NE(changed.find(from), std::string::npos) << from;
    changed.replace(changed.find(from), std::string(from).size(), to);
    EXPECT_THAT(differences(changed, contract), ElementsAre(std::string(row) + " description"));
  }
}

TEST(Drift, DoesNotCompareWhatThePageHasInWordsThatWereNotRead) {
  nlohmann::json document = nlohmann::json::parse(tree_file(kContract));
  document["parameters"][4]["rules"][1]["standing"] = "documented";  // ResourceType/values
  const Contract contract = load_contract(document.dump(), kContract, built_in_service().common);
  EXPECT_THAT(differences(tree_file(kPage), contract), IsEmpty());
}

}  // namespace
}  // namespace flowlog
