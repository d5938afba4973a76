#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>

#include "base/json_node.h"
#include "specs/load.h"
#include "tests/specs/files.h"

namespace flowlog {
namespace {

using Json = nlohmann::json;

const char kFolder[] = "tests/specs/data/parking/";

// What loading says of the parking service after a JSON Patch of one of its files; "" when it
// loads.
std::string service_refusal(const std::string& changed, const Json& patch) {
  auto read = [&](const std::string& path) -> std::optional<std::string> {
    const std::string name = path.substr(path.rfind('/') + 1);
    if (!std::filesystem::exists(std::filesystem::path(FLOWLOG_SOURCE_DIR) / kFolder / name)) {
      return std::nullopt;
    }
    std::string text = tree_file(kFolder + name);
    return name == changed ? Json::parse(text).patch(patch).dump() : text;
  };
  try {
    (void)load_service(*read("service.json"), "service.json", read);
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

Json replace(const std::string& path, const Json& value) {
  return Json::array({{{"op", "replace"}, {"path", path}, {"value", value}}});
}
Json add(const std::string& path, const Json& value) {
  return Json::array({{{"op", "add"}, {"path", path}, {"value", value}}});
}
Json remove(const std::string& path) {
  return Json::array({{{"op", "remove"}, {"path", path}}});
}

struct Fault {
  Json patch;
  const char* says;
};

TEST(LoadService, TakesTheParkingService) {
  EXPECT_EQ(service_refusal("service.json", Json::array()), "");
}

TEST(LoadService, SaysWhereAFileIsBrokenAndWhatWasExpected) {
  const std::vector<Fault> faults = {
      {remove("/kind"), "service.json: lacks the member \"kind\""},
      {add("/action", 1),
       "service.json: /action: unknown member \"action\"; did you mean \"actions\"?"},
      {replace("/actions/0/effect", "creates"),
       "service.json: /actions/0/effect: the text \"creates\", expected one of create, read, "
       "update, "
       "delete, transition, tag, untag, read_tags; did you mean \"create\"?"},
      {add("/actions/0/roles/tokn", "Holder"),
       "service.json: /actions/0/roles/tokn: unknown member \"tokn\"; did you mean \"token\"?"},
      {replace("/actions/0/roles/name", "Holdr"),
       "service.json: /actions/0/roles/name: \"Holdr\" is no parameter of IssuePermit; did you "
       "mean "
       "\"Holder\"?"},
      {replace("/actions/0/answer_id", "Result.Permit.Numbr"),
       "service.json: /actions/0/answer_id: \"Result.Permit.Numbr\" is no field of the answer of "
       "IssuePermit; did you mean \"Result.Permit.Number\"?"},
      {replace("/actions/2/states/from/0", "vallid"),
       "service.json: /actions/2/states/from/0: \"vallid\" is no state of the kind; did you mean "
       "\"valid\"?"},
      {replace("/actions/3/states/grey_from", Json::array({"valid"})),
       "service.json: /actions/3/states/grey_from: holds \"valid\", which is certain already"},
      {replace("/actions/1/list/path", "Result.Page.Permit[]"),
       "service.json: /actions/1/list/path: \"Result.Page.Permit[]\" is no field of the answer of "
       "ListPermits; did you mean \"Result.Page.Permits[]\"?"},
      {replace("/actions/1/list/members/1/name", "Holdr"),
       "service.json: /actions/1/list/members/1/name: \"Holdr\" is no member of "
       "Result.Page.Permits[]; did you mean \"Holder\"?"},
      {replace("/actions/1/list/members/1/parameter", "Holdr"),
       "service.json: /actions/1/list/members/1/parameter: \"Holdr\" is no parameter of "
       "IssuePermit; "
       "did you mean \"Holder\"?"},
      {replace("/actions/1/list/members/0/shows", "state"),
       "service.json: /actions/1/list/members: none of them shows the id, expected one that does"},
      {replace("/actions/1/list/filters/0/member", "Zon"),
       "service.json: /actions/1/list/filters/0/member: \"Zon\" is no member of "
       "Result.Page.Permits[]; did you mean \"Zone\"?"},
      {add("/actions/2/answer_id", "Result"),
       "service.json: /actions/2/answer_id: stands at an action of the effect \"delete\", expected "
       "it at \"create\" only"},
      {add("/actions/0/list", Json::object()),
       "service.json: /actions/0/list: stands at an action of the effect \"create\", expected it "
       "at "
       "\"read\" and \"read_tags\" only"},
      {replace("/actions/3/effect", "delete"),
       "service.json: /actions: 2 actions of the effect \"delete\", expected at most one"},
      {remove("/actions/1"),
       "service.json: /actions: 0 actions of the effect \"read\", expected exactly one"},
      {replace("/actions/0/name", "IssuePermits"),
       "service.json: /actions/0/name: names the file IssuePermits.json, which cannot be read"},
      {replace("/common_errors", "common.json"),
       "service.json: /common_errors: names the file common.json, which cannot be read"},
      {replace("/version", "2031-05-02"),
       "service.json: /actions/0/name: its contract has the version \"2031-05-01\", expected "
       "\"2031-05-02\""},
      {replace("/kind/states/0/meaning", "pending"),
       "service.json: /kind/states: none of them means \"ready\", expected one that does"},
      {replace("/conditions/0/name", "account.unpaid_fine"),
       "service.json: /actions/0/name: its row errors/5 waits for the condition "
       "\"account.unpaid_fines\", expected it under \"conditions\"; did you mean "
       "\"account.unpaid_fine\"?"},
      {replace("/conditions/0/provision", "suite"),
       "service.json: /conditions/0/provision: the text \"suite\", expected \"account\" at "
       "account.name"},
      {replace("/vocabularies/0/words/1", "north"),
       "service.json: /vocabularies/0/words/1: \"north\" is lawful at IssuePermit/Zone"},
      {replace("/vocabularies/0/parameters/0", "IssuePermit/Zon"),
       "service.json: /vocabularies/0/parameters/0: \"IssuePermit/Zon\" is no action/parameter of "
       "this service with a rule \"values\"; did you mean \"IssuePermit/Zone\"?"},
      {replace("/every_action/parameters/0/rules/1/also/0", "common/NoSuchActio"),
       "service.json: /every_action/parameters/0/rules/1/also/0: \"common/NoSuchActio\" is no "
       "error "
       "row of this contract; did you mean \"common/NoSuchAction\"?"},
  };
  for (const Fault& fault : faults) {
    EXPECT_EQ(service_refusal("service.json", fault.patch), fault.says) << fault.patch;
  }
}

TEST(LoadService, RefusesAContractThatDoesNotFit) {
  EXPECT_EQ(service_refusal("RevokePermit.json", replace("/service", "lamps")),
            "service.json: /actions/2/name: its contract has the service \"lamps\", expected "
            "\"parking\"");
  EXPECT_EQ(service_refusal("IssuePermit.json", add("/quota", 3)),
            "service.json: /actions/0/name: its contract has the quota 3, the kind has none");
  EXPECT_EQ(service_refusal("IssuePermit.json", add("/states", Json::array({"valid", "lost"}))),
            "service.json: /actions/0/name: its contract has the state \"lost\", which is none of "
            "the kind's");
}

TEST(LoadService, TakesAContractsOwnRowForOneThatEveryActionHas) {
  auto own = Json::parse(tree_file(std::string(kFolder) + "service.json"));
  Json field = own["every_action"]["answer"][1];
  field["text"]["en"] = "Mine.";
  EXPECT_EQ(service_refusal("RevokePermit.json", add("/answer/-", field)), "");
}

TEST(LoadContract, SaysWhereAnErrorTableWasCut) {
  EXPECT_EQ(service_refusal("RevokePermit.json", add("/errors_complete", false)),
            "RevokePermit.json: /errors_complete: is false, expected a gap gaps/errors that says "
            "what is unread");
  const Json gap = {{"id", "gaps/errors"},
                    {"standing", "inferred"},
                    {"source", "x"},
                    {"text", {{"en", "Unread."}, {"zh", "未读。"}}}};
  EXPECT_EQ(service_refusal("RevokePermit.json", add("/gaps", Json::array({gap}))),
            "RevokePermit.json: /gaps: holds gaps/errors, expected \"errors_complete\": false "
            "beside it");
}

TEST(LoadContract, TakesARangeAtAnIntegerOnly) {
  const Json range = {{"kind", "range"}, {"standing", "documented"},
                      {"source", "x"},   {"min", 1},
                      {"max", 30},       {"text", {{"en", "1 to 30."}, {"zh", "1~30。"}}}};
  EXPECT_EQ(service_refusal("IssuePermit.json", add("/parameters/2/rules/-", range)), "");
  EXPECT_EQ(
      service_refusal("IssuePermit.json", add("/parameters/3/rules/-", range)),
      "IssuePermit.json: /parameters/3/rules/1/kind: the text \"range\", expected it at an Integer "
      "only");
  Json narrow = range;
  narrow["min"] = 31;
  EXPECT_EQ(
      service_refusal("IssuePermit.json", add("/parameters/2/rules/-", narrow)),
      "IssuePermit.json: /parameters/2/rules/1/min: the number 31, expected an integer not above "
      "\"max\", 30");
}

}  // namespace
}  // namespace flowlog
