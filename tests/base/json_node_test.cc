#include "base/json_node.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace flowlog {
namespace {

using testing::HasSubstr;

JsonNode parsed(std::string_view text) {
  return JsonNode::parse(text, "x.json");
}

// The complaint that `read` ends in; empty when there is none.
template <class Read>
std::string complaint(Read read) {
  try {
    read();
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

std::string refusal(std::string_view text) {
  return complaint([&] { parsed(text); });
}

TEST(JsonNode, ReadsEveryKindOfValue) {
  JsonNode node = parsed(R"({"t":"流","i":-3,"n":1.5,"b":true,"a":[1,2],"o":{"k":"v"}})");
  EXPECT_EQ(node.at("t").text(), "流");
  EXPECT_EQ(node.at("i").integer(-3, -3), -3);
  EXPECT_EQ(node.at("n").number(1.5, 2), 1.5);
  EXPECT_TRUE(node.at("b").boolean());
  EXPECT_EQ(node.at("a").items().at(1).integer(0, 9), 2);
  EXPECT_EQ(node.at("o").members().at(0).first, "k");
  EXPECT_EQ(node.at("o").members().at(0).second.text(), "v");
  EXPECT_FALSE(node.find("absent"));
}

TEST(JsonNode, OutlivesTheNodeItCameFrom) {
  auto inner = [] { return parsed(R"({"a":["deep"]})").at("a").items().at(0); }();
  EXPECT_EQ(inner.text(), "deep");
}

TEST(JsonNode, NamesFilePointerValueAndExpectation) {
  EXPECT_EQ(complaint([] { parsed(R"({"a":[{"b":5}]})").at("a").items().at(0).at("b").text(); }),
            "x.json: /a/0/b: the number 5, expected text");
}

TEST(JsonNode, LeavesThePointerOutAtTheTop) {
  EXPECT_EQ(complaint([] { parsed("[]").at("a"); }), "x.json: an array, expected an object");
  EXPECT_EQ(complaint([] { parsed("{}").at("a"); }), "x.json: lacks the member \"a\"");
}

TEST(JsonNode, EscapesPointersAsRfc6901Says) {
  EXPECT_EQ(parsed(R"({"a/b":{"c~d":1}})").at("a/b").at("c~d").pointer(), "/a~1b/c~0d");
}

TEST(JsonNode, ShowsControlCharactersOfAPointerEscaped) {
  EXPECT_THAT(complaint([] { parsed(R"({"a\u001b[31m":1})").at("a\x1b[31m").text(); }),
              testing::Not(HasSubstr("\x1b")));
}

TEST(JsonNode, NamesTheNearestMember) {
  EXPECT_EQ(complaint([] {
              parsed(R"({"limits":{"concurency":1}})").at("limits").only({"concurrency", "rate"});
            }),
            "x.json: /limits/concurency: unknown member \"concurency\"; did you mean "
            "\"concurrency\"?");
}

TEST(JsonNode, ListsTheMembersWhenNoneIsNear) {
  EXPECT_EQ(complaint([] {
              parsed(R"({"zzzzzzzz":1})").only({"endpoint", "rate"});
            }),
            "x.json: /zzzzzzzz: unknown member \"zzzzzzzz\", expected one of endpoint, rate");
}

TEST(JsonNode, NamesTheNearestWord) {
  EXPECT_EQ(parsed(R"("length")").word({"length", "values"}), "length");
  EXPECT_EQ(complaint([] {
              parsed(R"("lenght")").word({"length", "values"});
            }),
            "x.json: the text \"lenght\", expected one of length, values; did you mean "
            "\"length\"?");
  EXPECT_THAT(complaint([] { parsed("3").word({"length"}); }), HasSubstr("the number 3"));
}

class NotAnInteger : public testing::TestWithParam<const char*> {};

TEST_P(NotAnInteger, IsRefused) {
  EXPECT_THAT(complaint([] { parsed(GetParam()).integer(1, 20); }),
              HasSubstr("expected an integer from 1 to 20"));
}

INSTANTIATE_TEST_SUITE_P(JsonNode, NotAnInteger,
                         testing::Values("1.9", "1.0", "1e1", "true", "null", "\"1\"", "[]", "{}",
                                         "0", "21", "-1", "9223372036854775808",
                                         "18446744073709551615", "99999999999999999999999"));

TEST(JsonNode, TakesTheWholeRangeOf64Bits) {
  constexpr auto min = std::numeric_limits<std::int64_t>::min();
  constexpr auto max = std::numeric_limits<std::int64_t>::max();
  EXPECT_EQ(parsed("9223372036854775807").integer(min, max), max);
  EXPECT_EQ(parsed("-9223372036854775808").integer(min, max), min);
  EXPECT_EQ(complaint([=] { parsed("9223372036854775808").integer(min, max); }),
            "x.json: the number 9223372036854775808, expected an integer");
}

TEST(JsonNode, TakesNumbersByRange) {
  EXPECT_EQ(parsed("2").number(0, 2), 2.0);
  EXPECT_THAT(complaint([] { parsed("2.5").number(0, 2); }), HasSubstr("a number from 0 to 2"));
  EXPECT_THAT(complaint([] { parsed("\"2\"").number(0, 2); }), HasSubstr("the text \"2\""));
}

TEST(JsonNode, TakesOnlyTrueAndFalseForABoolean) {
  EXPECT_FALSE(parsed("false").boolean());
  for (const char* text : {"0", "\"true\"", "null"}) {
    EXPECT_THAT(complaint([&] { parsed(text).boolean(); }), HasSubstr("expected true or false"));
  }
}

TEST(JsonNode, RefusesMalformedJsonWithLineAndColumn) {
  for (const char* text : {"", " ", "{", "{\"a\":1,}", "[1,2", "{'a':1}", "nul", "1 2", "{} x",
                           "[NaN]", "[01]", "// c\n{}"}) {
    EXPECT_THAT(refusal(text), testing::StartsWith("x.json: malformed JSON, line ")) << text;
  }
  EXPECT_THAT(refusal("{\n  \"a\": ]\n}"), HasSubstr("line 2, column 8"));
}

TEST(JsonNode, RefusesANumberThatNothingCanHold) {
  EXPECT_THAT(refusal("[1e999]"), HasSubstr("malformed JSON, "));
}

TEST(JsonNode, RefusesAByteOrderMark) {
  EXPECT_EQ(refusal("\xEF\xBB\xBF{}"),
            "x.json: begins with a byte order mark, expected plain UTF-8");
}

TEST(JsonNode, NamesUtf16AsSuch) {
  using namespace std::string_literals;
  for (const std::string& text : {"\xFF\xFE{\0}\0"s, "\xFE\xFF\0{\0}"s, "{\0}\0"s, "\0{\0}"s}) {
    EXPECT_EQ(refusal(text), "x.json: is UTF-16, expected UTF-8: save it as that");
  }
}

TEST(JsonNode, RefusesInvalidUtf8AndStaysPrintable) {
  for (const char* bytes : {"\xFF", "\xC0\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE6\xB5"}) {
    std::string text = refusal("{\"a\":\"" + std::string(bytes) + "\"}");
    EXPECT_THAT(text, HasSubstr("malformed JSON, line 1"));
    EXPECT_THAT(text, testing::Not(HasSubstr(bytes)));
  }
}

TEST(JsonNode, RefusesAnEscapedLoneSurrogate) {
  EXPECT_THAT(refusal(R"(["\uD800"])"), HasSubstr("malformed JSON"));
}

TEST(JsonNode, RefusesAMemberThatStandsTwice) {
  EXPECT_EQ(refusal(R"({"a":[1,{"b":1,"c":{"b":2},"b":3}]})"),
            "x.json: /a/1/b: the member \"b\" stands twice");
}

TEST(JsonNode, LetsTheSameNameStandInDifferentObjects) {
  EXPECT_EQ(refusal(R"({"a":{"a":1},"b":[{"a":1},{"a":2}]})"), "");
}

std::string brackets(int levels) {
  return std::string(std::size_t(levels), '[') + std::string(std::size_t(levels), ']');
}

TEST(JsonNode, TakesSixtyFourLevelsAndNoMore) {
  EXPECT_EQ(refusal(brackets(64)), "");
  EXPECT_THAT(refusal(brackets(65)), HasSubstr("nested deeper than 64 levels"));
  EXPECT_THAT(refusal(brackets(200'000)), HasSubstr("nested deeper than 64 levels"));
}

TEST(JsonNode, CountsElementsForThePointerOfADeepFault) {
  EXPECT_EQ(refusal(R"({"a":[0,[],{},"x",{"k":1,"k":2}]})"),
            "x.json: /a/4/k: the member \"k\" stands twice");
}

TEST(JsonNode, CarriesASentenceOfTheCallers) {
  EXPECT_EQ(complaint([] { parsed(R"({"a":1})").at("a").reject("is one too many"); }),
            "x.json: /a: is one too many");
}

TEST(JsonNode, AbbreviatesLongText) {
  std::string text = complaint([] { parsed("\"" + std::string(5000, 'a') + "\"").integer(0, 1); });
  EXPECT_LT(text.size(), 200U);
  EXPECT_THAT(text, HasSubstr("5000"));
}

}  // namespace
}  // namespace flowlog
