#include "specs/pages/drift.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

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
           Change{"AggregationInterval | Integer",
                  "AggregationInterval | String",
                  {"parameters/AggregationInterval type"}},
           Change{"流日志的描述信息", "流日志的说明信息", {"parameters/Description description"}},
           Change{"不填默认加入default项目",
                  "不填默认加入main项目",
                  {"parameters/ProjectName default"}},
           Change{"要采集流量的资源类型,取值如下:",
                  "要采集流量的资源类型,取值为vpc、eni。",
                  {"parameters/ResourceType rule values"}},
           Change{"不允许重复", "可以重复", {"parameters/Tags.N.Key rule unique"}},
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
           Change{"FlowLogId | String |", "LogId | String |", {"answer/Result.LogId member"}},
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
  EXPECT_THAT(differences(page, changed("/errors/8/http", {404})),
              ElementsAre("errors/9 HTTP code"));
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

TEST(Drift, DoesNotCompareWhatThePageHasInWordsThatWereNotRead) {
  nlohmann::json document = nlohmann::json::parse(tree_file(kContract));
  document["parameters"][4]["rules"][1]["standing"] = "documented";  // ResourceType/values
  const Contract contract = load_contract(document.dump(), kContract, built_in_service().common);
  EXPECT_THAT(differences(tree_file(kPage), contract), IsEmpty());
}

}  // namespace
}  // namespace flowlog
