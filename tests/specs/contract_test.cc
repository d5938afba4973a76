#include "specs/contract.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "specs/load.h"

namespace flowlog {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::UnorderedElementsAre;

const Service& service() {
  return built_in_service();
}
const Rule& rule(std::string_view address) {
  const Rule* found = service().creator().contract.rule(address);
  if (found == nullptr) throw std::out_of_range(std::string(address));
  return *found;
}

std::vector<std::string> rows_for(std::string_view address) {
  std::vector<std::string> ids;
  for (const ErrorRow* row : service().rows_for(rule(address))) ids.push_back(row->id);
  return ids;
}

std::string owner(std::string_view sent_name) {
  const Parameter* parameter = service().creator().contract.parameter_of(sent_name);
  return parameter == nullptr ? "nobody" : parameter->name;
}

TEST(Contract, FindsTheParameterThatASentNameBelongsTo) {
  EXPECT_EQ(owner("FlowLogName"), "FlowLogName");
  for (const char* name : {"Tags.1.Key", "Tags.20.Key", "Tags.01.Key", "Tags.0.Key", "Tags.-1.Key",
                           "Tags.x.Key", "Tags..Key"}) {
    EXPECT_EQ(owner(name), "Tags.N.Key") << name;
  }
  EXPECT_EQ(owner("Tags.3.Value"), "Tags.N.Value");
}

TEST(Contract, MatchesNamesLetterForLetter) {
  for (const char* name : {"", "flowlogname", "FlowLogName ", "tags.1.key", "Tags.1",
                           "Tags.1.Key.2", "Tags.1.2.Key", "Tags.Key", "EnableIndex", "N"}) {
    EXPECT_EQ(owner(name), "nobody") << name;
  }
}

TEST(Contract, FindsNamesWithTwoIndices) {
  const Contract& describe = service().lister().contract;
  ASSERT_NE(describe.parameter_of("TagFilters.1.Values.2"), nullptr);
  EXPECT_EQ(describe.parameter_of("TagFilters.1.Values.2")->name, "TagFilters.N.Values.N");
  EXPECT_EQ(describe.parameter_of("FlowLogIds.7")->name, "FlowLogIds.N");
  EXPECT_EQ(describe.parameter_of("FlowLogIds"), nullptr);
}

TEST(Contract, FindsRulesByAddress) {
  EXPECT_EQ(rule("Tags.N.Key/prefix").kind, RuleKind::prefix);
  EXPECT_EQ(service().creator().contract.rule("Tags.N.Key"), nullptr);
  EXPECT_EQ(service().creator().contract.rule("FlowLogName/lenght"), nullptr);
  EXPECT_EQ(service().creator().contract.rule("/length"), nullptr);
}

TEST(ServiceRows, FindsRowsOfBothTables) {
  EXPECT_EQ(service().row("errors/34")->code, "IdempotentProcessing");
  EXPECT_EQ(service().row("common/FlowLimitExceeded")->http, std::vector<int>{429});
  EXPECT_EQ(service().row("errors/35"), nullptr);
}

TEST(ServiceRows, FindsTheRowsThatABrokenRuleTriggers) {
  EXPECT_THAT(rows_for("FlowLogName/length"), ElementsAre("errors/7"));
  EXPECT_THAT(rows_for("FlowLogName/first"), ElementsAre("errors/8"));
  EXPECT_THAT(rows_for("FlowLogName/characters"), ElementsAre("errors/8"));
  EXPECT_THAT(rows_for("FlowLogName/required"), ElementsAre("common/MissingParameter"));
  EXPECT_THAT(rows_for("Description/length"), ElementsAre("errors/3"));
  EXPECT_THAT(rows_for("Description/first"), ElementsAre("errors/2"));
  EXPECT_THAT(rows_for("Description/characters"), ElementsAre("errors/2"));
  EXPECT_THAT(rows_for("ResourceType/values"), ElementsAre("errors/15"));
  EXPECT_THAT(rows_for("ResourceId/exists"), ElementsAre("errors/32"));
  EXPECT_THAT(rows_for("TrafficType/values"), ElementsAre("errors/13"));
  EXPECT_THAT(rows_for("AggregationInterval/values"), ElementsAre("errors/10"));
  EXPECT_THAT(rows_for("ProjectName/exists"), ElementsAre("errors/31"));
  EXPECT_THAT(rows_for("ClientToken/length"), ElementsAre("errors/9"));
  EXPECT_THAT(rows_for("ClientToken/characters"), ElementsAre("errors/9"));
  EXPECT_THAT(rows_for("Tags.N.Key/index"), ElementsAre("errors/17"));
  EXPECT_THAT(rows_for("Tags.N.Key/count"), ElementsAre("errors/23"));
  for (const char* id : {"length", "characters", "prefix", "edges", "unique"}) {
    EXPECT_THAT(rows_for(std::string("Tags.N.Key/") + id), ElementsAre("errors/18")) << id;
  }
  for (const char* id : {"length", "characters", "edges"}) {
    EXPECT_THAT(rows_for(std::string("Tags.N.Value/") + id), ElementsAre("errors/19")) << id;
  }
  EXPECT_THAT(rows_for("LogProjectName/length"), ElementsAre());
}

// --- What is known about the API, stated again by hand -------------------------------------------

TEST(CreateFlowLog, LimitsLengthsAsDocumented) {
  auto limits = [](std::string_view address) {
    return std::pair(rule(address).min, rule(address).max);
  };
  using Limits = std::pair<std::size_t, std::size_t>;
  EXPECT_EQ(limits("FlowLogName/length"), Limits(1, 128));
  EXPECT_EQ(limits("Description/length"), Limits(0, 255));
  EXPECT_EQ(limits("LogProjectName/length"), Limits(3, 63));
  EXPECT_EQ(limits("LogTopicName/length"), Limits(3, 63));
  EXPECT_EQ(limits("ClientToken/length"), Limits(1, 64));
  EXPECT_EQ(limits("Tags.N.Key/length"), Limits(1, 128));
  EXPECT_EQ(limits("Tags.N.Value/length"), Limits(0, 256));
  EXPECT_THAT(rule("Tags.N.Value/length").grey_lengths, ElementsAre(256U));
  EXPECT_EQ(rule("Tags.N.Key/count").max, 20U);
}

TEST(CreateFlowLog, NamesWordsAsDocumented) {
  EXPECT_THAT(rule("ResourceType/values").words, ElementsAre("vpc", "subnet", "eni"));
  EXPECT_THAT(rule("TrafficType/values").words, ElementsAre("All", "Allow", "Drop"));
  EXPECT_THAT(rule("AggregationInterval/values").words, ElementsAre("1", "5", "10"));
  EXPECT_THAT(rule("Tags.N.Key/prefix").words, UnorderedElementsAre("volc:", "sys:"));
  EXPECT_THAT(rule("Action/values").words, ElementsAre("CreateFlowLog"));
  EXPECT_THAT(rule("Version/values").words, ElementsAre("2020-04-01"));
}

TEST(CreateFlowLog, GivesDefaultsAsDocumented) {
  EXPECT_EQ(service().creator().contract.parameter("Description")->default_value, "");
  EXPECT_EQ(service().creator().contract.parameter("AggregationInterval")->default_value, "10");
  EXPECT_EQ(service().creator().contract.parameter("ProjectName")->default_value, "default");
}

enum class Class { allowed, grey, forbidden };

Class class_of(std::string_view address, char32_t point) {
  if (rule(address).allowed.contains(point)) return Class::allowed;
  return rule(address).grey.contains(point) ? Class::grey : Class::forbidden;
}

TEST(CreateFlowLog, ClassesCharactersOfNames) {
  for (std::string_view address : {"FlowLogName/characters", "Description/characters"}) {
    for (char32_t point : std::u32string_view(U"azAZ09一龥._-")) {
      EXPECT_EQ(class_of(address, point), Class::allowed) << std::uint32_t(point);
    }
    // Han beyond the usual range, other letters, full-width digits, marks, beyond the BMP.
    for (char32_t point : {U'㐀', U'龦', U'é', U'я', U'あ', U'한', U'０', U'\u0301', U'𠀀', U'𝐀'}) {
      EXPECT_EQ(class_of(address, point), Class::grey) << std::uint32_t(point);
    }
    for (char32_t point :
         {U'/', U'*', U'\n', U'\t', U'\0', U'!', U'😀', U'、', U'“', U'\u00A0', U'\u200B', U'€'}) {
      EXPECT_EQ(class_of(address, point), Class::forbidden) << std::uint32_t(point);
    }
  }
  for (char32_t point : {U' ', U',', U'=', U'，', U'。'}) {
    EXPECT_EQ(class_of("FlowLogName/characters", point), Class::forbidden);
    EXPECT_EQ(class_of("Description/characters", point), Class::allowed);
  }
}

TEST(CreateFlowLog, LetsNamesStartWithLettersChineseAndDigits) {
  for (std::string_view address : {"FlowLogName/first", "Description/first"}) {
    for (char32_t point : {U'a', U'Z', U'0', U'流'}) {
      EXPECT_EQ(class_of(address, point), Class::allowed);
    }
    for (char32_t point : {U'.', U'_', U'-', U' ', U'，', U'😀'}) {
      EXPECT_EQ(class_of(address, point), Class::forbidden);
    }
  }
}

TEST(CreateFlowLog, ClassesCharactersOfTags) {
  for (std::string_view address : {"Tags.N.Key/characters", "Tags.N.Value/characters"}) {
    for (char32_t point :
         {U'a', U'9', U' ', U'_', U'.', U':', U'/', U'=', U'+', U'-', U'@', U'流'}) {
      EXPECT_EQ(class_of(address, point), Class::allowed) << std::uint32_t(point);
    }
    // What some expression for letters, digits or blanks takes and another does not.
    for (char32_t point : {U'𠀀', U'\u0301', U'０', U'٣', U'𝟗', U'é', U'я', U'あ', U'한', U'ا',
                           U'①', U'Ⅷ', U'〇', U'²', U'\u00A0', U'\u2028'}) {
      EXPECT_EQ(class_of(address, point), Class::grey) << std::uint32_t(point);
    }
    for (char32_t point : {U'#', U'*', U',', U'，', U'\n', U'😀', U'\0'}) {
      EXPECT_EQ(class_of(address, point), Class::forbidden) << std::uint32_t(point);
    }
  }
}

TEST(CreateFlowLog, ClassesCharactersOfLogNames) {
  for (const char* name : {"LogProjectName", "LogTopicName"}) {
    for (const char* place : {"/characters", "/first", "/last"}) {
      std::string address = std::string(name) + place;
      for (char32_t point : {U'a', U'z', U'0', U'9'}) {
        EXPECT_EQ(class_of(address, point), Class::allowed);
      }
      for (char32_t point : {U'A', U'_', U'.', U'流', U'é', U'０', U' '}) {
        EXPECT_EQ(class_of(address, point), Class::forbidden);
      }
      EXPECT_EQ(class_of(address, '-'),
                std::string_view(place) == "/characters" ? Class::allowed : Class::forbidden);
    }
  }
}

TEST(CreateFlowLog, ClassesCharactersOfTokens) {
  for (char32_t point : {U'!', U'~', U'a', U'0'}) {
    EXPECT_EQ(class_of("ClientToken/characters", point), Class::allowed);
  }
  for (char32_t point : {U' ', U'\0', U'\n', U'\x7F'}) {
    EXPECT_EQ(class_of("ClientToken/characters", point), Class::grey);
  }
  for (char32_t point : {U'\x80', U'é', U'令', U'😀'}) {
    EXPECT_EQ(class_of("ClientToken/characters", point), Class::forbidden);
  }
}

TEST(CreateFlowLog, TiesRowsToConditions) {
  std::vector<std::string> conditions;
  for (const ErrorRow& row : service().creator().contract.errors) {
    for (const Trigger& trigger : row.triggers) {
      if (!trigger.condition.empty()) conditions.push_back(row.id + " " + trigger.condition);
    }
  }
  EXPECT_THAT(
      conditions,
      UnorderedElementsAre(
          "errors/4 resource.eni_invalid_status", "errors/5 account.cloud_profile_unavailable",
          "errors/6 account.tls_not_supported", "errors/11 resource.unsupported",
          "errors/12 resource.bound", "errors/14 resource.conflicting_topic",
          "errors/16 resource.subnet_invalid_status", "errors/20 resource.vpc_invalid_status",
          "errors/21 account.tls_project_limit", "errors/22 account.tls_topic_limit",
          "errors/24 account.order_error", "errors/25 account.low_balance",
          "errors/26 account.arrears", "errors/27 account.service_unauthorized",
          "errors/28 account.purchase_limited", "errors/29 resource.eni_shared",
          "errors/30 account.tls_not_enabled", "errors/33 resource.busy"));
}

TEST(CreateFlowLog, GivesEveryRowOfItsTableATrigger) {
  for (const ErrorRow& row : service().creator().contract.errors)
    EXPECT_FALSE(row.triggers.empty()) << row.id;
}

TEST(CreateFlowLog, KnowsTheCommonErrors) {
  struct Expected {
    const char* code;
    std::vector<int> http;
    std::optional<int> code_n;
  };
  const Expected expected[] = {
      {"MissingParameter", {400}, 100002},
      {"MissingAuthenticationToken", {401}, 100003},
      {"MissingRequestInfo", {400}, 100004},
      {"MissingSignature", {401}, 100005},
      {"InvalidTimestamp", {400, 403}, 100006},
      {"ServiceNotFound", {404}, 100007},
      {"InvalidActionOrVersion", {404}, 100008},
      {"InvalidAccessKey", {401, 403}, 100009},
      {"SignatureDoesNotMatch", {401}, 100010},
      {"LackPolicy", {403}, 100012},
      {"AccessDenied", {403}, 100013},
      {"InvalidAuthorization", {400}, {}},
      {"InvalidCredential", {400}, {}},
      {"InvalidSecretToken", {401}, {}},
      {"MethodNotAllowed", {405}, {}},
      {"FlowLimitExceeded", {429}, {}},
      {"InternalError", {500}, {}},
      {"InternalServiceError", {502}, {}},
      {"ServiceUnavailableTemp", {503}, {}},
      {"InternalServiceTimeout", {504}, {}},
  };
  EXPECT_EQ(service().common.size(), std::size(expected));
  for (const Expected& e : expected) {
    const ErrorRow* row = service().row(std::string("common/") + e.code);
    ASSERT_NE(row, nullptr) << e.code;
    EXPECT_EQ(row->code, e.code);
    EXPECT_EQ(row->http, e.http) << e.code;
    EXPECT_EQ(row->code_n, e.code_n) << e.code;
    EXPECT_EQ(row->standing,
              row->code == "MethodNotAllowed" ? Standing::inferred : Standing::related);
  }
  EXPECT_EQ(service().row("common/MissingParameter")->message.en,
            "The request is missing %s parameter.");
}

TEST(CreateFlowLog, KnowsQuotaAndStates) {
  EXPECT_EQ(service().creator().contract.quota, 10);
  EXPECT_EQ(service().creator().contract.state_while_creating, "Creating");
  EXPECT_EQ(service().creator().contract.state_when_ready, "Active");
  EXPECT_THAT(service().creator().contract.states,
              UnorderedElementsAre("Creating", "Active", "Pending", "Inactive", "Deleting"));
}

TEST(CreateFlowLog, NamesEveryContradictionAndGapThatIsKnown) {
  auto ids = [](const std::vector<Note>& notes) {
    std::vector<std::string> out;
    for (const Note& note : notes) out.push_back(note.id);
    return out;
  };
  EXPECT_THAT(
      ids(service().creator().contract.contradictions),
      testing::IsSupersetOf({"contradictions/FlowLogName", "contradictions/AggregationInterval",
                             "contradictions/FlowLogId", "contradictions/InvalidTimestamp",
                             "contradictions/tag-value-length", "contradictions/tag-edges"}));
  EXPECT_THAT(ids(service().creator().contract.gaps),
              testing::IsSupersetOf({"gaps/quota-code", "gaps/log-names", "gaps/missing-parameter",
                                     "gaps/empty-value", "gaps/unknown-parameters"}));
  EXPECT_THAT(
      ids(service().creator().contract.notes),
      UnorderedElementsAre("notes/asynchronous", "notes/quota", "notes/idempotency",
                           "notes/empty-value", "notes/unknown-parameters", "notes/signing"));
}

TEST(CreateFlowLog, AllowsWhatTheDocumentationLeavesOpen) {
  EXPECT_THAT(rule("FlowLogName/required").also, UnorderedElementsAre("errors/8", "success"));
  EXPECT_THAT(rule("LogTopicName/last").also, ElementsAre("any-400"));
  EXPECT_THAT(rule("LogProjectName/required").also, ElementsAre("errors/8"));
  EXPECT_THAT(rule("Tags.N.Key/unique").also, ElementsAre("errors/17"));
  EXPECT_THAT(rule("Tags.N.Key/edges").also, Contains("success"));
  EXPECT_THAT(rule("Tags.N.Value/edges").also, Contains("success"));
  EXPECT_THAT(
      rule("Tags.N.Value/needs").also,
      UnorderedElementsAre("errors/17", "errors/18", "errors/19", "common/MissingParameter"));
}

TEST(DescribeFlowLogs, KnowsItsFiltersAndItsAnswer) {
  for (const char* name :
       {"FlowLogIds.N", "FlowLogName", "Description", "ResourceType", "ResourceId", "TrafficType",
        "LogProjectId", "LogTopicId", "AggregationInterval", "Status", "VpcId", "ProjectName",
        "TagFilters.N.Key", "TagFilters.N.Values.N", "MaxResults", "NextToken"}) {
    EXPECT_NE(service().lister().contract.parameter(name), nullptr) << name;
  }
  std::vector<std::string> paths;
  for (const Field& field : service().lister().contract.answer) paths.push_back(field.path);
  for (const char* name :
       {"AccountId",   "AggregationInterval", "BusinessStatus", "CreatedAt",    "Description",
        "FlowLogId",   "FlowLogName",         "LockReason",     "LogProjectId", "LogTopicId",
        "ProjectName", "ResourceId",          "ResourceType",   "Status",       "Tags",
        "Tags[].Key",  "Tags[].Value",        "TrafficType",    "UpdatedAt",    "VpcId"}) {
    EXPECT_THAT(paths, Contains(std::string("Result.FlowLogs[].") + name));
  }
}

TEST(DeleteFlowLog, RequiresTheId) {
  ASSERT_NE(service().deleter()->contract.parameter("FlowLogId"), nullptr);
  EXPECT_TRUE(service().deleter()->contract.parameter("FlowLogId")->required);
}

}  // namespace
}  // namespace flowlog
