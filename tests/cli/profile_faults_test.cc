// What the profile says wrongly of an endpoint that keeps the contract: the profile is named, and
// nothing deviates.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <nlohmann/json.hpp>

#include "process.h"

namespace flowlog::cli {
namespace {

using nlohmann::json;
using testing::HasSubstr;

class ProfileFault : public testing::Test {
 protected:
  json profile() const { return json::parse(read_whole(mock.profile())); }
  ProcessResult run_with(const json& wrong, const std::string& only = "") {
    const std::string file = folder.write("wrong.json", wrong.dump());
    std::vector<std::string> arguments{"run", "--profile", file, "--seed", "1"};
    if (!only.empty()) arguments.insert(arguments.end(), {"--only", only});
    return run_program(folder, arguments);
  }
  // Ends with 3, tells `part`, and accuses nobody.
  void expect_named(const json& wrong, const std::string& part, const std::string& only = "") {
    const ProcessResult outcome = run_with(wrong, only);
    EXPECT_EQ(outcome.status, 3) << outcome.all();
    EXPECT_THAT(outcome.all(), HasSubstr(part));
    const json report = json::parse(read_whole(folder.file("conformance-report/report.json")));
    EXPECT_EQ(report["totals"].value("deviating", 0), 0);
    EXPECT_TRUE(report["leftover"].empty());
  }

  const Folder folder;
  const MockProcess mock{folder};
};

TEST_F(ProfileFault, AnIdWithALetterTooManyIsNamed) {
  for (const char* type : {"vpc", "subnet", "eni"}) {
    json wrong = profile();
    json& id = wrong["resources"][type][1];
    id = id.get<std::string>() + "x";
    expect_named(wrong, std::string("/resources/") + type + "/1");
  }
}

TEST_F(ProfileFault, AnIdOfAnotherTypeIsNamed) {
  json wrong = profile();
  wrong["resources"]["vpc"][0] = wrong["resources"]["subnet"][0];
  wrong["resources"]["subnet"].erase(0);
  expect_named(wrong, "/resources/vpc/0");
}

TEST_F(ProfileFault, AResourceOfAConditionThatDoesNotExistIsNamed) {
  json wrong = profile();
  wrong["resources"]["eni_shared"] = "eni-nowhere";
  wrong["resources"]["busy"]["id"] = "vpc-nowhere";
  expect_named(wrong, "/resources/busy/id");
}

TEST_F(ProfileFault, AMistypedProjectIsNamed) {
  json wrong = profile();
  wrong["projects"] = {"default", "nowhere"};
  expect_named(wrong, "/projects/1", "param.ProjectName.*,request.*");
}

TEST_F(ProfileFault, AQuotaThatIsTooSmallIsNamed) {
  json wrong = profile();
  wrong["quota"]["flow_logs"] = 3;
  expect_named(wrong, "/quota/flow_logs", "quota.*,request.smallest*");
}

TEST_F(ProfileFault, ResourcesOfAnotherAccountAreNamed) {
  json wrong = profile();
  wrong["accounts"]["other"]["resources"] = {{"vpc", {wrong["resources"]["vpc"][0]}},
                                             {"subnet", {wrong["resources"]["subnet"][0]}},
                                             {"eni", {wrong["resources"]["eni"][0]}}};
  for (const char* type : {"vpc", "subnet", "eni"}) wrong["resources"][type].erase(0);
  expect_named(wrong, "/accounts/other/resources/", "accounts.*,request.smallest*");
}

TEST_F(ProfileFault, AnAccountThatIsUnknownOrTheSameIsNamed) {
  json wrong = profile();
  wrong["accounts"]["other"]["access_key"] = "AKOFNOBODY";
  expect_named(wrong, "/accounts/other");
  wrong["accounts"]["other"] = wrong["accounts"]["default"];
  expect_named(wrong, "/accounts/other");
}

TEST_F(ProfileFault, APlaceholderIsNamedBeforeAnythingIsSent) {
  for (const char* hole : {"${VPC_ID}", "<vpc-id>", "vpc-for-the-suite-alone-1", "vpc-xxxxxxxx"}) {
    json wrong = profile();
    wrong["resources"]["vpc"][0] = hole;
    const ProcessResult outcome = run_with(wrong);
    EXPECT_EQ(outcome.status, 2) << outcome.all();
    EXPECT_THAT(outcome.err, HasSubstr("wrong.json: /resources/vpc/0: "));
    EXPECT_THAT(outcome.err, HasSubstr("placeholder"));
  }
}

// The reverse: an endpoint that denies what it has accepted before is the one that deviates.
TEST_F(ProfileFault, ADenialOfWhatWasAcceptedBeforeStaysADeviation) {
  const Folder elsewhere;
  const MockProcess liar(elsewhere, {"--deviation", "row.neighbour.errors-31-32"});
  const ProcessResult outcome =
      run_program(elsewhere, {"run", "--profile", liar.profile(), "--only",
                              "error.InvalidProject.NotFound/*,param.ProjectName.*"});
  EXPECT_EQ(outcome.status, 1) << outcome.all();
}

}  // namespace
}  // namespace flowlog::cli
