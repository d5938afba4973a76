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

// No phrase inside another sentence is taken for a rule, and the sentence is told.
TEST(Phrases, WhatDeniesAPhraseOrDependsOrIsAboutAPartIsToldAndNotRead) {
  for (const char* text : {"不支持中文",
                           "不包含中文",
                           "禁止使用中文",
                           "不能支持中文",
                           "暂不支持中文和空格",
                           "不可以使用数字",
                           "must not only contain digits",
                           "非必须包含数字",
                           "不以数字开头",
                           "Cannot start with a digit.",
                           "Must not end with a hyphen.",
                           "长度不能为3~5个字符",
                           "不支持非ASCII字符",
                           "Not one of: a, b",
                           "不支持最多20个标签",
                           "建议使用字母",
                           "It may be letters.",
                           "At least one must be a digit",
                           "Each part must contain digits",
                           "必须包含数字",
                           "必须同时包含字母和数字",
                           "可以以字母开头",
                           "Can begin with letters",
                           "前3个字符必须为字母",
                           "后3~5个字符必须为数字",
                           "If Q is set, it must be 1 to 5 characters.",
                           "当Q为a时,取值如下:\n- a\n- b",
                           "当Q为a时默认为5",
                           "超过20个字符将被截断",
                           "支持字母和数字,但不支持中文"}) {
    const Terms terms = read_terms(text);
    EXPECT_THAT(terms.rules, IsEmpty()) << text;
    EXPECT_EQ(terms.default_value, std::nullopt) << text;
    EXPECT_FALSE(terms.unread.empty()) << text;
    EXPECT_NE(terms.text, "") << text;
  }
}

TEST(Phrases, StateTheFirstAndTheLastCharacter) {
  for (const auto& [text, kind] : std::vector<std::pair<const char*, RuleKind>>{
           {"首字符必须为字母", RuleKind::first},
           {"首位必须为字母", RuleKind::first},
           {"The first character must be a letter", RuleKind::first},
           {"末位必须为字母", RuleKind::last},
           {"The last character must be a letter.", RuleKind::last}}) {
    const Rule rule = only_rule(text);
    EXPECT_EQ(rule.kind, kind) << text;
    EXPECT_THAT(rule.allowed.members(), ElementsAre("[A-Za-z]")) << text;
  }
}

TEST(Phrases, BothEndsOfALengthAreReadFromTwoClauses) {
  for (const char* text : {"长度不能少于3个字符,不能超过20个字符", "不少于3个字符且不多于20个字符",
                           "At least 3 characters and at most 20 characters.",
                           "At least 3 and at most 20 characters."}) {
    const Rule rule = only_rule(text);
    EXPECT_EQ(rule.min, 3U) << text;
    EXPECT_EQ(rule.max, 20U) << text;
    EXPECT_FALSE(read_terms(text).open_below) << text;
  }
}

TEST(Phrases, TheOtherClausesOfASentenceThatWasReadAreToldToo) {
  const Terms terms = read_terms("取值为1、5、10,默认值为10");
  ASSERT_EQ(terms.rules.size(), 1U);
  EXPECT_THAT(terms.rules[0].words, ElementsAre("1", "5", "10"));
  EXPECT_EQ(terms.default_value, "10");
  EXPECT_THAT(terms.unread, IsEmpty());
  for (const char* text : {"长度为1~5个字符,同一VPC内唯一", "默认值为10,取值为1~60",
                           "Can contain letters, and is case-sensitive."}) {
    EXPECT_EQ(read_terms(text).unread.size(), 1U) << text;
  }
}

TEST(Phrases, WhatLimitsAValueInWordsThatAreNotKnownIsTold) {
  for (const char* text : {"可选a、b或c",
                           "范围1~100",
                           "取值为1~100",
                           "取值范围为1-100的整数",
                           "当Q为a时必选",
                           "名称在同一VPC内唯一",
                           "不填时随机生成",
                           "Valid values: any positive integer",
                           "Valid values: integers",
                           "Allowed: a or b",
                           "Value range: 1–50",
                           "between 1 and 900",
                           "Spaces are not allowed",
                           "It can't contain spaces",
                           "Should be lowercase",
                           "Case-sensitive",
                           "Required if Q is set",
                           "Maximum 5",
                           "由系统自动生成,不可传入",
                           "yyyy-MM-dd",
                           "^[a-z]+$",
                           "根据名称匹配是否为"}) {
    const Terms terms = read_terms(std::string("流日志的名称。") + text);
    EXPECT_THAT(terms.rules, IsEmpty()) << text;
    EXPECT_EQ(terms.unread.size(), 1U) << text;
    EXPECT_NE(terms.text.find(text), std::string::npos) << text;
  }
}

TEST(Phrases, TextIsAllThatIsNoRule) {
  EXPECT_EQ(read_terms("日志项目的名称。长度为3~63个字符。\n说明 若没有,则新建日志项目。").text,
            "日志项目的名称。若没有,则新建日志项目。");
  EXPECT_EQ(read_terms("流量类型,取值如下:\n- All:全部流量。\n- Drop").text,
            "流量类型。All:全部流量。");
  EXPECT_EQ(read_terms("The key of a tag. It belongs to one resource. At most 64 characters.").text,
            "The key of a tag. It belongs to one resource.");
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
  for (const char* text :
       {"流日志的名称。", "The name of the flow log.", "", "请求ID。", "资源所在的可用区ID。",
        "是否开启索引。", "The id of the VPC where the resource stands."}) {
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
