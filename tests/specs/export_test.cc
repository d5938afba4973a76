// The shape of what is exported; scripts/test-export.sh puts it to work.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <regex>
#include <set>

#include "specs/export/openapi.h"
#include "specs/export/postman.h"
#include "specs/export/value_schema.h"
#include "specs/load.h"

namespace flowlog {
namespace {

using Json = nlohmann::json;
using testing::HasSubstr;

class ExportTest : public testing::Test {
 protected:
  const Service& service = built_in_service();
  const Json document = Json::parse(
      openapi_document(service.creator().contract, service.common, "http://127.0.0.1:18080"));
  const Json& operation = document["paths"]["/"]["get"];

  const Json& parameter(const std::string& name) const {
    for (const Json& one : operation["parameters"]) {
      if (one["name"] == name) return one;
    }
    throw std::out_of_range(name);
  }
  const Json& schema(const std::string& name) const {
    const std::string reference = parameter(name)["schema"]["$ref"];
    return document.at(Json::json_pointer(reference.substr(1)));
  }
};

TEST_F(ExportTest, NamesActionVersionAndEndpoint) {
  EXPECT_EQ(document["openapi"], "3.1.0");
  EXPECT_EQ(document["info"]["title"], "CreateFlowLog");
  EXPECT_EQ(document["info"]["version"], "2020-04-01");
  EXPECT_EQ(document["servers"][0]["url"], "http://127.0.0.1:18080");
  EXPECT_EQ(operation["operationId"], "CreateFlowLog");
}

TEST_F(ExportTest, EveryParameterOfTheContractIsThereOnceForEachIndex) {
  std::set<std::string> names;
  for (const Json& one : operation["parameters"]) {
    EXPECT_TRUE(names.insert(one["name"]).second) << one["name"];
    EXPECT_NE(service.creator().contract.parameter_of(one["name"].get<std::string>()), nullptr);
    EXPECT_TRUE(
        document.contains(Json::json_pointer(one["schema"]["$ref"].get<std::string>().substr(1))));
  }
  // 12 that are not indexed, and two for each of the tags that one call takes.
  EXPECT_EQ(names.size(), 12 + 2 * service.creator().contract.rule("Tags.N.Key/count")->max);
}

TEST_F(ExportTest, SchemasHoldTheRules) {
  EXPECT_EQ(schema("FlowLogName")["minLength"], 1);
  EXPECT_EQ(schema("FlowLogName")["maxLength"], 128);
  EXPECT_EQ(schema("TrafficType")["enum"], Json({"All", "Allow", "Drop"}));
  EXPECT_EQ(schema("AggregationInterval")["type"], "integer");
  EXPECT_EQ(schema("AggregationInterval")["enum"], Json({1, 5, 10}));
  EXPECT_EQ(schema("AggregationInterval")["default"], 10);
  EXPECT_EQ(schema("Action")["enum"], Json({"CreateFlowLog"}));
  EXPECT_EQ(parameter("ResourceId")["required"], true);
  EXPECT_EQ(parameter("Description")["required"], false);
  EXPECT_EQ(parameter("Tags.2.Value")["example"], "value2");
  EXPECT_FALSE(parameter("Tags.3.Value").contains("example"));
  EXPECT_EQ(parameter("Tags.2.Value")["x-row"], "parameters/Tags.N.Value");
}

TEST_F(ExportTest, PatternsTellLawfulNamesFromUnlawfulOnes) {
  const std::regex name(schema("LogProjectName")["pattern"].get<std::string>());
  for (const char* good : {"abc", "a-1", "0-z", "a"})
    EXPECT_TRUE(std::regex_match(good, name)) << good;
  for (const char* bad : {"-ab", "ab-", "aBc", "a_b", ""}) {
    EXPECT_FALSE(std::regex_match(bad, name)) << bad;
  }
}

TEST_F(ExportTest, EveryErrorRowIsAnExampleOfItsHttpCode) {
  std::size_t examples = 0;
  for (const auto& [http, response] : operation["responses"].items()) {
    if (http == "200") continue;
    const Json& content = response["content"]["application/json"];
    const Json& codes = content["schema"]["properties"]["ResponseMetadata"]["properties"]["Error"]
                               ["properties"]["Code"]["enum"];
    for (const auto& [id, example] : content["examples"].items()) {
      const Json& code = example["value"]["ResponseMetadata"]["Error"]["Code"];
      EXPECT_NE(std::find(codes.begin(), codes.end(), code), codes.end()) << id;
      ++examples;
    }
  }
  std::size_t rows = 0;
  for (const auto* table : {&service.creator().contract.errors, &service.common}) {
    for (const ErrorRow& row : *table) rows += row.http.size();
  }
  EXPECT_EQ(examples, rows);
  EXPECT_EQ(operation["responses"]["412"]["content"]["application/json"]["examples"]["errors-34"]
                     ["value"]["ResponseMetadata"]["Error"]["Code"],
            "IdempotentProcessing");
}

TEST_F(ExportTest, TheSuccessHoldsTheAnswersMembers) {
  const Json& content = operation["responses"]["200"]["content"]["application/json"];
  EXPECT_EQ(content["example"]["Result"]["FlowLogId"], "fl-123456****");
  const Json& metadata = content["schema"]["properties"]["ResponseMetadata"];
  EXPECT_EQ(metadata["properties"]["Action"]["const"], "CreateFlowLog");
  EXPECT_FALSE(metadata["properties"].contains("Error"));
  EXPECT_EQ(content["schema"]["required"], Json({"ResponseMetadata", "Result"}));
}

TEST_F(ExportTest, AFailureMayEchoAnotherActionAndVersion) {
  const Json& metadata = operation["responses"]["401"]["content"]["application/json"]["schema"]
                                  ["properties"]["ResponseMetadata"]["properties"];
  EXPECT_EQ(metadata["Version"]["type"], "string");
  for (const char* member : {"Action", "Version", "Service"}) {
    EXPECT_FALSE(metadata[member].contains("const")) << member;
  }
}

TEST_F(ExportTest, MembersOfElementsOfAListAreNested) {
  const Json described = Json::parse(
      openapi_document(service.lister().contract, service.common, "http://127.0.0.1:1"));
  const Json& result = described["paths"]["/"]["get"]["responses"]["200"]["content"]
                                ["application/json"]["schema"]["properties"]["Result"];
  EXPECT_EQ(result["properties"]["FlowLogs"]["type"], "array");
  EXPECT_EQ(result["properties"]["FlowLogs"]["items"]["properties"]["Status"]["type"], "string");
}

TEST_F(ExportTest, TheHookNamesTheServiceAndNoKeys) {
  const std::string hook = signing_hook("vpc");
  EXPECT_THAT(hook, HasSubstr("SERVICE = \"vpc\""));
  EXPECT_THAT(hook, testing::Not(HasSubstr("@SERVICE@")));
}

TEST_F(ExportTest, TheCollectionHasAFolderAnActionAndSignsForItself) {
  const Json collection = Json::parse(postman_collection(
      {&service.creator().contract, &service.lister().contract, &service.deleter()->contract},
      "http://127.0.0.1:18080"));
  EXPECT_THAT(collection["info"]["schema"].get<std::string>(), HasSubstr("v2.1.0"));
  ASSERT_EQ(collection["item"].size(), 3U);
  EXPECT_EQ(collection["event"][0]["listen"], "prerequest");
  const Json& create = collection["item"][0];
  EXPECT_EQ(create["item"][0]["name"], "CreateFlowLog");
  std::set<std::string> requests;
  for (const Json& one : create["item"]) requests.insert(one["name"]);
  EXPECT_TRUE(requests.contains("CreateFlowLog without ResourceId"));
  // One page lets it be left out: such a request may create.
  EXPECT_FALSE(requests.contains("CreateFlowLog without FlowLogName"));
  for (const Json& variable : collection["variable"]) {
    const std::string key = variable["key"];
    if (key.ends_with("_key") || key == "session_token") {
      EXPECT_EQ(variable["value"], "");
    }
    if (key == "endpoint") {
      EXPECT_EQ(variable["value"], "http://127.0.0.1:18080");
    }
  }
}

}  // namespace
}  // namespace flowlog
