#include "reports/base64.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace flowlog {
namespace {

TEST(Base64, WritesTheVectorsOfRfc4648) {
  EXPECT_EQ(base64(""), "");
  EXPECT_EQ(base64("f"), "Zg==");
  EXPECT_EQ(base64("fo"), "Zm8=");
  EXPECT_EQ(base64("foo"), "Zm9v");
  EXPECT_EQ(base64("foobar"), "Zm9vYmFy");
  EXPECT_EQ(base64("\xFB\xFF"), "+/8=");
}

RC_GTEST_PROP(Base64, ReadsBackAnyBytes, (const std::vector<unsigned char>& bytes)) {
  const std::string text(bytes.begin(), bytes.end());
  RC_ASSERT(from_base64(base64(text)) == text);
}

TEST(Base64, RefusesWhatIsNone) {
  EXPECT_EQ(from_base64("Zg="), std::nullopt);
  EXPECT_EQ(from_base64("Z==="), std::nullopt);
  EXPECT_EQ(from_base64("Zg-="), std::nullopt);
  EXPECT_EQ(from_base64("Z=g="), std::nullopt);
  EXPECT_EQ(from_base64(""), "");
}

}  // namespace
}  // namespace flowlog
