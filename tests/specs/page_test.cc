#include "tests/specs/page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "specs/load.h"
#include "specs/words.h"

namespace flowlog {
namespace {

namespace fs = std::filesystem;

const fs::path kSource = FLOWLOG_SOURCE_DIR;
const fs::path kCopy = kSource / "specs/volcengine/vpc/2020-04-01/CreateFlowLog.zh.txt";

std::string contents(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  EXPECT_TRUE(in) << path;
  return std::string(std::istreambuf_iterator<char>(in), {});
}

class PageTest : public testing::Test {
 protected:
  const Page page = read_page(contents(kCopy));
  const Contract& contract = built_in_api().create;
};

TEST_F(PageTest, TheCopyEqualsTheOriginal) {
  fs::path original = kSource.parent_path() / "shared/api/CreateFlowLog.zh.txt";
  if (!fs::exists(original)) GTEST_SKIP() << "the original is not beside this tree";
  EXPECT_EQ(contents(kCopy), contents(original));
}

TEST_F(PageTest, ItsTablesHold14And2And34Rows) {
  EXPECT_EQ(page.parameters.size(), 14U);
  EXPECT_EQ(page.answer.size(), 2U);
  EXPECT_EQ(page.errors.size(), 34U);
}

TEST_F(PageTest, TheContractHoldsEveryParameterInThePagesOrder) {
  ASSERT_EQ(contract.parameters.size(), page.parameters.size());
  for (std::size_t i = 0; i < page.parameters.size(); ++i) {
    const Page::Parameter& row = page.parameters[i];
    const Parameter& parameter = contract.parameters[i];
    SCOPED_TRACE(row.name);
    EXPECT_EQ(parameter.name, row.name);
    EXPECT_EQ(word_for(type_words(), parameter.type), row.type);
    EXPECT_EQ(parameter.required ? "是" : "否", row.required);
    EXPECT_EQ(parameter.example, row.example);
    EXPECT_EQ(parameter.standing, Standing::documented);
    std::string first_sentence = row.description.substr(0, row.description.find("。"));
    EXPECT_THAT(parameter.text.zh,
                testing::StartsWith(first_sentence.substr(0, first_sentence.find(","))));
  }
}

TEST_F(PageTest, TheContractHoldsBothFieldsOfTheAnswer) {
  for (const Page::Field& row : page.answer) {
    SCOPED_TRACE(row.name);
    auto field = std::find_if(contract.answer.begin(), contract.answer.end(),
                              [&](const Field& f) { return f.path == "Result." + row.name; });
    ASSERT_NE(field, contract.answer.end());
    EXPECT_EQ(field->type, row.type);
    EXPECT_EQ(field->example, row.example);
    EXPECT_EQ(field->text.zh, row.description);
    EXPECT_EQ(field->presence, Presence::success);
    EXPECT_EQ(field->standing, Standing::documented);
  }
}

TEST_F(PageTest, TheContractHoldsEveryErrorInThePagesOrder) {
  ASSERT_EQ(contract.errors.size(), page.errors.size());
  for (std::size_t i = 0; i < page.errors.size(); ++i) {
    const Page::Error& row = page.errors[i];
    const ErrorRow& error = contract.errors[i];
    SCOPED_TRACE(error.id + " " + row.code);
    EXPECT_EQ(error.id, "errors/" + std::to_string(i + 1));
    ASSERT_EQ(error.http.size(), 1U);
    EXPECT_EQ(std::to_string(error.http[0]), row.http);
    EXPECT_EQ(error.code, row.code);
    EXPECT_EQ(error.message.en, row.message);
    EXPECT_EQ(error.message.zh, row.description);
    EXPECT_EQ(error.standing, Standing::documented);
  }
}

TEST_F(PageTest, ThePagesStatesAreTheContracts) {
  std::string text = contents(kCopy);
  EXPECT_THAT(text, testing::HasSubstr(contract.state_while_creating + "\n表示创建中"));
  EXPECT_THAT(text, testing::HasSubstr(contract.state_when_ready + "\n表示创建完成"));
}

TEST_F(PageTest, ATableWithAChangedCellReadsDifferently) {
  std::string text = contents(kCopy);
  auto at = text.find("length of name is 128");
  ASSERT_NE(at, std::string::npos);
  text.replace(at, 21, "length of name is 127");
  EXPECT_NE(read_page(text).errors[6].message, contract.errors[6].message.en);
}

}  // namespace
}  // namespace flowlog
