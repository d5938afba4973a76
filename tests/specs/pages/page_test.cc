#include "specs/pages/page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/json_node.h"
#include "specs/load.h"
#include "specs/words.h"
#include "tests/specs/files.h"

namespace flowlog {
namespace {

namespace fs = std::filesystem;

constexpr const char* kCopy = "specs/volcengine/vpc/2020-04-01/CreateFlowLog.zh.txt";

class PageTest : public testing::Test {
 protected:
  const Page page = read_page(tree_file(kCopy), kCopy);
  const Contract& contract = built_in_service().creator().contract;
};

TEST_F(PageTest, TheCopyEqualsTheOriginal) {
  const fs::path original =
      fs::path(FLOWLOG_SOURCE_DIR).parent_path() / "shared/api/CreateFlowLog.zh.txt";
  if (!fs::exists(original)) GTEST_SKIP() << "the original is not beside this tree";
  std::ifstream in(original, std::ios::binary);
  EXPECT_EQ(tree_file(kCopy), std::string(std::istreambuf_iterator<char>(in), {}));
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
  std::string text = tree_file(kCopy);
  EXPECT_THAT(text, testing::HasSubstr(contract.state_while_creating + "\n表示创建中"));
  EXPECT_THAT(text, testing::HasSubstr(contract.state_when_ready + "\n表示创建完成"));
}

TEST_F(PageTest, ATableWithAChangedCellReadsDifferently) {
  std::string text = tree_file(kCopy);
  auto at = text.find("length of name is 128");
  ASSERT_NE(at, std::string::npos);
  text.replace(at, 21, "length of name is 127");
  EXPECT_NE(read_page(text, kCopy).errors[6].message, contract.errors[6].message.en);
}

TEST_F(PageTest, KeepsTheExamplesApartFromTheText) {
  EXPECT_THAT(page.request, testing::StartsWith("GET /?Action=CreateFlowLog&"));
  EXPECT_THAT(page.request, testing::HasSubstr("Service: vpc"));
  EXPECT_THAT(page.example_answer, testing::StartsWith("{ \"ResponseMetadata\""));
  EXPECT_THAT(page.prose, testing::Not(testing::HasSubstr("Host:")));
  EXPECT_THAT(page.prose, testing::HasSubstr("表示创建完成。"));  // it stands before a heading
  EXPECT_TRUE(page.unread.empty());
  EXPECT_TRUE(page.chinese());
}

Page read(const std::string& text) {
  return read_page(text, "page.md");
}

const std::string kHead = "| Name | Type | Required | Description |\n|---|---|---|---|\n";

TEST(PageLayout, ReadsCellsWithBarsBreaksAndTags) {
  const Page page =
      read(kHead + "| A | String | Yes | one\\|two<br/>three **bold** x**** <i>i</i> |\n");
  ASSERT_EQ(page.parameters.size(), 1U);
  EXPECT_EQ(page.parameters[0].description, "one|two\nthree bold x**** i");
  EXPECT_FALSE(page.chinese());
}

TEST(PageLayout, ReadsRowsWithoutABarAtTheirEnd) {
  const Page page = read(
      "Name | Type | Required | Description\n--- | --- | --- | ---\nA | String | Yes | one\n- two\n"
      "B | String | No | three\n\nEnd.\n");
  ASSERT_EQ(page.parameters.size(), 2U);
  EXPECT_EQ(page.parameters[0].description, "one\n- two");
  EXPECT_EQ(page.parameters[1].description, "three");
  EXPECT_THAT(page.prose, testing::HasSubstr("End."));
}

TEST(PageLayout, TellsOfARowThatBreaksOff) {
  const Page page = read(kHead + "| A | String | Yes | one |\n| B | Stri");
  ASSERT_EQ(page.parameters.size(), 1U);
  ASSERT_EQ(page.unread.size(), 1U);
  EXPECT_EQ(page.unread[0].row, "tables/1");
  EXPECT_THAT(page.unread[0].quote, testing::HasSubstr("Stri"));
}

TEST(PageLayout, TellsOfTablesAndColumnsItDoesNotKnow) {
  const Page page = read(
      "| Name | Type | Required | Colour |\n|---|---|---|---|\n| A | String | Yes | red |\n\n"
      "| What | Many |\n|---|---|\n| x | 1 |\n");
  ASSERT_EQ(page.unread.size(), 2U);
  EXPECT_EQ(page.unread[0].quote, "Colour");
  EXPECT_EQ(page.unread[1].quote, "What | Many");
}

TEST(PageLayout, RefusesWhatIsNoPage) {
  EXPECT_THROW(read("No table here.\n"), InputError);
  EXPECT_THROW(read("\xff\xfe"), InputError);
  EXPECT_THROW(read(kHead + std::string(5'000'000, 'x')), InputError);
  EXPECT_THROW(read(""), InputError);
}

TEST(Page, WithoutATableOfParametersNamesTheColumnsThatAreNotKnown) {
  const std::string rows = "\n|---|---|---|\n| Action | String | Yes |\n";
  EXPECT_NO_THROW(read_page("| Name | Type | Required or not |" + rows, "page.md"));
  try {
    read_page("| Name | Type | Necessity |" + rows, "page.md");
    FAIL() << "a table without a column of requiredness";
  } catch (const InputError& error) {
    EXPECT_THAT(error.what(), testing::HasSubstr("unknown columns: \"Necessity\""));
  }
}

}  // namespace
}  // namespace flowlog
