#include "engine/redactor.h"

#include <gtest/gtest.h>

#include <string>

namespace flowlog {
namespace {

const std::string kToken = "tok/en+With=Every/kind+of/letter0123456789";
constexpr const char* kGone = "(removed)";

std::string redacted(const std::string& text) {
  return Redactor({kToken, "short"})(text);
}

TEST(Redactor, RemovesASecretAsItStandsAndInAnyLetterCase) {
  EXPECT_EQ(redacted("a " + kToken + " b"), std::string("a ") + kGone + " b");
  EXPECT_EQ(redacted("TOK/EN+WITH=EVERY/KIND+OF/LETTER0123456789"), kGone);
  EXPECT_EQ(redacted("a short word"), std::string("a ") + kGone + " word");
}

TEST(Redactor, RemovesWhatIsEscapedAsInJson) {
  EXPECT_EQ(redacted(R"("tok\/en\u002bWith=Every\/kind\u002Bof\/letter0123456789")"),
            std::string("\"") + kGone + "\"");
}

TEST(Redactor, RemovesWhatIsPercentEncoded) {
  EXPECT_EQ(redacted("x=tok%2Fen%2BWith%3DEvery%2fkind%2bof%2Fletter0123456789&y"),
            std::string("x=") + kGone + "&y");
}

TEST(Redactor, RemovesWhatIsPercentEncodedTwice) {
  EXPECT_EQ(redacted("x=tok%252Fen%252BWith%253DEvery%252fkind%252bof%252Fletter0123456789&y"),
            std::string("x=") + kGone + "&y");
}

TEST(Redactor, RemovesWhatIsEscapedAsInHtml) {
  EXPECT_EQ(redacted("<b>tok&#47;en&#x2B;With&#x3d;Every&#47;kind&#43;of&#47;letter0123456789</b>"),
            std::string("<b>") + kGone + "</b>");
  const Redactor quoted({"a&b<c>d\"e'f&g<h>i\"j'"});
  EXPECT_EQ(quoted("-a&amp;b&lt;c&gt;d&quot;e&apos;f&amp;g&lt;h&gt;i&quot;j&#39;-"),
            std::string("-") + kGone + "-");
}

TEST(Redactor, RemovesItsHexadecimalDigitsInAnyLetterCase) {
  EXPECT_EQ(redacted("0x746f6b2f656e2b576974683d45766572792f6b696e642b6f662f6c657474657230313233343"
                     "536373839."),
            std::string("0x") + kGone + ".");
  EXPECT_EQ(
      redacted(
          "746F6B2F656E2B576974683D45766572792F6B696E642B6F662F6C657474657230313233343536373839"),
      kGone);
}

// What stands for itself is found as it stands, too.
TEST(Redactor, RemovesASecretThatLooksEscaped) {
  const Redactor odd({"half%41way&amp;there\\u0042"});
  EXPECT_EQ(odd("<half%41way&amp;there\\u0042>"), std::string("<") + kGone + ">");
}

// Of "{"t":"…"}" and the like: whatever stands before it shifts the groups of three.
TEST(Redactor, RemovesMostOfWhatIsInBase64WhereverItBegins) {
  for (const char* encoded : {"dG9rL2VuK1dpdGg9RXZlcnkva2luZCtvZi9sZXR0ZXIwMTIzNDU2Nzg5",
                              "eHRvay9lbitXaXRoPUV2ZXJ5L2tpbmQrb2YvbGV0dGVyMDEyMzQ1Njc4OQ==",
                              "eHh0b2svZW4rV2l0aD1FdmVyeS9raW5kK29mL2xldHRlcjAxMjM0NTY3ODk="}) {
    const std::string left = redacted(encoded);
    EXPECT_NE(left.find(kGone), std::string::npos) << left;
    EXPECT_LT(left.size(), 9 + 16u) << left;
  }
}

TEST(Redactor, RemovesPartsOfSixteenCharactersAndNoShorterOnes) {
  EXPECT_EQ(redacted("token " + kToken.substr(5, 16)), std::string("token ") + kGone);
  EXPECT_EQ(redacted(kToken.substr(5, 15)), kToken.substr(5, 15));
}

TEST(Redactor, LeavesEverythingElseByteForByte) {
  const std::string odd = "\xff%zz\\q%2 \\u12 \\ + / %41";
  EXPECT_EQ(redacted(odd), odd);
}

}  // namespace
}  // namespace flowlog
