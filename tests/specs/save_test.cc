#include "specs/save.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
// After gtest:
#include <rapidcheck/gtest.h>

#include <nlohmann/json.hpp>

#include "specs/load.h"
#include "tests/specs/files.h"

namespace flowlog {
namespace {

using Json = nlohmann::json;

Contract reload(const Contract& contract) {
  return load_contract(dump_contract(contract), "dump.json", built_in_service());
}

Contract lantern_contract() {
  return load_contract(tree_file("tests/specs/data/CreateLantern.json"), "lantern.json",
                       built_in_service().common);
}

TEST(DumpContract, ReadsBackToAnEqualContract) {
  std::vector<Contract> contracts = {lantern_contract()};
  for (const Action& action : built_in_service().actions) contracts.push_back(action.contract);
  for (const Contract& contract : contracts) {
    EXPECT_EQ(reload(contract), contract) << contract.action;
  }
}

Service parking() {
  return load_service_file(std::string(FLOWLOG_SOURCE_DIR) +
                           "/tests/specs/data/parking/service.json");
}

// The service's text, with its own folder for the files that it names.
Service reload(const Service& service, const std::string& folder) {
  return load_service(dump_service(service), folder + "service.json", [](const std::string& path) {
    return std::optional<std::string>(tree_file(path));
  });
}

TEST(DumpService, ReadsBackToAnEqualService) {
  EXPECT_EQ(reload(built_in_service(), "specs/volcengine/vpc/2020-04-01/"), built_in_service());
  EXPECT_EQ(reload(parking(), "tests/specs/data/parking/"), parking());
}

TEST(DumpService, LosesNothingThatTheFileSays) {
  for (const char* path :
       {"specs/volcengine/vpc/2020-04-01/service.json", "tests/specs/data/parking/service.json"}) {
    Json file = Json::parse(tree_file(path));
    file.erase("$schema");
    for (Json& field : file["every_action"]["answer"]) field.emplace("presence", "always");
    if (!file["kind"].contains("leaves_behind")) file["kind"]["leaves_behind"] = Json::array();
    Service service = path[0] == 's' ? built_in_service() : parking();
    EXPECT_EQ(Json::diff(file, Json::parse(dump_service(service))), Json::array()) << path;
  }
}

TEST(DumpContract, LosesNothingThatTheFileSays) {
  for (const char* path : {"specs/volcengine/vpc/2020-04-01/CreateFlowLog.json",
                           "tests/specs/data/CreateLantern.json"}) {
    Json file = Json::parse(tree_file(path));
    file.erase("$schema");
    Contract contract = load_contract(file.dump(), path, built_in_service());
    Json dumped = Json::parse(dump_contract(contract));
    for (Json& field : file["answer"]) field.emplace("presence", "always");
    EXPECT_EQ(Json::diff(file, dumped), Json::array());
  }
}

TEST(DumpContract, CarriesAnyText) {
  Contract contract = lantern_contract();
  contract.page = "\"quoted\" \\ \n \x01 流 🚀 </script>";
  contract.parameters[1].default_value = "";
  contract.errors[0].message.zh = "";
  EXPECT_EQ(reload(contract), contract);
}

TEST(DumpContract, LeavesOutWhatIsAbsent) {
  Contract contract = lantern_contract();
  contract.quota = 0;
  contract.states.clear();
  contract.state_when_ready.clear();
  contract.state_while_creating.clear();
  contract.errors[0].message = {};
  contract.errors[0].code_n.reset();
  EXPECT_EQ(reload(contract), contract);
}

// A contract with one change of the sort that a mutation makes.
Contract changed(Contract contract, std::size_t sort, std::size_t where) {
  Parameter& parameter = contract.parameters[where % contract.parameters.size()];
  ErrorRow& error = contract.errors[where % contract.errors.size()];
  switch (sort) {
    case 0:
      error.http = {418, 599};
      break;
    case 1:
      error.message.en += " %s";
      break;
    case 2:
      error.triggers.clear();
      break;
    case 3:
      for (Rule& rule : parameter.rules) rule.max += rule.kind == RuleKind::length ? 1 : 0;
      break;
    case 4:
      for (Rule& rule : parameter.rules) rule.standing = Standing::inferred;
      break;
    case 5:
      parameter.example += "x";
      break;
    case 6:
      for (Rule& rule : parameter.rules) rule.also = {"success", "any-400", error.id};
      break;
    default:
      contract.answer[where % contract.answer.size()].optional = true;
  }
  return contract;
}

RC_GTEST_PROP(DumpContract, ReadsBackAfterAnyChange, ()) {
  static const Contract contracts[] = {lantern_contract(), built_in_service().creator().contract};
  const Contract& contract = contracts[*rc::gen::element<std::size_t>(0, 0, 0, 0, 0, 0, 0, 1)];
  auto any = rc::gen::resize(rc::kNominalSize, rc::gen::inRange<std::size_t>(0, 40));
  Contract other = changed(contract, *rc::gen::inRange<std::size_t>(0, 8), *any);
  RC_ASSERT(reload(other) == other);
}

}  // namespace
}  // namespace flowlog
