#include "engine/shown_values.h"

#include <gtest/gtest.h>

#include "engine/shared_requests.h"

namespace flowlog {
namespace {

TEST(DifferenceName, IsTheSameForTheSameChange) {
  const Params base{{"A", "1"}, {"B", "2"}};
  EXPECT_EQ(difference_name({{"B", "3"}, {"A", "1"}, {"C", "4"}}, base),
            difference_name({{"A", "9"}, {"C", "4"}, {"B", "3"}}, {{"A", "9"}, {"B", "2"}}));
}

TEST(DifferenceName, TellsChangesApart) {
  const Params base{{"A", "1"}, {"B", "2"}};
  const std::string none = difference_name(base, base);
  EXPECT_NE(none, "");
  EXPECT_NE(difference_name({{"A", "1"}}, base), none);
  EXPECT_NE(difference_name({{"A", "1"}}, base), difference_name({{"B", "2"}}, base));
  EXPECT_NE(difference_name({{"A", "2"}, {"B", "2"}}, base), none);
}

TEST(DifferenceName, IsNoneWhereAValueIsMadeWhenSent) {
  EXPECT_EQ(difference_name({{"A", "@unique"}}, {}), "");
}

TEST(ShownValues, GiveWhatWasAdded) {
  ShownValues values;
  EXPECT_EQ(values.find("a"), nullptr);
  FlowLog flow_log;
  flow_log.id = "fl-1";
  values.add("a", std::make_shared<const ShownValue>(ShownValue{{}, flow_log}));
  EXPECT_EQ(values.find("a")->flow_log.id, "fl-1");
}

}  // namespace
}  // namespace flowlog
