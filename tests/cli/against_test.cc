// `run --against` and `probe`, as their users meet them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "process.h"

namespace flowlog::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* kOnly = "param.FlowLogName.required/*,param.TrafficType.*";

ProcessResult compare(const Folder& folder, const MockProcess& first, const MockProcess& second) {
  return run_program(folder, {"run", "--profile", first.profile(), "--against", second.profile(),
                              "--only", kOnly, "--seed", "7"});
}

TEST(AgainstCommand, IsZeroWhereBothAnswerAlike) {
  const Folder folder;
  const Folder elsewhere;
  const MockProcess first(folder);
  const MockProcess second(elsewhere);
  const ProcessResult outcome = compare(folder, first, second);
  EXPECT_EQ(outcome.status, 0) << outcome.all();
  EXPECT_THAT(outcome.out, HasSubstr("SAME: "));
  EXPECT_NE(read_whole(folder.file("conformance-report/against/report.json")), "");
}

// The first run gives back what it kept: both may name the same resources.
TEST(AgainstCommand, ComparesAnEndpointWithItself) {
  const Folder folder;
  const MockProcess mock(folder);
  const ProcessResult outcome = compare(folder, mock, mock);
  EXPECT_EQ(outcome.status, 0) << outcome.all();
  EXPECT_THAT(outcome.out, Not(HasSubstr("judged at one")));
}

// A lawful choice that the two make otherwise.
TEST(AgainstCommand, IsOneWhereBothAreLawfulAndDiffer) {
  const Folder folder;
  const Folder elsewhere;
  const MockProcess first(folder);
  const MockProcess second(elsewhere, {"--variant", "missing.malformed-row"});
  const ProcessResult outcome = compare(folder, first, second);
  EXPECT_EQ(outcome.status, 1) << outcome.all();
  EXPECT_THAT(outcome.out, HasSubstr("DIFFERENT: "));
  EXPECT_THAT(outcome.out, HasSubstr("row parameters/FlowLogName"));
  const auto told =
      nlohmann::json::parse(read_whole(folder.file("conformance-report/against.json")));
  EXPECT_EQ(told["differs"], true);
  EXPECT_EQ(told["rows"][0]["id"], "parameters/FlowLogName");
  EXPECT_THAT(read_whole(folder.file("conformance-report/against.html")),
              HasSubstr("parameters/FlowLogName"));
}

TEST(AgainstCommand, QuietTellsNoRows) {
  const Folder folder;
  const Folder elsewhere;
  const MockProcess first(folder);
  const MockProcess second(elsewhere, {"--variant", "missing.malformed-row"});
  const ProcessResult outcome =
      run_program(folder, {"run", "--profile", first.profile(), "--against", second.profile(),
                           "--only", kOnly, "--seed", "7", "--quiet"});
  EXPECT_EQ(outcome.status, 1) << outcome.all();
  EXPECT_THAT(outcome.out, HasSubstr("DIFFERENT: "));
  EXPECT_THAT(outcome.out, HasSubstr("(exit status 1)\n"));
  EXPECT_THAT(outcome.out, Not(HasSubstr("row parameters/")));
}

TEST(AgainstCommand, IsTwoWithAProfileThatIsNone) {
  const Folder folder;
  const ProcessResult outcome =
      run_program(folder, {"run", "--against", folder.write("p.json", "{}"), "--only", kOnly});
  EXPECT_EQ(outcome.status, 2) << outcome.all();
}

TEST(AgainstCommand, IsThreeWhereTheSecondDoesNotAnswer) {
  const Folder folder;
  const MockProcess first(folder);
  const std::string nobody = folder.write(
      "nobody.json",
      R"({"endpoint":"http://127.0.0.1:1","accounts":{"default":{"access_key":"A","secret_key":"S"}}})");
  const ProcessResult outcome = run_program(
      folder, {"run", "--profile", first.profile(), "--against", nobody, "--only", kOnly});
  EXPECT_EQ(outcome.status, 3) << outcome.all();
}

TEST(ProbeCommand, TellsTheLimitsAndWritesAContractThatPasses) {
  const Folder folder;
  MockProcess mock(folder, {"--deviation", "length.FlowLogName.counts-bytes"});
  const std::string contract = folder.file("observed.json");
  const ProcessResult outcome =
      run_program(folder, {"probe", "--profile", mock.profile(), "--write", contract});
  EXPECT_EQ(outcome.status, 0) << outcome.all();
  EXPECT_THAT(outcome.out, HasSubstr("! FlowLogName: documented 1 to 128 characters; enforced 1 to "
                                     "128 bytes\n"));
  EXPECT_THAT(outcome.out, HasSubstr(", 0 left behind.\n"));
  const ProcessResult passed =
      run_program(folder, {"run", "--profile", mock.profile(), "--contract", contract, "--only",
                           "param.FlowLogName.*"});
  EXPECT_EQ(passed.status, 0) << passed.all();
  EXPECT_THAT(mock.stop().out, HasSubstr(" 0 still there"));
}

TEST(ProbeCommand, SpeaksChineseOnTheEmbeddedMock) {
  const Folder folder;
  const ProcessResult outcome =
      run_program(folder, {"probe", "--lang", "zh", "--max-requests", "150"});
  EXPECT_EQ(outcome.status, 0) << outcome.all();
  EXPECT_THAT(outcome.out, HasSubstr("文档："));
  EXPECT_THAT(outcome.out, HasSubstr("未查明："));
  EXPECT_THAT(outcome.out, Not(HasSubstr("documented")));
}

TEST(ProbeCommand, IsThreeWhereNobodyAnswersAndTwoWhereTheRequestsAreTooFew) {
  const Folder folder;
  const std::string nobody = folder.write(
      "nobody.json",
      R"({"endpoint":"http://127.0.0.1:1","accounts":{"default":{"access_key":"A","secret_key":"S"}}})");
  EXPECT_EQ(run_program(folder, {"probe", "--profile", nobody}).status, 3);
  EXPECT_EQ(run_program(folder, {"probe", "--max-requests", "1"}).status, 2);
}

}  // namespace
}  // namespace flowlog::cli
