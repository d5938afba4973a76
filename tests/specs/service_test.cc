#include "specs/service.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "specs/load.h"
#include "tests/specs/files.h"

namespace flowlog {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

const Service& flow_logs() {
  return built_in_service();
}

const Service& permits() {
  static const Service service = load_service_file(std::filesystem::path(FLOWLOG_SOURCE_DIR) /
                                                   "tests/specs/data/parking/service.json");
  return service;
}

std::vector<std::string> ids(const std::vector<const ErrorRow*>& rows) {
  std::vector<std::string> ids;
  for (const ErrorRow* row : rows) ids.push_back(row->id);
  return ids;
}

std::vector<std::string> names(const std::vector<Parameter>& parameters) {
  std::vector<std::string> names;
  for (const Parameter& parameter : parameters) names.push_back(parameter.name);
  return names;
}

TEST(BuiltInService, KnowsWhatEachActionIsFor) {
  EXPECT_EQ(flow_logs().creator().name, "CreateFlowLog");
  EXPECT_EQ(flow_logs().lister().name, "DescribeFlowLogs");
  EXPECT_EQ(flow_logs().deleter()->name, "DeleteFlowLog");
  EXPECT_EQ(flow_logs().creator().parameter(Role::token), "ClientToken");
  EXPECT_EQ(flow_logs().deleter()->parameter(Role::token), "");
  EXPECT_EQ(flow_logs().action("DropFlowLog"), nullptr);
  EXPECT_EQ(flow_logs().contract("DeleteFlowLog")->action, "DeleteFlowLog");
}

TEST(BuiltInService, KnowsWhereThingsAreShown) {
  EXPECT_EQ(flow_logs().member_showing(Shows::id), "FlowLogId");
  EXPECT_EQ(flow_logs().member_showing(Shows::state), "Status");
  EXPECT_EQ(flow_logs().member_showing(Shows::tag_key), "");
  const ListShape& list = flow_logs().list();
  EXPECT_EQ(list.member_of("LogProjectName")->name, "LogProjectId");
  EXPECT_EQ(list.member_of("ClientToken"), nullptr);
  EXPECT_EQ(list.member_of(""), nullptr);
  EXPECT_EQ(list.filter("FlowLogIds.N")->match, FilterMatch::any_of);
  EXPECT_EQ(list.filter("MaxResults"), nullptr);
}

TEST(BuiltInService, ShowsEveryParameterOfTheCreatorThatCanBeSeen) {
  const ListShape& list = flow_logs().list();
  for (const Parameter& parameter : flow_logs().creator().contract.parameters) {
    const bool hidden = parameter.name == "Action" || parameter.name == "Version" ||
                        parameter.name == "ClientToken" || parameter.name.starts_with("Tags.");
    EXPECT_EQ(list.member_of(parameter.name) == nullptr, hidden) << parameter.name;
  }
}

TEST(BuiltInService, DescribesEveryMemberThatItsContractPromises) {
  for (const Action& action : flow_logs().actions) {
    if (!action.list) continue;
    for (const Field& field : action.contract.answer) {
      if (!field.path.starts_with(action.list->path + ".")) continue;
      const std::string name = field.path.substr(action.list->path.size() + 1);
      if (name.find('.') != std::string::npos || field.optional) continue;
      EXPECT_NE(action.list->member(name), nullptr) << action.name << " " << field.path;
    }
  }
}

TEST(BuiltInService, KnowsTheStatesByTheirMeaning) {
  EXPECT_THAT(flow_logs().kind.states_of(StateMeaning::ready), ElementsAre("Active"));
  EXPECT_THAT(flow_logs().kind.states_of(StateMeaning::inactive), ElementsAre("Inactive"));
  EXPECT_EQ(flow_logs().kind.state("active"), nullptr);
}

TEST(BuiltInService, ProvidesEveryConditionOfTheProfile) {
  EXPECT_EQ(flow_logs().condition("resource.eni_shared")->type, "eni");
  EXPECT_EQ(flow_logs().condition("resource.eni_shared")->member(), "eni_shared");
  EXPECT_EQ(flow_logs().condition("account.arrears")->provision, Provision::account);
  EXPECT_EQ(flow_logs().condition("account.arears"), nullptr);
  EXPECT_THAT(flow_logs().target_types(), ElementsAre("vpc", "subnet", "eni"));
}

TEST(BuiltInService, GivesVocabulariesToTheirRules) {
  const Contract& create = flow_logs().creator().contract;
  EXPECT_THAT(create.rule("TrafficType/values")->neighbours, Contains("REJECT"));
  EXPECT_THAT(create.rule("AggregationInterval/values")->neighbours, IsEmpty());
}

TEST(BuiltInService, GivesEveryActionWhatAllOfThemHave) {
  for (const Action& action : flow_logs().actions) {
    const Contract& contract = action.contract;
    ASSERT_NE(contract.rule("Action/values"), nullptr) << action.name;
    EXPECT_THAT(contract.rule("Action/values")->words, ElementsAre(action.name));
    EXPECT_THAT(contract.rule("Version/values")->words, ElementsAre("2020-04-01"));
    EXPECT_EQ(contract.parameters[0].name, "Action");
    EXPECT_EQ(contract.answer[0].path, "ResponseMetadata");
  }
}

TEST(BuiltInService, LooksUpRowsOfTheContractBeforeTheCommonOnes) {
  const Contract& create = flow_logs().creator().contract;
  EXPECT_EQ(flow_logs().row(create, "errors/7")->code, "InvalidName.Malformed");
  EXPECT_EQ(flow_logs().row(create, "common/InternalError")->http, std::vector<int>{500});
  EXPECT_EQ(flow_logs().row(create, "errors/99"), nullptr);
  EXPECT_THAT(ids(flow_logs().rows_for(create, *create.rule("FlowLogName/length"))),
              ElementsAre("errors/7"));
}

TEST(BuiltInService, IsTheOneInTheSources) {
  EXPECT_EQ(built_in_service().creator().contract, flow_logs().creator().contract);
  EXPECT_EQ(built_in_service().lister().contract, flow_logs().lister().contract);
  EXPECT_EQ(built_in_service().deleter()->contract, flow_logs().deleter()->contract);
}

TEST(BuiltInService, HoldsTheNineActionsWithTheirEffects) {
  std::vector<std::string> effects;
  for (const Action& action : flow_logs().actions) {
    effects.push_back(action.name + " " + std::string(name(action.effect)));
  }
  EXPECT_THAT(
      effects,
      ElementsAre("CreateFlowLog create", "DescribeFlowLogs read", "ModifyFlowLogAttribute update",
                  "ActiveFlowLog transition", "DeactiveFlowLog transition", "DeleteFlowLog delete",
                  "TagResources tag", "UntagResources untag", "ListTagsForResources read_tags"));
}

TEST(BuiltInService, SaysWhichErrorTablesWereReadToTheirEnd) {
  for (const Action& action : flow_logs().actions) {
    EXPECT_EQ(action.contract.errors_complete, action.name == "CreateFlowLog") << action.name;
  }
}

TEST(BuiltInService, InfersEveryRowThatNoPageShowed) {
  for (const Action& action : flow_logs().actions) {
    for (const ErrorRow& row : action.contract.errors) {
      const bool likely = row.id.starts_with("errors/likely.");
      EXPECT_EQ(row.standing == Standing::inferred, likely) << action.name << " " << row.id;
      EXPECT_FALSE(likely && action.contract.errors_complete) << action.name << " " << row.id;
    }
  }
}

TEST(BuiltInService, PermitsNoStateBothCertainlyAndPerhaps) {
  const Action& active = *flow_logs().action("ActiveFlowLog");
  EXPECT_THAT(active.states.from, ElementsAre("Inactive"));
  EXPECT_THAT(active.states.grey_from, ElementsAre("Creating", "Active", "Pending", "Deleting"));
  EXPECT_EQ(active.states.through, "Pending");
  EXPECT_THAT(active.states.to, ElementsAre("Active"));
  EXPECT_THAT(flow_logs().action("ModifyFlowLogAttribute")->states.to, IsEmpty());
}

TEST(BuiltInService, ReadsRangesOfIntegers) {
  const Rule& range = *flow_logs().lister().contract.rule("MaxResults/range");
  EXPECT_EQ(range.kind, RuleKind::range);
  EXPECT_EQ(range.min, 1U);
  EXPECT_EQ(range.max, 100U);
  EXPECT_EQ(range.grey_forms.size(), 4U);
}

// --- A service of another style needs no C++ -----------------------------------------------------

TEST(FictionalService, IsJsonAlone) {
  EXPECT_EQ(permits().name, "parking");
  EXPECT_EQ(permits().creator().answer_id, "Result.Permit.Number");
  EXPECT_EQ(permits().list().path, "Result.Page.Permits[]");
  EXPECT_EQ(permits().list().page_token, "");
  EXPECT_EQ(permits().list().member_of("Days")->name, "ValidDays");
  EXPECT_EQ(permits().member_showing(Shows::created_at), "");
  EXPECT_EQ(permits().creator().parameter(Role::token), "");
  EXPECT_FALSE(permits().kind.quota);
  EXPECT_FALSE(permits().kind.exclusive);
  EXPECT_THAT(permits().target_types(), IsEmpty());
  EXPECT_THAT(permits().action("SuspendPermit")->states.to, ElementsAre("on hold"));
  EXPECT_THAT(names(permits().deleter()->contract.parameters),
              ElementsAre("Action", "Version", "PermitNumber"));
  EXPECT_THAT(permits().creator().contract.rule("Zone/values")->neighbours,
              ElementsAre("centre", "North"));
}

TEST(FictionalService, HasItsOwnCommonRows) {
  const Contract& issue = permits().creator().contract;
  EXPECT_THAT(ids(permits().rows_for(issue, *issue.rule("Holder/required"))),
              ElementsAre("common/Missing"));
  EXPECT_EQ(permits().row(issue, "common/MissingParameter"), nullptr);
}

}  // namespace
}  // namespace flowlog
