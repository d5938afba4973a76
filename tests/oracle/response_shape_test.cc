#include "oracle/response_shape.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "specs/load.h"

namespace flowlog {
namespace {

using Json = nlohmann::json;
using testing::ElementsAre;
using testing::IsEmpty;

Json metadata() {
  return {{"RequestId", "R1"},
          {"Action", "CreateFlowLog"},
          {"Version", "2020-04-01"},
          {"Service", "vpc"},
          {"Region", "cn-beijing"}};
}

Json success_body() {
  return {{"ResponseMetadata", metadata()},
          {"Result", {{"RequestId", "R1"}, {"FlowLogId", "fl-1"}}}};
}

Json failure() {
  Json body{{"ResponseMetadata", metadata()}};
  body["ResponseMetadata"]["Error"] = {{"Code", "A"}, {"Message", "m"}};
  return body;
}

std::vector<ShapeViolation> faults(
    int http, const Json& body, const std::string& type = "application/json",
    const Contract& contract = built_in_service().creator().contract) {
  Response answer = parse_response(http, {{"content-type", type}}, body.dump());
  EXPECT_EQ(answer.trouble, "");
  return shape_violations(contract, answer, {"CreateFlowLog", "2020-04-01", "vpc", "cn-beijing"});
}

// Rows of the faults, "?" in front where they are findings only.
std::vector<std::string> rows(const std::vector<ShapeViolation>& faults) {
  std::vector<std::string> result;
  for (const ShapeViolation& fault : faults) {
    result.push_back((fault.standing == Standing::inferred ? "?" : "") + fault.row);
  }
  return result;
}

TEST(Envelope, TheDocumentedAnswersHaveNoFault) {
  EXPECT_THAT(faults(200, success_body()), IsEmpty());
  EXPECT_THAT(faults(400, failure()), IsEmpty());
  EXPECT_THAT(faults(503, failure()), IsEmpty());
}

TEST(Envelope, MoreMembersAndANumberBesideTheCodeAreLawful) {
  Json body = failure();
  body["ResponseMetadata"]["Error"]["CodeN"] = 1;
  body["ResponseMetadata"]["Error"]["Data"] = Json::array();
  body["Extra"] = 1;
  EXPECT_THAT(faults(400, body), IsEmpty());
}

TEST(Envelope, EachMissingMemberOfASuccessIsItsOwnFault) {
  for (const char* path :
       {"/ResponseMetadata/RequestId", "/ResponseMetadata/Action", "/ResponseMetadata/Version",
        "/ResponseMetadata/Service", "/ResponseMetadata/Region", "/Result/RequestId",
        "/Result/FlowLogId", "/ResponseMetadata", "/Result"}) {
    Json body = success_body();
    Json::json_pointer pointer(path);
    body[pointer.parent_pointer()].erase(pointer.back());
    std::string dotted = std::string(path).substr(1);
    std::replace(dotted.begin(), dotted.end(), '/', '.');
    EXPECT_THAT(rows(faults(200, body)), ElementsAre("answer/" + dotted));
  }
}

TEST(Envelope, AMemberOfAnotherTypeIsAFault) {
  Json body = success_body();
  body["Result"]["FlowLogId"] = 7;
  EXPECT_THAT(rows(faults(200, body)), ElementsAre("answer/Result.FlowLogId"));
  Json error = failure();
  error["ResponseMetadata"]["Error"]["CodeN"] = "1";
  EXPECT_THAT(rows(faults(400, error)), ElementsAre("answer/ResponseMetadata.Error.CodeN"));
}

TEST(Envelope, AnEmptyIdIsAFault) {
  Json body = success_body();
  body["Result"]["FlowLogId"] = "";
  EXPECT_THAT(rows(faults(200, body)), ElementsAre("answer/Result.FlowLogId"));
}

TEST(Envelope, AnEchoThatDiffersIsAFaultInSuccessAndFailure) {
  for (const char* name : {"Action", "Version", "Service", "Region"}) {
    Json body = success_body();
    body["ResponseMetadata"][name] = "other";
    EXPECT_THAT(rows(faults(200, body)),
                ElementsAre(std::string("answer/ResponseMetadata.") + name));
    Json error = failure();
    error["ResponseMetadata"][name] = "";
    EXPECT_THAT(rows(faults(400, error)),
                ElementsAre(std::string("answer/ResponseMetadata.") + name));
  }
}

TEST(Envelope, WhatWasNotAskedForIsNotCompared) {
  Json body = success_body();
  body["ResponseMetadata"]["Region"] = "cn-shanghai";
  Response answer = parse_response(200, {{"content-type", "application/json"}}, body.dump());
  EXPECT_THAT(shape_violations(built_in_service().creator().contract, answer, {}), IsEmpty());
}

TEST(Envelope, TheTwoRequestIdsAreOne) {
  Json body = success_body();
  body["Result"]["RequestId"] = "R2";
  EXPECT_THAT(rows(faults(200, body)), ElementsAre("answer/Result.RequestId"));
}

TEST(Envelope, AnIdOfAnotherFormIsAFindingOnly) {
  Json body = success_body();
  body["Result"]["FlowLogId"] = "2021062415303301022514515207C4";
  EXPECT_THAT(rows(faults(200, body)), ElementsAre("?answer/Result.FlowLogId"));
}

TEST(Envelope, TheContentTypeIsJsonWithOrWithoutCharset) {
  for (const char* type : {"application/json", "application/json; charset=utf-8",
                           "Application/JSON;charset=UTF-8", "application/problem+json"}) {
    EXPECT_THAT(faults(200, success_body(), type), IsEmpty()) << type;
  }
  for (const char* type : {"text/html", "", "application/jsonx"}) {
    EXPECT_THAT(rows(faults(200, success_body(), type)), ElementsAre("answer/ResponseMetadata"))
        << type;
  }
  EXPECT_THAT(rows(faults(200, success_body(), "text/plain; charset=utf-8")),
              ElementsAre("?answer/ResponseMetadata"));
}

TEST(Envelope, SuccessIs2xxAndAnErrorIs4xxOr5xx) {
  EXPECT_THAT(rows(faults(201, success_body())), ElementsAre("?answer/ResponseMetadata"));
  EXPECT_THAT(rows(faults(404, success_body())), ElementsAre("answer/ResponseMetadata"));
  EXPECT_THAT(rows(faults(200, failure())), ElementsAre("answer/ResponseMetadata"));
}

TEST(Envelope, AGatewaysFlatErrorHasNoEnvelopeToKeep) {
  EXPECT_THAT(faults(404, {{"HTTPCode", 404}, {"errorcode", "A"}, {"message", "m"}}), IsEmpty());
}

TEST(Envelope, LooksIntoEveryElementOfAList) {
  Contract contract;
  for (const char* path : {"Result", "Result.List", "Result.List[].Name"}) {
    Field field;
    field.path = path;
    field.type = field.path.ends_with("Name") ? "String"
                 : field.path == "Result"     ? "Object"
                                              : "Array";
    contract.answer.push_back(field);
  }
  Json good{{"Result", {{"List", {{{"Name", "a"}}, {{"Name", "b"}}}}}}};
  EXPECT_THAT(faults(200, good, "application/json", contract), IsEmpty());
  Json bad = good;
  bad["Result"]["List"][1].erase("Name");
  std::vector<ShapeViolation> found = faults(200, bad, "application/json", contract);
  ASSERT_THAT(rows(found), ElementsAre("answer/Result.List[].Name"));
  EXPECT_EQ(found[0].text, "Result.List.1.Name is missing");
  bad["Result"]["List"][1]["Name"] = nullptr;
  found = faults(200, bad, "application/json", contract);
  ASSERT_THAT(rows(found), ElementsAre("answer/Result.List[].Name"));
  EXPECT_EQ(found[0].text, "Result.List.1.Name is null");
}

// As Go writes a list without elements.
TEST(Envelope, TakesNullForAnEmptyList) {
  Contract contract;
  Field field;
  field.path = "Result.List";
  field.type = "Array";
  contract.answer.push_back(field);
  const Json null{{"Result", {{"List", nullptr}}}};
  const Json none{{"Result", Json::object()}};
  EXPECT_THAT(faults(200, null, "application/json", contract), IsEmpty());
  EXPECT_THAT(rows(faults(200, none, "application/json", contract)),
              ElementsAre("answer/Result.List"));
}

TEST(Envelope, EveryFieldOfTheContractIsLookedAt) {
  for (const Field& field : built_in_service().creator().contract.answer) {
    if (field.optional) continue;
    bool on_failure = field.presence == Presence::failure;
    // Code makes an answer an error at all, and Error likewise.
    if (field.path.starts_with("ResponseMetadata.Error") &&
        field.path != "ResponseMetadata.Error.Message") {
      continue;
    }
    Json body = on_failure ? failure() : success_body();
    std::string pointer_text = "/" + field.path;
    std::replace(pointer_text.begin(), pointer_text.end(), '.', '/');
    Json::json_pointer pointer(pointer_text);
    body[pointer.parent_pointer()].erase(pointer.back());
    EXPECT_THAT(rows(faults(on_failure ? 400 : 200, body)), ElementsAre(field.row()));
  }
}

}  // namespace
}  // namespace flowlog
