// import, drift and export as their users meet them: what is written, and the exit status.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "process.h"

namespace flowlog::cli {
namespace {

using testing::HasSubstr;

const std::string kFolder = FLOWLOG_SOURCE_DIR "/specs/volcengine/vpc/2020-04-01/";
const std::string kPage = kFolder + "CreateFlowLog.zh.txt";
const std::string kContract = kFolder + "CreateFlowLog.json";

TEST(ImportCommand, WritesADraftThatLintTakesAndDriftFindsEqual) {
  const Folder folder;
  const ProcessResult outcome = run_program(folder, {"import", kPage, "--write", "draft.json"});
  EXPECT_EQ(outcome.status, 0) << outcome.all();
  EXPECT_EQ(outcome.out, "draft.json\n");
  EXPECT_THAT(outcome.err, HasSubstr("parameters/ResourceType: A list is announced"));
  EXPECT_EQ(run_program(folder, {"lint", "draft.json"}).status, 0);
  const ProcessResult drift = run_program(folder, {"drift", kPage, "draft.json"});
  EXPECT_EQ(drift.status, 0) << drift.all();
}

TEST(ImportCommand, WritesToStandardOutputWithoutAFile) {
  const Folder folder;
  const ProcessResult outcome = run_program(folder, {"import", kPage, "--lang", "zh"});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_EQ(nlohmann::json::parse(outcome.out)["action"], "CreateFlowLog");
  EXPECT_THAT(outcome.err, HasSubstr("未能读取"));
}

TEST(ImportCommand, EndsWithTwoAndWritesNothingWithoutAPage) {
  const Folder folder;
  folder.write("page.md", "No table here.\n");
  for (const std::vector<std::string>& arguments :
       std::vector<std::vector<std::string>>{{"import"},
                                             {"import", "nothing.md", "--write", "draft.json"},
                                             {"import", "page.md", "--write", "draft.json"},
                                             {"import", kPage, "--lang", "fr"},
                                             {"import", kPage, "--write"}}) {
    const ProcessResult outcome = run_program(folder, arguments);
    EXPECT_EQ(outcome.status, 2) << outcome.all();
    EXPECT_THAT(outcome.err, testing::StartsWith("flowlog-conformance: "));
  }
  EXPECT_FALSE(std::filesystem::exists(folder.file("draft.json")));
}

TEST(DriftCommand, EndsWithZeroWhereBothSayTheSame) {
  const Folder folder;
  const ProcessResult outcome = run_program(folder, {"drift", kPage, kContract});
  EXPECT_EQ(outcome.status, 0) << outcome.all();
  EXPECT_THAT(outcome.out, HasSubstr("0 differences"));
}

TEST(DriftCommand, EndsWithOneAndNamesTheRowOfADifference) {
  const Folder folder;
  std::string page = read_whole(kPage);
  const std::string before = "404 | InvalidProject.NotFound";
  page.replace(page.find(before), 3, "400");
  folder.write("page.txt", page);
  const ProcessResult outcome = run_program(folder, {"drift", "page.txt", kContract});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.out, HasSubstr("\n1 difference; "));
  EXPECT_THAT(outcome.out,
              HasSubstr("errors/31: HTTP code: the page says \"400\", the contract \"404\""));
  EXPECT_THAT(run_program(folder, {"drift", "page.txt", kContract, "--lang", "zh"}).out,
              HasSubstr("errors/31：HTTP状态码：页面为\"400\"，契约为\"404\""));
}

TEST(DriftCommand, EndsWithTwoWithoutAPageOrAContract) {
  const Folder folder;
  EXPECT_EQ(run_program(folder, {"drift", kPage}).status, 2);
  EXPECT_EQ(run_program(folder, {"drift", kPage, "nothing.json"}).status, 2);
  EXPECT_EQ(run_program(folder, {"drift", kPage, kPage}).status, 2);
  EXPECT_EQ(run_program(folder, {"drift", kContract, kContract}).status, 2);
}

TEST(ExportCommand, WritesADocumentAnActionAndTheHook) {
  const Folder folder;
  const ProcessResult outcome = run_program(
      folder, {"export", "openapi", "--out", "out", "--endpoint", "http://127.0.0.1:1"});
  EXPECT_EQ(outcome.status, 0) << outcome.all();
  for (const char* name : {"CreateFlowLog", "DescribeFlowLogs", "DeleteFlowLog"}) {
    const std::string text = read_whole(folder.file("out/" + std::string(name) + ".openapi.json"));
    EXPECT_EQ(nlohmann::json::parse(text)["info"]["title"], name);
  }
  EXPECT_THAT(read_whole(folder.file("out/signing_hook.py")), HasSubstr("SERVICE = \"vpc\""));
}

TEST(ExportCommand, WritesACollection) {
  const Folder folder;
  EXPECT_EQ(run_program(folder, {"export", "postman", "--out", "out"}).status, 0);
  const auto collection = nlohmann::json::parse(read_whole(folder.file("out/postman.json")));
  EXPECT_EQ(collection["item"].size(), 3U);
}

TEST(ExportCommand, EndsWithTwoForMisuseAndWhereNothingCanBeWritten) {
  const Folder folder;
  folder.write("file", "");
  EXPECT_EQ(run_program(folder, {"export"}).status, 2);
  EXPECT_EQ(run_program(folder, {"export", "raml"}).status, 2);
  EXPECT_EQ(run_program(folder, {"export", "openapi", "--endpoint", "localhost"}).status, 2);
  EXPECT_EQ(run_program(folder, {"export", "openapi", "--out", "file/below"}).status, 2);
  EXPECT_EQ(run_program(folder, {"export", "openapi", "--contract", "nothing.json"}).status, 2);
}

}  // namespace
}  // namespace flowlog::cli
