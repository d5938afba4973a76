#include "probe/tell.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "specs/load.h"

namespace flowlog::probe {
namespace {

using testing::HasSubstr;

TEST(Tell, PutsWhatIsEnforcedBesideWhatIsDocumented) {
  Observed observed;
  observed.parameters["FlowLogName"].length = SeenLength{1, Limit{255, false}, Unit::points};
  observed.parameters["Description"].length = SeenLength{0, Limit{255, false}, Unit::points};
  const std::string text = tell(built_in_service(), observed, {});
  EXPECT_THAT(text, HasSubstr("! FlowLogName: documented 1 to 128 characters; "
                              "enforced 1 to 255 code points\n"));
  EXPECT_THAT(text, HasSubstr("  Description: documented 0 to 255 characters; "
                              "enforced 0 to 255 code points\n"));
  EXPECT_THAT(text, HasSubstr("1 of 2 limits differ from the documentation.\n"));
}

TEST(Tell, SpeaksChinese) {
  Observed observed;
  observed.parameters["FlowLogName"].length = SeenLength{1, Limit{128, false}, Unit::bytes};
  const std::string text = tell(built_in_service(), observed, "zh");
  EXPECT_THAT(text, HasSubstr("! FlowLogName：文档：1~128 个字符；实际：1~128 个字节\n"));
  EXPECT_THAT(text, HasSubstr("1 项限制中有 1 项与文档不同。\n"));
}

TEST(Tell, CallsWhatTheDocumentationLeavesOpenNoDifference) {
  Observed observed;
  observed.parameters["FlowLogName"].kinds = {{&character_kind("astral-han"), true},
                                              {&character_kind("other-letter"), false},
                                              {&character_kind("chinese"), true}};
  EXPECT_THAT(tell(built_in_service(), observed, {}),
              HasSubstr("0 of 1 limits differ from the documentation.\n"));
  observed.parameters["FlowLogName"].kinds.push_back({&character_kind("emoji"), true});
  EXPECT_THAT(tell(built_in_service(), observed, {}),
              HasSubstr("1 of 1 limits differ from the documentation.\n"));
}

TEST(Tell, SaysWhatWasLeftOut) {
  Observed observed;
  observed.left_out = {{"the requests were used up", "请求数已用完"}};
  EXPECT_THAT(tell(built_in_service(), observed, {}), HasSubstr("left out: the requests"));
  EXPECT_THAT(tell(built_in_service(), observed, "zh"), HasSubstr("未查明：请求数已用完"));
}

}  // namespace
}  // namespace flowlog::probe
