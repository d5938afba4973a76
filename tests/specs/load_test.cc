#include "specs/load.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/json_node.h"
#include "tests/specs/files.h"

namespace flowlog {
namespace {

using Json = nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

const char kLanternFile[] = "tests/specs/data/CreateLantern.json";

Contract load(std::string_view text) {
  return load_contract(text, "lantern.json", built_in_service().common);
}

std::string load_refusal(std::string_view text) {
  try {
    load(text);
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

// --- An action of the same style needs no C++ ----------------------------------------------------

class LanternTest : public testing::Test {
 protected:
  const Contract contract = load(tree_file(kLanternFile));
};

TEST_F(LanternTest, HoldsWhatTheFileSays) {
  EXPECT_EQ(contract.action, "CreateLantern");
  EXPECT_EQ(contract.version, "2026-01-01");
  EXPECT_EQ(contract.service, "lamps");
  EXPECT_EQ(contract.method, "POST");
  EXPECT_EQ(contract.state_while_creating, "Lighting");
  EXPECT_EQ(contract.state_when_ready, "Lit");
  EXPECT_THAT(contract.states, ElementsAre("Lighting", "Lit", "Out"));
  EXPECT_EQ(contract.quota, 3);
  EXPECT_EQ(contract.parameters.size(), 8U);
  EXPECT_EQ(contract.answer.size(), 5U);
  EXPECT_EQ(contract.errors.size(), 8U);
}

TEST_F(LanternTest, HoldsTheTermsOfEachRule) {
  const Rule& length = *contract.rule("Title/length");
  EXPECT_EQ(length.kind, RuleKind::length);
  EXPECT_EQ(length.min, 1U);
  EXPECT_EQ(length.max, 8U);
  EXPECT_THAT(length.grey_lengths, ElementsAre(8U));
  const Rule& characters = *contract.rule("Title/characters");
  EXPECT_TRUE(characters.allowed.contains(U'流'));
  EXPECT_TRUE(characters.grey.contains('Q'));
  EXPECT_FALSE(characters.allowed.contains('Q'));
  const Rule& reserved = *contract.rule("Title/reserved");
  EXPECT_EQ(reserved.kind, RuleKind::prefix);
  EXPECT_THAT(reserved.words, ElementsAre("x-"));
  const Rule& glow = *contract.rule("Glow/values");
  EXPECT_THAT(glow.words, ElementsAre("1", "5", "10"));
  EXPECT_THAT(glow.grey_forms, ElementsAre(IntegerForm::leading_zero, IntegerForm::plus_sign));
  EXPECT_EQ(contract.rule("StreetId/exists")->target, "resource");
  EXPECT_EQ(contract.rule("StreetId/exists")->of, "Kind");
  EXPECT_EQ(contract.rule("Marks.N.Key/count")->max, 3U);
  EXPECT_EQ(contract.rule("Marks.N.Value/needs")->target, "Marks.N.Key");
  EXPECT_THAT(contract.rule("Marks.N.Value/needs")->also,
              ElementsAre("errors/2", "common/MissingParameter"));
}

TEST_F(LanternTest, HoldsParametersFieldsAndErrors) {
  const Parameter& glow = *contract.parameter("Glow");
  EXPECT_EQ(glow.type, Type::integer);
  EXPECT_EQ(glow.default_value, "10");
  EXPECT_EQ(glow.example, "5");
  EXPECT_FALSE(glow.required);
  EXPECT_FALSE(contract.parameter("Title")->default_value.has_value());
  EXPECT_EQ(contract.answer[1].echoes, "Action");
  EXPECT_EQ(contract.answer[1].presence, Presence::always);
  EXPECT_TRUE(contract.answer[2].optional);
  EXPECT_EQ(contract.answer[2].presence, Presence::failure);
  EXPECT_EQ(contract.answer[3].equals, "ResponseMetadata.RequestId");
  EXPECT_EQ(contract.answer[4].prefix, "la-");
  EXPECT_TRUE(contract.answer[4].unique);
  EXPECT_EQ(contract.errors[0].code_n, 100700);
  EXPECT_THAT(contract.errors[2].http, ElementsAre(400, 403));
  EXPECT_EQ(contract.errors[2].triggers[1].rule_kind, "values");
  EXPECT_EQ(contract.errors[3].triggers[0].condition, "resource.busy");
  EXPECT_EQ(contract.errors[3].triggers[1].race, "one-resource");
  EXPECT_EQ(contract.errors[4].triggers[0].replay, "other-arguments");
  EXPECT_EQ(contract.errors[5].triggers[0].authentication, "unknown-key");
  EXPECT_EQ(contract.errors[6].triggers[0].service, "fault");
  EXPECT_EQ(contract.notes[0].id, "notes/asynchronous");
  EXPECT_THAT(contract.contradictions[0].rows, ElementsAre("parameters/Glow", "errors/3"));
}

// --- Broken files --------------------------------------------------------------------------------

struct Broken {
  std::string name;
  Json patch;
  std::string pointer;
  std::string says;
};

void PrintTo(const Broken& broken, std::ostream* out) {
  *out << broken.name;
}

std::vector<Broken> broken_files() {
  std::vector<Broken> all;
  const Json file = Json::parse(tree_file("tests/specs/data/broken.json"));
  for (const Json& c : file.at("cases")) {
    all.push_back({c.at("name"), c.at("patch"), c.at("pointer"), c.at("says")});
  }
  return all;
}

class BrokenFile : public testing::TestWithParam<Broken> {};

TEST_P(BrokenFile, IsRefusedWithPointerAndReason) {
  Json file = Json::parse(tree_file(kLanternFile)).patch(GetParam().patch);
  std::string said = load_refusal(file.dump());
  std::string place = GetParam().pointer.empty() ? GetParam().says : GetParam().pointer + ": ";
  EXPECT_THAT(said, StartsWith("lantern.json: " + place));
  EXPECT_THAT(said, HasSubstr(GetParam().says));
}

INSTANTIATE_TEST_SUITE_P(Load, BrokenFile, testing::ValuesIn(broken_files()), [](const auto& info) {
  std::string name = info.param.name;
  for (char& c : name) c = std::isalnum(static_cast<unsigned char>(c)) ? c : '_';
  return name;
});

TEST(Load, RefusesEveryCutOfAFile) {
  std::string whole = tree_file(kLanternFile);
  while (whole.back() != '}') whole.pop_back();
  for (std::size_t size = 0; size < whole.size(); size += size < 200 ? 1 : 37) {
    EXPECT_THAT(load_refusal(whole.substr(0, size)), HasSubstr("malformed JSON")) << size;
  }
}

TEST(Load, RefusesAMemberThatStandsTwice) {
  std::string text = tree_file(kLanternFile);
  text.replace(text.find("\"version\""), 9, "\"action\"");
  EXPECT_EQ(load_refusal(text), "lantern.json: /action: the member \"action\" stands twice");
}

TEST(Load, RefusesAByteOrderMark) {
  EXPECT_THAT(load_refusal("\xEF\xBB\xBF" + tree_file(kLanternFile)), HasSubstr("byte order mark"));
}

TEST(Load, RefusesDeepNesting) {
  std::string text = "{\"parameters\":" + std::string(100'000, '[');
  EXPECT_THAT(load_refusal(text), HasSubstr("nested deeper than 64 levels"));
}

TEST(Load, RefusesAnotherSortOfDocument) {
  for (const char* text : {"null", "[]", "\"CreateFlowLog\"", "3"}) {
    EXPECT_THAT(load_refusal(text), HasSubstr("expected an object"));
  }
  EXPECT_THAT(load_refusal("{}"), HasSubstr("lacks the member \"action\""));
}

TEST(Load, RefusesAnyBadRequestWhereNoRowIsOne) {
  Json file = Json::parse(tree_file(kLanternFile));
  for (Json& error : file["errors"]) error["http"] = {404};
  EXPECT_EQ(load_refusal(file.dump()),
            "lantern.json: /parameters/1/rules/4/also/0: \"any-400\" stands for no row, expected "
            "an error row of HTTP 400");
}

// --- Common errors -------------------------------------------------------------------------------

std::string common_refusal(std::string_view text) {
  try {
    load_common_errors(text, "common.json");
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

TEST(LoadCommonErrors, RefusesATriggerByARuleOfOneAction) {
  EXPECT_THAT(common_refusal(R"({"errors":[{"id":"common/A","http":[400],"code":"A",
      "triggers":[{"rule":"Title/length"}],"standing":"related","source":"x"}]})"),
              HasSubstr("/errors/0/triggers/0/rule: unknown member \"rule\""));
}

TEST(LoadCommonErrors, RefusesAnIdThatStandsTwice) {
  EXPECT_EQ(common_refusal(R"({"errors":[
      {"id":"common/A","http":[400],"code":"A","standing":"related","source":"x"},
      {"id":"common/A","http":[400],"code":"A","standing":"related","source":"x"}]})"),
            "common.json: /errors/1/id: \"common/A\" stands twice");
}

TEST(LoadCommonErrors, LeavesAMessageThatNoPageGivesEmpty) {
  auto rows = load_common_errors(
      R"({"errors":[{"id":"common/A","http":[400],"code":"A","standing":"related","source":"x"}]})",
      "common.json");
  EXPECT_EQ(rows.at(0).message, Text());
  EXPECT_FALSE(rows.at(0).code_n.has_value());
}

// --- Compiled-in files ---------------------------------------------------------------------------

TEST(BuiltIn, EqualsTheFilesOfTheTree) {
  EXPECT_EQ(built_in_files().size(), 17U);
  for (const std::string& path : built_in_files()) {
    EXPECT_EQ(built_in_file(path), tree_file("specs/" + path)) << path;
  }
}

TEST(BuiltIn, KnowsNoOtherFile) {
  EXPECT_THROW(built_in_file("volcengine/CreateVpc.json"), std::out_of_range);
}

TEST(ServiceWith, NamesAFileThatCannotBeRead) {
  for (const char* path : {"/nowhere/at/all.json", "/"}) {
    try {
      service_with(path);
      ADD_FAILURE() << path;
    } catch (const InputError& error) {
      EXPECT_THAT(error.what(), StartsWith(std::string(path) + ": "));
    }
  }
}

}  // namespace
}  // namespace flowlog
