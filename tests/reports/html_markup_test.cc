#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "base/text.h"
#include "reports/html/markup.h"
#include "reports/html/view.h"

namespace flowlog::page {
namespace {

// What a reader sees of markup that holds no other entities than escape() makes.
std::string rendered(std::string_view markup) {
  std::string out;
  for (std::size_t i = 0; i < markup.size(); ++i) {
    if (markup[i] == '<') {
      i = markup.find('>', i);
    } else if (markup[i] == '&') {
      const std::size_t end = markup.find(';', i);
      const std::string_view entity = markup.substr(i, end - i + 1);
      out += entity == "&amp;"    ? '&'
             : entity == "&lt;"   ? '<'
             : entity == "&gt;"   ? '>'
             : entity == "&quot;" ? '"'
             : entity == "&#39;"  ? '\''
             : entity == "&#96;"  ? '`'
                                  : '\0';
      i = end;
    } else {
      out += markup[i];
    }
  }
  return out;
}

std::string without_blanks(std::string text) {
  std::erase_if(text, [](char c) { return c == ' ' || c == '\n' || c == '\t'; });
  return text;
}

TEST(Markup, EscapesWhatOpensTagsEntitiesAndQuotes) {
  EXPECT_EQ(escape("<a href=\"x\">'&`"), "&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#96;");
  EXPECT_EQ(escape("</script><!--"), "&lt;/script&gt;&lt;!--");
}

TEST(Markup, ShowsControlsAndBrokenBytesAsText) {
  EXPECT_EQ(escape(std::string("a\0b", 3)), "a\\u{0}b");
  EXPECT_EQ(escape("\x1b[31m"), "\\u{1B}[31m");
  EXPECT_EQ(escape("\xff"), "\\xFF");
  EXPECT_EQ(escape("\xe2\x80\xae"), "\\u{202E}");
  EXPECT_EQ(escape("\xed\xa0\x80"), "\\xED\\xA0\\x80");
}

TEST(Markup, KeepsLinesTabsAndChinese) {
  EXPECT_EQ(escape("流\n\t日志"), "流\n\t日志");
}

RC_GTEST_PROP(Markup, AnyBytesBecomeUtf8WithoutMarkup, (const std::vector<char>& bytes)) {
  const std::string text(bytes.begin(), bytes.end());
  const std::string out = escape(text);
  RC_ASSERT(is_utf8(out));
  RC_ASSERT(out.find_first_of("<>\"'") == std::string::npos);
}

TEST(Markup, BreaksAfterMarksAndWithinWords) {
  EXPECT_EQ(breakable("InvalidVpc.InvalidStatus"), "Invalid<wbr>Vpc.<wbr>Invalid<wbr>Status");
  EXPECT_EQ(breakable("a&b"), "a&amp;<wbr>b");
  EXPECT_EQ(breakable("TLSTopic"), "TLSTopic");
}

TEST(Markup, NeverCutsWithinACharacter) {
  const std::string text = "ab流";  // 2 + 3 bytes
  EXPECT_EQ(head(text, 5), text);
  EXPECT_EQ(head(text, 4), "ab");
  EXPECT_EQ(head(text, 3), "ab");
  EXPECT_EQ(head(text, 2), "ab");
  EXPECT_EQ(brief(text, 4), "ab…");
  EXPECT_EQ(brief(text, 5), text);
}

TEST(Markup, CutsBytesThatAreNoCharactersAllTheSame) {
  EXPECT_EQ(head(std::string(10, '\x80'), 6).size(), 3U);
}

RC_GTEST_PROP(Markup, AnchorsTellIdsApartAndNeedNoEncoding,
              (const std::string& a, const std::string& b)) {
  RC_ASSERT((anchor("c-", a) == anchor("c-", b)) == (a == b));
  const std::string id = anchor("c-", a);
  RC_ASSERT(std::all_of(id.begin(), id.end(), [](unsigned char c) {
    return (std::isalnum(c) != 0 && c < 0x80) || c == '.' || c == '-' || c == '/' || c == '_';
  }));
}

TEST(Markup, FillsATemplateOnce) {
  EXPECT_EQ(fill("<{{a}}|{{b}}|{{a}}>", {{"a", "{{b}}"}, {"b", "2"}}), "<{{b}}|2|{{b}}>");
}

TEST(Body, JsonIsLaidOutOverLines) {
  EXPECT_EQ(rendered(body_markup(R"({"a":{"b":[1,"x"]},"c":{}})", "")),
            "{\n"
            "  \"a\": {\n"
            "    \"b\": [\n"
            "      1,\n"
            "      \"x\"\n"
            "    ]\n"
            "  },\n"
            "  \"c\": {}\n"
            "}");
}

TEST(Body, BracketsWithinTextAreText) {
  EXPECT_EQ(rendered(body_markup(R"({"a":"{[,:\"]}"})", "")), "{\n  \"a\": \"{[,:\\\"]}\"\n}");
}

TEST(Body, WhatIsNoJsonStaysAsItIs) {
  EXPECT_EQ(rendered(body_markup("<html>\n{\"a\":1}", "")), "<html>\n{\"a\":1}");
  EXPECT_EQ(body_markup("", ""), "");
}

TEST(Body, ACodeThatWasNotDocumentedIsMarked) {
  const std::string body = R"({"Error":{"Code":"InvalidVpc","Message":"InvalidVpc"}})";
  EXPECT_NE(body_markup(body, "404 NotFound").find("<mark>&quot;InvalidVpc&quot;</mark>"),
            std::string::npos);
  EXPECT_EQ(body_markup(body, "400 InvalidVpc").find("<mark>"), std::string::npos);
}

RC_GTEST_PROP(Body, LayoutChangesNothingButBlanks, (const std::vector<int>& picks)) {
  static constexpr std::string_view kAlphabet = "{}[],:\"\\ \n<&aC0";
  std::string body = "{";
  for (const int pick : picks) {
    body += kAlphabet[static_cast<std::size_t>(std::abs(pick % 100)) % kAlphabet.size()];
  }
  RC_ASSERT(without_blanks(rendered(body_markup(body, ""))) == without_blanks(body));
}

TEST(Body, AHundredThousandBracketsAreBounded) {
  EXPECT_LT(body_markup(std::string(100000, '['), "").size(), 100000U * 30);
}

TEST(CheckId, IsTakenApartAtTheLastDotBeforeTheClass) {
  const CheckName name = parse_check_id("param.Tags.N.Key.length/over-max.x");
  EXPECT_EQ(name.theme, "param");
  EXPECT_EQ(name.parameter, "Tags.N.Key");
  EXPECT_EQ(name.rule, "length");
  EXPECT_EQ(name.variety, "over-max.x");
}

TEST(CheckId, OfAnotherThemeHasNoParameter) {
  EXPECT_EQ(parse_check_id("error.InvalidName.Malformed/row-7").parameter, "");
  EXPECT_EQ(parse_check_id("param").parameter, "");
  EXPECT_EQ(parse_check_id("").theme, "");
}

TEST(RowLabel, OfAnErrorIsItsCode) {
  const RowResult row{"errors/7", {}, "errors", Verdict::skipped, {}};
  EXPECT_EQ(row_label(row, "400 InvalidName.Malformed: The name"), "InvalidName.Malformed");
  EXPECT_EQ(row_label(row, "400/403 InvalidTimestamp"), "InvalidTimestamp");
  EXPECT_EQ(row_label(row, "nothing"), "7");
}

TEST(RowLabel, OfAnyOtherRowIsItsName) {
  const RowResult row{"answer/Result.FlowLogId", {}, "answer", Verdict::skipped, {}};
  EXPECT_EQ(row_label(row, "Result.FlowLogId: the id"), "Result.FlowLogId");
}

TEST(Number, ThousandsAreGrouped) {
  EXPECT_EQ(grouped(0), "0");
  EXPECT_EQ(grouped(999), "999");
  EXPECT_EQ(grouped(1000), "1,000");
  EXPECT_EQ(grouped(1234567), "1,234,567");
}

TEST(Duration, IsWrittenInTheUnitThatFits) {
  const Report report;
  const View view(report, "en");
  EXPECT_EQ(view.duration(0.0021), "2.1 ms");
  EXPECT_EQ(view.duration(0.42), "420 ms");
  EXPECT_EQ(view.duration(4.24), "4.2 s");
  EXPECT_EQ(view.duration(125), "2 min 5 s");
  EXPECT_EQ(view.duration(7260), "2 h 1 min");
  EXPECT_EQ(view.duration(-1), "0 ms");
  EXPECT_EQ(view.duration(std::nan("")), "0 ms");
}

}  // namespace
}  // namespace flowlog::page
