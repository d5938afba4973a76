#include "specs/pages/phrases.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "specs/pages/sentences.h"

namespace flowlog {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// The one rule of a text; a rule of no use, and a failure, where there are more or none.
Rule only_rule(const std::string& text) {
  const Terms terms = read_terms(text);
  EXPECT_EQ(terms.rules.size(), 1U) << text;
  EXPECT_THAT(terms.unread, IsEmpty()) << text;
  return terms.rules.empty() ? Rule{} : terms.rules.front();
}

TEST(Phrases, StateLengths) {
  struct Case {
    const char* text;
    std::size_t min, max;
  };
  for (const Case& one : {
           Case{"长度为1~128个字符。", 1, 128},
           Case{"长度限制为 3 - 63 个字符", 3, 63},
           Case{"长度:3至63个字符", 3, 63},
           Case{"长度不能超过64个字符。", 0, 64},
           Case{"最多255个字符", 0, 255},
           Case{"It must be 1 to 128 characters in length.", 1, 128},
           Case{"The name can be between 3 and 63 characters long.", 3, 63},
           Case{"Length: 1–128", 1, 128},
           Case{"Ensure the maximum length of name is 128.", 0, 128},
           Case{"At most 64 characters.", 0, 64},
           Case{"The value cannot exceed 256 characters.", 0, 256},
       }) {
    const Rule rule = only_rule(one.text);
    EXPECT_EQ(rule.kind, RuleKind::length) << one.text;
    EXPECT_EQ(rule.min, one.min) << one.text;
    EXPECT_EQ(rule.max, one.max) << one.text;
    EXPECT_EQ(read_terms(one.text).open_below, one.min == 0) << one.text;
  }
}

TEST(Phrases, StateValues) {
  for (const char* text :
       {"取值为All、Allow或Drop。", "取值:All、Allow、Drop", "可选值为All,Allow和Drop",
        "取值如下:\n- All:全部流量。\n- Allow:放行。\n- Drop", "Valid values: All, Allow, Drop",
        "Possible values are All, Allow or Drop.", "One of: `All`, `Allow`, `Drop`.",
        "Valid values:\n* `All`: everything.\n* `Allow`\n* Drop (rare): the rest"}) {
    const Rule rule = only_rule(text);
    EXPECT_EQ(rule.kind, RuleKind::values) << text;
    EXPECT_THAT(rule.words, ElementsAre("All", "Allow", "Drop")) << text;
  }
}

TEST(Phrases, StateDefaults) {
  for (const char* text : {"默认为10。", "默认值:10", "不填默认为10分钟", "The default is 10.",
                           "Defaults to 10", "Default value: 10"}) {
    EXPECT_EQ(read_terms(text).default_value, "10") << text;
  }
  EXPECT_EQ(read_terms("默认值为空。").default_value, "");
  EXPECT_EQ(read_terms("不填默认加入default项目。").default_value, "default");
}

TEST(Phrases, ADefaultThatIsNoTextIsNotGuessed) {
  for (const char* text : {"不填默认为流日志ID。", "It defaults to the flow log's id."}) {
    const Terms terms = read_terms(text);
    EXPECT_EQ(terms.default_value, std::nullopt) << text;
    EXPECT_EQ(terms.unread.size(), 1U) << text;
  }
}

TEST(Phrases, StateCharacters) {
  for (const char* text : {"只能包含小写字母、数字和短横线(-)。", "由小写字母、数字、短横线组成",
                           "Can only contain lowercase letters, digits, and hyphens (-).",
                           "Only lower-case letters, digits and - are allowed"}) {
    const Rule rule = only_rule(text);
    EXPECT_EQ(rule.kind, RuleKind::characters) << text;
    EXPECT_THAT(rule.allowed.members(), ElementsAre("[a-z]", "[0-9]", "-")) << text;
    EXPECT_TRUE(rule.grey.empty()) << text;
  }
  const Rule tag = only_rule("支持语言字符、数字、空格和_ . : / = + - @。");
  EXPECT_EQ(tag.allowed.members().size(), 11U);
  EXPECT_TRUE(tag.allowed.contains(U'@'));
  EXPECT_TRUE(tag.allowed.contains(U'语'));
  EXPECT_FALSE(tag.allowed.contains(U'#'));
}

TEST(Phrases, WordsOfCharactersThatAreNotKnownAreToldAndNotSkipped) {
  for (const char* text : {"只能包含小写字母和部分符号。", "Can only contain letters and runes.",
                           "不能包含空格。", "Must not contain blanks."}) {
    const Terms terms = read_terms(text);
    EXPECT_THAT(terms.rules, IsEmpty()) << text;
    EXPECT_EQ(terms.unread.size(), 1U) << text;
  }
}

TEST(Phrases, StateBeginningsAndEnds) {
  for (const char* text :
       {"必须以小写字母或数字开头和结尾。", "以小写字母或数字开头,以小写字母或数字结尾",
        "Must start and end with a lower-case letter or a digit."}) {
    const Terms terms = read_terms(text);
    ASSERT_EQ(terms.rules.size(), 2U) << text;
    EXPECT_EQ(terms.rules[0].kind, RuleKind::first);
    EXPECT_EQ(terms.rules[1].kind, RuleKind::last);
    EXPECT_THAT(terms.rules[0].allowed.members(), ElementsAre("[a-z]", "[0-9]")) << text;
    EXPECT_THAT(terms.rules[1].allowed.members(), ElementsAre("[a-z]", "[0-9]")) << text;
  }
}

TEST(Phrases, StatePrefixes) {
  for (const char* text : {"不能以任何大小写形式的volc:或sys:开头。",
                           "Cannot start with volc: or sys: in any letter case."}) {
    const Rule rule = only_rule(text);
    EXPECT_EQ(rule.kind, RuleKind::prefix);
    EXPECT_THAT(rule.words, ElementsAre("volc:", "sys:"));
  }
}

TEST(Phrases, ASecondNumberForOneLimitIsTold) {
  const Terms terms = read_terms("长度为1~128个字符。长度不能超过255个字符。");
  ASSERT_EQ(terms.rules.size(), 1U);
  EXPECT_EQ(terms.rules[0].max, 128U);
  ASSERT_EQ(terms.unread.size(), 1U);
  EXPECT_EQ(terms.unread[0].kind, RuleKind::length);
}

TEST(Phrases, PlainDescriptionsStateNothing) {
  for (const char* text : {"流日志的名称。", "The name of the flow log.", "", "请求ID。"}) {
    const Terms terms = read_terms(text);
    EXPECT_THAT(terms.rules, IsEmpty()) << text;
    EXPECT_THAT(terms.unread, IsEmpty()) << text;
  }
}

TEST(Phrases, SentencesEndAtStopsAndNotInBrackets) {
  EXPECT_THAT(sentences("一。二;三\n四"), ElementsAre("一", "二", "三", "四"));
  EXPECT_THAT(sentences("点(.)和中文句号(。)。五"), ElementsAre("点(.)和中文句号(。)", "五"));
  EXPECT_THAT(sentences("One. Two is 1.5 long. _ . : Three"),
              ElementsAre("One", "Two is 1.5 long. _ . : Three"));
}

}  // namespace
}  // namespace flowlog
